"""One's own second factor: the app, the passkeys, the recovery codes. These routes join those of `views`.

Recovery codes are shown once, in the answer that makes them, and are kept as digests only.
"""

from __future__ import annotations

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts import alerts, authenticator, passkeys, qr, recovery, second_factor, totp
from board.accounts.alerts import Change
from board.accounts.authenticator import Setup, SetupOver
from board.accounts.destinations import local_path
from board.accounts.elevation import accept, ask, freshly_proven
from board.accounts.factor_forms import AuthenticatorForm, PasskeyForm, ProofForm
from board.accounts.models import Account
from board.accounts.own_account import CHANGES, MAX_ID, account_page, own_account, own_id, to_account
from board.accounts.passkey_protocol import BOARD, PasskeyRefused
from board.accounts.views import bp
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded

SECTION = "second-factor"


@bp.post("/account/prove")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def prove_again() -> ResponseReturnValue:
    """On to a page that was to be read and asked first who one is."""
    form = ProofForm()
    if not accept(form):
        return ask(form), 422
    return redirect(local_path(request.form.get("then", "")) or url_for("accounts.account"), code=303)


@bp.get("/account/authenticator")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@freshly_proven
def set_up() -> ResponseReturnValue:
    return _set_up_page(own_account(), authenticator.begin(own_id()), AuthenticatorForm(formdata=None))


@bp.post("/account/authenticator")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@limiter.limit(CHANGES, scope="authenticator")  # type: ignore[untyped-decorator, unused-ignore]
@freshly_proven
def enable() -> ResponseReturnValue:
    own, form, now = own_account(), AuthenticatorForm(), clock.now()
    try:
        setup = authenticator.resume(own.id, form.sealed.data or "")
    except SetupOver:
        form.code.errors = [_("That took too long. Here is a new secret: please let your app take it.")]
        return _set_up_page(own, authenticator.begin(own.id), form), 422
    if not form.validate_on_submit():
        return _set_up_page(own, setup, form), 422
    if not authenticator.enable(own.id, setup, "".join((form.code.data or "").split()), now=now):
        form.code.errors = [_("This is not the present code. Is the clock of your phone right?")]
        return _set_up_page(own, setup, form), 422
    alerts.second_factor(own, Change.APP_ADDED, now=now)
    codes = _first_codes(own)
    db.session.commit()
    words = _("The app is set up. From now on, signing in asks for its codes.")
    return _codes_page(codes, words) if codes else to_account(words, SECTION)


@bp.post("/account/authenticator/remove")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@freshly_proven
def remove_app() -> ResponseReturnValue:
    own = own_account()
    if not authenticator.disable(own.id):
        raise NotFound
    second_factor.tidy(own.id)
    alerts.second_factor(own, Change.APP_REMOVED, now=clock.now())
    db.session.commit()
    return to_account(_("The app is removed."), SECTION)


@bp.post("/account/recovery-codes")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@limiter.limit(CHANGES, scope="recovery-codes")  # type: ignore[untyped-decorator, unused-ignore]
@freshly_proven
def renew_codes() -> ResponseReturnValue:
    own, now = own_account(), clock.now()
    if not second_factor.has_one(own.id):
        raise NotFound
    codes = recovery.renew(own.id, now=now)
    alerts.second_factor(own, Change.CODES_RENEWED, now=now)
    db.session.commit()
    return _codes_page(codes, _("The former codes work no more."))


@bp.get("/account/passkeys/challenge")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def passkey_challenge() -> ResponseReturnValue:
    """What a browser needs to make a key; for script."""
    options, asked = passkeys.ask_to_add(own_account(), now=clock.now())
    return jsonify(options=options, challenge=asked.token)


@bp.post("/account/passkeys")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@limiter.limit(CHANGES, scope="passkeys")  # type: ignore[untyped-decorator, unused-ignore]
@freshly_proven
def add_passkey() -> ResponseReturnValue:
    own, form, now = own_account(), PasskeyForm(), clock.now()
    if not form.validate_on_submit():
        return account_page(passkey=form), 422
    answer, challenge = form.passkey.data or "", form.challenge.data or ""
    try:
        passkeys.add(own, answer, challenge, form.cleaned_name, now=now)
    except PasskeyRefused:
        db.session.rollback()
        form.name.errors = [_("The passkey could not be added. Please try once more.")]
        return account_page(passkey=form), 422
    alerts.second_factor(own, Change.PASSKEY_ADDED, now=now)
    codes = _first_codes(own)
    db.session.commit()
    words = _("The passkey is added. You can sign in with it alone.")
    return _codes_page(codes, words) if codes else to_account(words, SECTION)


@bp.post("/account/passkeys/<int:passkey_id>/remove")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@freshly_proven
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    own = own_account()
    if passkey_id > MAX_ID or not passkeys.remove(own.id, passkey_id):
        raise NotFound
    second_factor.tidy(own.id)
    alerts.second_factor(own, Change.PASSKEY_REMOVED, now=clock.now())
    db.session.commit()
    return to_account(_("The passkey is removed. Remove it from your device as well."), SECTION)


def _first_codes(account: Account) -> list[str]:
    """Recovery codes for whoever has none yet."""
    db.session.flush()
    return [] if recovery.left(account.id) else recovery.renew(account.id, now=clock.now())


def _set_up_page(account: Account, setup: Setup, form: AuthenticatorForm) -> str:
    form.sealed.data = setup.sealed
    words = totp.address(setup.secret, account=account.email, issuer=BOARD)
    return render_template("accounts/authenticator.html", form=form, setup=setup, drawing=qr.draw(words))


def _codes_page(codes: list[str], words: str) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes, words=words)
