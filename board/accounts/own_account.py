"""One's own account: where it is signed in, and its password. These routes join those of `views`."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from board.accounts import presence, sessions, signing_in
from board.accounts.forms import PasswordForm
from board.accounts.models import Account
from board.accounts.queries import account_with, open_sessions
from board.accounts.signing_in import SignInRefused
from board.accounts.views import bp, browser, prove
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded

CHANGES = "20 per hour"
MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL


@bp.post("/sign-out")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    sessions.end_session(_own_id(), _here())
    db.session.commit()
    form_session.clear()
    return presence.forget(redirect(url_for("accounts.sign_in"), code=303))


@bp.get("/account")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    return _account_page(PasswordForm(formdata=None))


@bp.post("/account/password")
@guarded(Action.MANAGE_OWN_ACCOUNT)
@limiter.limit(CHANGES, scope="password")  # type: ignore[untyped-decorator, unused-ignore]
def change_password() -> ResponseReturnValue:
    """Ends every session of the account and opens a new one here: a stolen cookie is worth nothing now."""
    own, now = _own_account(), clock.now()
    form = PasswordForm(own_words=(own.name, own.email))
    db.session.rollback()  # gives the write lock back before passwords are hashed
    if not form.validate_on_submit():
        return _account_page(form), 422
    counted = signing_in.count_try_of(_own_id(), now=now)
    db.session.commit()  # counted before the password is looked at, as in `enter`
    try:
        changed = prove(counted, form.present.data or "", form.password.data)
    except SignInRefused:
        form.present.errors = [_("This is not your present password, or there were many tries.")]
        return _account_page(form), 422
    sessions.end_all(changed.id)
    token = sessions.open_session(changed, browser=browser(), now=now)
    db.session.commit()
    flash(_("Your password is changed. You were signed out everywhere else."), "account")
    return presence.remember(_to_account(), token)


@bp.post("/account/sessions/<int:session_id>/end")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    if session_id > MAX_ID or not sessions.end_session(_own_id(), session_id):
        raise NotFound
    db.session.commit()
    return _to_account()


@bp.post("/account/sessions/end-others")
@guarded(Action.MANAGE_OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    sessions.end_others(_own_id(), _here())
    db.session.commit()
    return _to_account()


def _account_page(form: PasswordForm) -> str:
    own, now = _own_account(), clock.now()
    return render_template(
        "accounts/account.html",
        form=form,
        account=own,
        sessions=open_sessions(own.id, now=now),
        here=_here(),
    )


def _own_account() -> Account:
    return account_with(_own_id())


def _own_id() -> int:
    account_id = current_actor().account_id
    if account_id is None:
        raise NotFound
    return account_id


def _here() -> int:
    """The id of the present session."""
    return presence.presence().session_id or 0


def _to_account() -> Response:
    return redirect(url_for("accounts.account"), code=303)
