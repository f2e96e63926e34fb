"""Going in and out as staff do, through the front door."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.accounts import authenticator, recovery, totp
from board.accounts.models import Account, Authenticator, StaffSession
from board.extensions import db
from board.foundation import clock
from tests.support.makers import PASSWORD
from tests.support.pages import fill_and_send, form_values


def sign_in(
    client: FlaskClient, account: Account, password: str = PASSWORD, page: str = "/sign-in", **typed: str
) -> TestResponse:
    return fill_and_send(client, page, "/sign-in", **{"email": account.email, "password": password, **typed})


def press(client: FlaskClient, page: str, action_part: str, **typed: str) -> TestResponse:
    """Press the button of a form on a page that one must be signed in for."""
    action, values = form_values(client.get(page), action_part)
    return client.post(action, data={**values, **typed})


def session_id(client: FlaskClient, name: str = "board") -> str | None:
    cookie = client.get_cookie(name, domain="board.test")
    return cookie.value if cookie else None


def with_app(app: Flask, account: Account) -> tuple[str, list[str]]:
    """Give `account` an authenticator app, as if it had been set up an hour ago: secret and recovery codes."""
    account_id, an_hour_ago = account.id, clock.now() - timedelta(hours=1)
    with app.app_context():
        setup = authenticator.begin(account_id)
        code = totp.code_of(setup.secret, totp.step_at(an_hour_ago))
        assert authenticator.enable(account_id, setup, code, now=an_hour_ago)
        codes = recovery.renew(account_id, now=an_hour_ago)
        db.session.commit()
    return setup.secret, codes


def next_code(session: Session, account: Account, secret: str) -> str:
    """A code of the app that was not used yet, waiting for nothing: the next one is taken early, too."""
    used = session.scalars(
        select(Authenticator.last_step).where(Authenticator.account_id == account.id)
    ).one()
    return totp.code_of(secret, max(totp.step_at(clock.now()), used + 1))


def time_passes(session: Session, **span: float) -> None:
    """Let the last proof of everybody who is signed in lie back that far."""
    session.execute(update(StaffSession).values(proven_at=clock.now() - timedelta(**span)))
    session.commit()
