"""One's own account: name, password, where it is signed in. These routes join those of `views`."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from board.accounts import alerts, presence, sessions, signing_in
from board.accounts.factor_forms import PasskeyForm
from board.accounts.forms import NameForm, PasswordForm
from board.accounts.models import Account
from board.accounts.passkey_protocol import are_possible
from board.accounts.proving import prove
from board.accounts.queries import account_with, open_sessions
from board.accounts.requirement import lacks_one
from board.accounts.second_factor import Wanted, factors_of
from board.accounts.signing_in import SignInRefused
from board.accounts.views import bp
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded

CHANGES = "20 per hour"
MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL


@bp.post("/sign-out")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    sessions.end_session(own_id(), _here())
    db.session.commit()
    return _away()


@bp.get("/account")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    return account_page()


@bp.post("/account/name")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@limiter.limit(CHANGES, scope="name")  # type: ignore[untyped-decorator, unused-ignore]
def change_name() -> ResponseReturnValue:
    form = NameForm()
    if not form.validate_on_submit():
        return account_page(name=form), 422
    own_account().name = form.cleaned_name
    db.session.commit()
    return to_account(_("Your name is changed. What you wrote before keeps the name it had."))


@bp.post("/account/password")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@limiter.limit(CHANGES, scope="password")  # type: ignore[untyped-decorator, unused-ignore]
def change_password() -> ResponseReturnValue:
    """Ends every session of the account and opens a new one here: a stolen cookie is worth nothing now."""
    own, now = own_account(), clock.now()
    form = PasswordForm(own_words=(own.name, own.email))
    db.session.rollback()  # gives the write lock back before passwords are hashed
    if not form.validate_on_submit():
        return account_page(password=form), 422
    counted = signing_in.count_try_of(own_id(), now=now)
    db.session.commit()  # counted before the password is looked at, as in `enter`
    try:
        changed = prove(counted, form.present.data or "", form.password.data)
    except SignInRefused:
        form.present.errors = [_("This is not your present password, or there were many tries.")]
        return account_page(password=form), 422
    sessions.end_all(changed.id)
    token = sessions.open_session(changed, browser=presence.present_browser(), now=now)
    alerts.password_changed(changed, now=now)
    db.session.commit()
    return presence.remember(
        to_account(_("Your password is changed. You were signed out everywhere else.")), token
    )


@bp.post("/account/sessions/<int:session_id>/end")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    if session_id > MAX_ID or not sessions.end_session(own_id(), session_id):
        raise NotFound
    db.session.commit()
    return to_account()


@bp.post("/account/sessions/end-others")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    sessions.end_others(own_id(), _here())
    db.session.commit()
    return to_account(_("You are signed out everywhere else."))


@bp.post("/account/sessions/end-all")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def end_all_sessions() -> ResponseReturnValue:
    sessions.end_all(own_id())
    db.session.commit()
    return _away()


def account_page(
    *,
    name: NameForm | None = None,
    password: PasswordForm | None = None,
    passkey: PasskeyForm | None = None,
) -> str:
    own, now = own_account(), clock.now()
    wanted = Wanted(current_app.config["BOARD"].second_factor)
    return render_template(
        "accounts/account.html",
        account=own,
        name_form=name or NameForm(formdata=None, name=own.name),
        password_form=password or PasswordForm(formdata=None),
        passkey_form=passkey or PasskeyForm(formdata=None, name=presence.present_browser()),
        factors=factors_of(own.id),
        passkeys_possible=are_possible(),
        is_wanted=wanted.asks(current_actor()),
        must_set_up=lacks_one(),
        sessions=open_sessions(own.id, now=now),
        here=_here(),
    )


def own_account() -> Account:
    return account_with(own_id())


def own_id() -> int:
    account_id = current_actor().account_id
    if account_id is None:
        raise NotFound
    return account_id


def to_account(words: str = "", anchor: str | None = None) -> Response:
    """Back to the account, saying what happened."""
    if words:
        flash(words, "account")
    return redirect(url_for("accounts.account", _anchor=anchor), code=303)


def _here() -> int:
    """The id of the present session."""
    return presence.presence().session_id or 0


def _away() -> Response:
    form_session.clear()
    return presence.forget(redirect(url_for("accounts.sign_in"), code=303))
