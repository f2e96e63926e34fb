"""The second step of signing in, and signing in with a passkey alone. These routes join those of `views`."""

from __future__ import annotations

import logging

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts import alerts, doorstep, entering, passkeys
from board.accounts.destinations import local_path
from board.accounts.doorstep import LeftTheDoorstep
from board.accounts.entering import DOORSTEP
from board.accounts.factor_forms import CodeForm, PasskeySignInForm, RecoveryForm
from board.accounts.models import Account
from board.accounts.passkey_protocol import PasskeyRefused, are_possible
from board.accounts.second_factor import factors_of
from board.accounts.signing_in import SignInRefused
from board.accounts.views import SIGN_INS, bp
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded

log = logging.getLogger(__name__)


@bp.get("/sign-in/second")
@guarded(Action.SIGN_IN)
def second_step() -> ResponseReturnValue:
    then = local_path(request.args.get("then", ""))
    if current_actor().is_signed_in:
        return redirect(then or entering.first_page(current_actor()), code=303)
    try:
        account = _account()
    except LeftTheDoorstep:
        return _from_the_start(then)
    return _page(account, then=then)


@bp.post("/sign-in/second")
@guarded(Action.SIGN_IN)
@limiter.limit(SIGN_INS, scope="second-step")  # type: ignore[untyped-decorator, unused-ignore]
def enter_with_code() -> ResponseReturnValue:
    form, now = CodeForm(), clock.now()
    then = local_path(form.then.data or "")
    try:
        account = _account()
    except LeftTheDoorstep:
        return _from_the_start(then)
    if not form.validate_on_submit():
        return _page(account, code=form, then=then), 422
    try:
        doorstep.accept_code(account, form.code.data or "", now=now)
    except SignInRefused:
        form.code.errors = [_("This is not the present code, it was used, or there were many tries.")]
        return _refused(account, _page(account, code=form, then=then))
    return entering.enter(account, then=then, now=now)


@bp.post("/sign-in/recovery")
@guarded(Action.SIGN_IN)
@limiter.limit(SIGN_INS, scope="second-step")  # type: ignore[untyped-decorator, unused-ignore]
def enter_with_recovery_code() -> ResponseReturnValue:
    form, now = RecoveryForm(), clock.now()
    then = local_path(form.then.data or "")
    try:
        account = _account()
    except LeftTheDoorstep:
        return _from_the_start(then)
    if not form.validate_on_submit():
        return _page(account, recovery=form, then=then), 422
    try:
        doorstep.accept_recovery_code(account, form.recovery.data or "", now=now)
    except SignInRefused:
        form.recovery.errors = [_("This is not one of your codes, it was used, or there were many tries.")]
        return _refused(account, _page(account, recovery=form, then=then))
    alerts.second_factor(account, alerts.Change.CODE_USED, now=now)
    return entering.enter(account, then=then, now=now)


@bp.get("/sign-in/challenge")
@guarded(Action.SIGN_IN)
def challenge() -> ResponseReturnValue:
    """What a browser needs to ask a device who is there; for script. Tells nothing about anybody."""
    options, asked = passkeys.ask_to_prove(now=clock.now())
    return jsonify(options=options, challenge=asked.token)


@bp.post("/sign-in/passkey")
@guarded(Action.SIGN_IN)
@limiter.limit(SIGN_INS, scope="passkey")  # type: ignore[untyped-decorator, unused-ignore]
def enter_with_passkey() -> ResponseReturnValue:
    """A passkey is two things in one: the device, and its person whom it has checked."""
    form, now = PasskeySignInForm(), clock.now()
    then = local_path(form.then.data or "")
    try:
        account = passkeys.account_proven_by(form.passkey.data or "", form.challenge.data or "", now=now)
    except PasskeyRefused:
        log.warning("sign-in with a passkey refused")
        return _from_the_start(then, _("This passkey did not open an account here. Please try another way."))
    return entering.enter(account, then=then, now=now)


def _account() -> Account:
    """Raises LeftTheDoorstep."""
    return doorstep.account_at_the_door(form_session.get(DOORSTEP, ""), now=clock.now())


def _from_the_start(then: str, words: str = "") -> ResponseReturnValue:
    flash(words or _("That took too long. Please begin again."), "sign-in")
    return redirect(url_for("accounts.sign_in", then=then or None), code=303)


def _refused(account: Account, page: str) -> ResponseReturnValue:
    """The try counts: it is committed, though the answer is a page."""
    log.warning("second step refused: account %d", account.id)
    db.session.commit()
    return page, 422


def _page(
    account: Account, *, then: str, code: CodeForm | None = None, recovery: RecoveryForm | None = None
) -> str:
    factors = factors_of(account.id)
    device = PasskeySignInForm(formdata=None, then=then) if factors.passkeys and are_possible() else None
    return render_template(
        "accounts/second_step.html",
        account=account,
        has_app=factors.authenticator is not None,
        code=code or CodeForm(formdata=None, then=then),
        recovery=recovery or RecoveryForm(formdata=None, then=then),
        device=device,
    )
