"""Signing in with a second factor: what a password alone opens (nothing), and how often one may guess."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.doorstep import LIFE, token_for
from board.accounts.models import Membership, RecoveryCode, StaffSession
from board.accounts.renewal import renewal_token
from board.accounts.throttling import FREE_TRIES
from board.foundation import clock
from tests.accounts.doors import next_code, press, session_id, sign_in, with_app
from tests.support.applications import client_of
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words

SECOND, CODE, RECOVERY = "/sign-in/second", "/sign-in/second", "/sign-in/recovery"
WRONG = "000000"


def test_the_password_alone_opens_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    with_app(app, account)
    answer = sign_in(client, account, page="/sign-in?then=/desk/mail")
    assert (answer.status_code, answer.location) == (303, "/sign-in/second?then=/desk/mail")
    assert session_id(client) is None
    assert session.scalars(select(StaffSession)).all() == []
    assert client.get("/desk/mail").status_code == 303


def test_the_code_leads_on_to_where_one_wanted_to_go(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    secret, _ = with_app(app, account)
    page = sign_in(client, account, page="/sign-in?then=/desk/mail").location
    code = next_code(session, account, secret)
    answer = fill_and_send(client, page, CODE, code=f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer.location) == (303, "/desk/mail")
    assert client.get("/desk/mail").status_code == 200


def test_a_code_works_once(app: Flask, client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account()
    secret, _ = with_app(app, account)
    code = next_code(session, account, secret)
    sign_in(client, account)
    assert fill_and_send(client, SECOND, CODE, code=code).status_code == 303
    other = client_of(app)
    sign_in(other, account)
    again = fill_and_send(other, SECOND, CODE, code=code)
    assert again.status_code == 422
    assert "it was used" in words(again)


@pytest.mark.parametrize(
    "typed", ["", WRONG, "12345", "1234567", "abcdef", "０１２３４５", "\x00", "9" * 5000]
)
def test_no_other_code_is_taken(app: Flask, client: FlaskClient, makers: Makers, typed: str) -> None:
    account = makers.account()
    with_app(app, account)
    sign_in(client, account)
    assert fill_and_send(client, SECOND, CODE, code=typed).status_code == 422
    assert session_id(client) is None


def test_the_code_of_somebody_else_opens_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account, other = makers.account(), makers.account()
    with_app(app, account)
    secret, codes = with_app(app, other)
    sign_in(client, account)
    assert fill_and_send(client, SECOND, CODE, code=next_code(session, other, secret)).status_code == 422
    assert fill_and_send(client, SECOND, RECOVERY, recovery=codes[0]).status_code == 422


def test_guessing_is_slowed_down_even_for_who_knows_the_password(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """Giving the password again in between forgives no tries at the second factor."""
    account = makers.account()
    secret, codes = with_app(app, account)
    for _ in range(FREE_TRIES + 1):
        sign_in(client, account)
        assert fill_and_send(client, SECOND, CODE, code=WRONG).status_code == 422
    session.refresh(account)
    assert (account.factor_tries, account.failed_tries) == (FREE_TRIES + 1, 0)
    assert fill_and_send(client, SECOND, CODE, code=next_code(session, account, secret)).status_code == 422
    assert fill_and_send(client, SECOND, RECOVERY, recovery=codes[0]).status_code == 422
    account.factor_locked_until = ago(seconds=1)
    session.commit()
    assert fill_and_send(client, SECOND, CODE, code=next_code(session, account, secret)).status_code == 303
    session.refresh(account)
    assert (account.factor_tries, account.factor_locked_until) == (0, None)


def test_a_recovery_code_works_once_however_it_is_typed(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    _, codes = with_app(app, account)
    typed = codes[3].upper().replace("-", " ").replace("0", "o").replace("1", "L")
    sign_in(client, account)
    assert fill_and_send(client, SECOND, RECOVERY, recovery=typed).status_code == 303
    other = client_of(app)
    sign_in(other, account)
    assert fill_and_send(other, SECOND, RECOVERY, recovery=codes[3]).status_code == 422
    assert fill_and_send(other, SECOND, RECOVERY, recovery=codes[4]).status_code == 303
    assert len(session.scalars(select(RecoveryCode).where(RecoveryCode.used_at.is_not(None))).all()) == 2


def test_recovery_codes_are_kept_as_digests_of_enough_bits(
    app: Flask, session: Session, makers: Makers
) -> None:
    account = makers.account()
    _, codes = with_app(app, account)
    assert len(set(codes)) == 10
    assert all(len(code.replace("-", "")) == 24 for code in codes)  # of 32 characters: 120 bits
    kept = {row.code_digest for row in session.scalars(select(RecoveryCode))}
    assert not kept & {form for code in codes for form in (code, code.replace("-", ""))}


def test_the_doorstep_is_for_ten_minutes(app: Flask, client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    with_app(app, account)
    with app.app_context():
        late = token_for(account, now=clock.now() - LIFE - timedelta(seconds=2))
    with client.session_transaction(base_url="http://board.test") as kept:
        kept["doorstep"] = late
    answer = client.get(SECOND)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "took too long" in words(client.get("/sign-in"))


@pytest.mark.parametrize("token", ["", "x", "é", "x" * 5000])
def test_a_made_up_doorstep_is_none(client: FlaskClient, token: str) -> None:
    with client.session_transaction(base_url="http://board.test") as kept:
        kept["doorstep"] = token
    assert client.get(SECOND).location == "/sign-in"


def test_who_stands_on_the_doorstep_when_the_password_changes_begins_again(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    with_app(app, account)
    sign_in(client, account)
    account.password_hash = "another"
    session.commit()
    answer = client.get(SECOND)
    assert (answer.status_code, answer.location) == (303, "/sign-in")


@pytest.mark.parametrize("happens", ["disabled", "without a role"])
def test_who_is_shut_out_meanwhile_does_not_get_in(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, happens: str
) -> None:
    account = makers.account()
    with_app(app, account)
    sign_in(client, account)
    page = client.get(SECOND)
    if happens == "disabled":
        account.disabled_at = clock.now()
    else:
        session.delete(session.scalars(select(Membership)).one())
    session.commit()
    assert page.status_code == 200
    assert client.get(SECOND).location == "/sign-in"
    assert sign_in(client, account).status_code == 422


def test_a_new_password_by_a_link_does_not_pass_by_the_second_factor(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    secret, _ = with_app(app, account)
    with app.app_context():
        link = f"/new-password/{renewal_token(account, now=clock.now())}"
    answer = fill_and_send(client, link, "/new-password", password="plum kettle orbit")
    assert answer.location == SECOND
    assert session_id(client) is None
    assert fill_and_send(client, SECOND, CODE, code=next_code(session, account, secret)).status_code == 303


def test_the_session_begins_with_the_second_step(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """A session id that was planted before, or used before, is worth nothing after the step."""
    account = makers.account()
    secret, codes = with_app(app, account)
    client.set_cookie("board", "ab" * 16, domain="board.test")
    sign_in(client, account)
    fill_and_send(client, SECOND, CODE, code=next_code(session, account, secret))
    first = session_id(client)
    press(client, "/account", "/sign-out")
    sign_in(client, account)
    fill_and_send(client, SECOND, RECOVERY, recovery=codes[0])
    assert len({"ab" * 16, first, session_id(client)}) == 3


def test_who_is_signed_in_needs_no_second_step(client: FlaskClient, makers: Makers) -> None:
    sign_in(client, makers.account())
    assert client.get(f"{SECOND}?then=/account").location == "/account"
    assert client.get(f"{SECOND}?then=//evil.test").location == "/desk"
