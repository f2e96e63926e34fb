"""Signing in with a password, and coming back with a new one."""

from __future__ import annotations

import logging

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts import alerts, entering, passwords, renewal, signing_in
from board.accounts.destinations import local_path
from board.accounts.factor_forms import PasskeySignInForm
from board.accounts.forms import RenewalForm, SignInForm
from board.accounts.passkey_protocol import are_possible
from board.accounts.proving import prove
from board.accounts.signing_in import SignInRefused
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded

bp = Blueprint("accounts", __name__)
SIGN_INS = "20 per 10 minutes; 100 per day"  # a household of moderators who all mistype
NEW_PASSWORDS = "20 per hour"
log = logging.getLogger(__name__)


@bp.get("/sign-in")
@guarded(Action.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    then = local_path(request.args.get("then", ""))
    if current_actor().is_signed_in:
        return redirect(then or entering.first_page(current_actor()), code=303)
    return sign_in_page(SignInForm(formdata=None, then=then))


@bp.post("/sign-in")
@guarded(Action.SIGN_IN)
@limiter.limit(SIGN_INS, scope="sign-in")  # type: ignore[untyped-decorator, unused-ignore]
def enter() -> ResponseReturnValue:
    form, now = SignInForm(), clock.now()
    if not form.validate_on_submit():
        return sign_in_page(form), 422
    counted = signing_in.count_try(form.email.data or "", now=now)
    db.session.commit()  # the try counts before the password is looked at, and no lock is held while it is
    try:
        account = prove(counted, form.password.data or "")
    except SignInRefused:
        log.warning("sign-in refused: account %s", counted.account_id if counted else "unknown or locked")
        form.password.errors = [
            _("Address and password do not belong together, or there were many tries. Wait a little.")
        ]
        return sign_in_page(form), 422
    return entering.enter_or_wait(account, then=local_path(form.then.data or ""), now=now)


@bp.get("/new-password/<token>")
@guarded(Action.ACCEPT_INVITATION)
def new_password(token: str) -> ResponseReturnValue:
    account = renewal.account_to_renew(token, now=clock.now())
    form = RenewalForm(formdata=None)
    return render_template("accounts/new_password.html", form=form, token=token, email=account.email)


@bp.post("/new-password/<token>")
@guarded(Action.ACCEPT_INVITATION)
@limiter.limit(NEW_PASSWORDS, scope="new-password")  # type: ignore[untyped-decorator, unused-ignore]
def renew_password(token: str) -> ResponseReturnValue:
    form, now = RenewalForm(), clock.now()
    email = renewal.account_to_renew(token, now=now).email
    db.session.rollback()  # gives the write lock back before the password is hashed
    if not form.validate_on_submit():
        return render_template("accounts/new_password.html", form=form, token=token, email=email), 422
    password_hash = passwords.hash_password(form.password.data or "")
    account = renewal.account_to_renew(token, now=now)
    renewal.set_password(account, password_hash)
    alerts.password_changed(account, now=now)
    return entering.enter_or_wait(account, now=now)


def sign_in_page(form: SignInForm) -> str:
    device = PasskeySignInForm(formdata=None, then=form.then.data) if are_possible() else None
    return render_template("accounts/sign_in.html", form=form, device=device)
