"""Signing in, accepting an invitation, and coming back with a new password."""

from __future__ import annotations

import logging

from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts import invitations, passwords, presence, renewal, sessions, signing_in
from board.accounts.destinations import local_path
from board.accounts.forms import InvitationForm, RenewalForm, SignInForm
from board.accounts.models import Account
from board.accounts.signing_in import Credentials, SignInRefused
from board.extensions import db, limiter
from board.foundation import clock, templating
from board.foundation.permissions import Action, Actor, current_actor, guarded

bp = Blueprint("accounts", __name__)
SIGN_INS = "20 per 10 minutes; 100 per day"  # a household of moderators who all mistype
NEW_PASSWORDS = "20 per hour"
log = logging.getLogger(__name__)


@bp.get("/sign-in")
@guarded(Action.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    then = local_path(request.args.get("then", ""))
    if current_actor().is_signed_in:
        return redirect(then or _first_page(current_actor()), code=303)
    form = SignInForm(formdata=None, then=then)
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-in")
@guarded(Action.SIGN_IN)
@limiter.limit(SIGN_INS, scope="sign-in")  # type: ignore[untyped-decorator, unused-ignore]
def enter() -> ResponseReturnValue:
    form, now = SignInForm(), clock.now()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422
    counted = signing_in.count_try(form.email.data or "", now=now)
    db.session.commit()  # the try counts before the password is looked at, and no lock is held while it is
    try:
        account = prove(counted, form.password.data or "")
    except SignInRefused:
        log.warning("sign-in refused: account %s", counted.account_id if counted else "unknown or locked")
        form.password.errors = [
            _("Address and password do not belong together, or there were many tries. Wait a little.")
        ]
        return render_template("accounts/sign_in.html", form=form), 422
    token = sessions.open_session(account, browser=browser(), now=now)
    db.session.commit()
    return _welcome(token, local_path(form.then.data or ""))


@bp.get("/invitation/<token>")
@guarded(Action.ACCEPT_INVITATION)
def invitation(token: str) -> ResponseReturnValue:
    """Only shows what is offered: programs that look at links before people do must not use them up."""
    invitations.require_open(token, now=clock.now())
    return render_template("accounts/invitation.html", form=InvitationForm(formdata=None), token=token)


@bp.post("/invitation/<token>")
@guarded(Action.ACCEPT_INVITATION)
@limiter.limit(SIGN_INS, scope="invitation")  # type: ignore[untyped-decorator, unused-ignore]
def accept(token: str) -> ResponseReturnValue:
    form, now = InvitationForm(), clock.now()
    invitations.require_open(token, now=now)
    db.session.rollback()  # gives the write lock back before the password is hashed
    if not form.validate_on_submit():
        return render_template("accounts/invitation.html", form=form, token=token), 422
    password_hash = passwords.hash_password(form.password.data or "")
    try:
        account = invitations.accept(
            token, email=form.address, name=form.cleaned_name, password_hash=password_hash, now=now
        )
    except invitations.EmailTaken:
        db.session.rollback()
        form.email.errors = [_("There is an account with this address already. You can sign in with it.")]
        return render_template("accounts/invitation.html", form=form, token=token), 422
    session_token = sessions.open_session(account, browser=browser(), now=now)
    db.session.commit()
    return _welcome(session_token)


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
    session_token = sessions.open_session(account, browser=browser(), now=now)
    db.session.commit()
    return _welcome(session_token)


def prove(counted: Credentials | None, password: str, new_password: str | None = None) -> Account:
    """The account that `password` opens, with `new_password` in its place if given. Raises SignInRefused.

    Called without a transaction: hashing is slow, and takes as long when there is no such account.
    """
    proven = passwords.verify(counted.password_hash if counted else None, password)
    if not proven or counted is None:
        raise SignInRefused
    fresh = (
        passwords.hash_password(new_password)
        if new_password
        else passwords.renewed(counted.password_hash, password)
    )
    return signing_in.admit(counted, renewed_hash=fresh, now=clock.now())


def _welcome(token: str, then: str = "") -> ResponseReturnValue:
    """To where they wanted to go, or to their first page, with a new session and a new form token."""
    form_session.clear()
    actor = sessions.recognise(token, now=clock.now()).actor
    return presence.remember(redirect(then or _first_page(actor), code=303), token)


def _first_page(actor: Actor) -> str:
    return url_for(templating.first_page(actor))


def browser() -> str:
    return presence.browser_name(request.headers.get("User-Agent", ""))
