"""Sessions: made at sign-in, worth nothing once their row is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Membership, StaffSession
from board.accounts.sessions import ABSOLUTE, IDLE, TOUCH_EVERY, digest
from board.foundation import clock
from board.foundation.permissions import Role
from tests.accounts.doors import press, session_id, sign_in
from tests.support.makers import PASSWORD, Makers, ago
from tests.support.pages import form_values, words
from tests.support.statements import counted_statements


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_only_the_digest_of_a_session_is_kept(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account())
    [row] = session.scalars(select(StaffSession))
    token = session_id(client)
    assert token is not None
    assert len(token) == 32
    assert row.id_digest == digest(token) != token


def test_signing_in_makes_a_new_id_whatever_the_browser_brought(client: FlaskClient, makers: Makers) -> None:
    """Otherwise who plants an id in a browser shares its session later."""
    planted = "ab" * 16
    client.set_cookie("board", planted, domain="board.test")
    account = makers.account()
    sign_in(client, account)
    first = session_id(client)
    press(client, "/account", "/sign-out")
    sign_in(client, account)
    assert len({planted, first, session_id(client)}) == 3


def test_the_cookie_is_closed_to_script_and_to_other_sites(client: FlaskClient, makers: Makers) -> None:
    cookies = sign_in(client, makers.account()).headers.getlist("Set-Cookie")
    [cookie] = [one for one in cookies if one.startswith("board=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie


def test_on_https_the_cookie_belongs_to_this_host_alone(
    make_app: Callable[..., Flask], makers: Makers
) -> None:
    client = make_app(BOARD_PUBLIC_URL="https://board.test").test_client()
    client.environ_base |= {
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "HTTP_REFERER": "https://board.test/sign-in",
    }
    answer = sign_in(client, makers.account())
    cookies = answer.headers.getlist("Set-Cookie")
    [cookie] = [one for one in cookies if one.startswith("__Host-board=")]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert is_signed_in(client)


def test_a_session_in_use_is_seen_in_one_statement(app: Flask, client: FlaskClient, makers: Makers) -> None:
    account = makers.account(Role.MODERATOR, makers.site())
    sign_in(client, account)
    with counted_statements(app) as statements:
        client.get("/sign-in")
    assert len(statements) == 1


@pytest.mark.parametrize("field", ["created_at", "last_seen_at"])
def test_an_old_session_ends_by_itself(
    client: FlaskClient, session: Session, makers: Makers, field: str
) -> None:
    sign_in(client, makers.account())
    [row] = session.scalars(select(StaffSession))
    age = ABSOLUTE if field == "created_at" else IDLE
    setattr(row, field, clock.now() - age + timedelta(minutes=1))
    session.commit()
    assert is_signed_in(client)
    [row] = session.scalars(select(StaffSession))
    setattr(row, field, clock.now() - age - timedelta(seconds=1))
    session.commit()
    assert not is_signed_in(client)


def test_being_seen_is_written_now_and_then(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account())
    seen = session.scalars(select(StaffSession.last_seen_at)).one()
    client.get("/account")
    assert session.scalars(select(StaffSession.last_seen_at)).one() == seen
    row = session.scalars(select(StaffSession)).one()
    row.last_seen_at = long_ago = clock.now() - 2 * TOUCH_EVERY
    session.commit()
    client.get("/account")
    assert session.scalars(select(StaffSession.last_seen_at)).one() > long_ago


def test_a_disabled_account_is_out_at_once(client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account()
    sign_in(client, account)
    account.disabled_at = clock.now()
    session.commit()
    assert not is_signed_in(client)
    assert sign_in(client, account).status_code == 422


def test_who_has_no_role_left_is_out_at_once(client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account()
    sign_in(client, account)
    session.delete(session.scalars(select(Membership)).one())
    session.commit()
    assert not is_signed_in(client)
    assert sign_in(client, account).status_code == 422


def test_signing_out_ends_the_session_and_not_only_the_cookie(client: FlaskClient, makers: Makers) -> None:
    sign_in(client, makers.account())
    token = session_id(client)
    assert token
    assert press(client, "/account", "/sign-out").status_code == 303
    assert session_id(client) is None
    client.set_cookie("board", token, domain="board.test")
    assert not is_signed_in(client)


def test_one_can_sign_out_everywhere_else(app: Flask, client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    here, there, elsewhere = client, app.test_client(), app.test_client()
    for browser in (here, there, elsewhere):
        browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        sign_in(browser, account)
    assert press(here, "/account", "/account/sessions/").status_code == 303  # one of them
    assert [is_signed_in(one) for one in (there, elsewhere)].count(True) == 1
    for browser in (there, elsewhere):
        if not is_signed_in(browser):
            sign_in(browser, account)
    assert press(here, "/account", "/end-others").status_code == 303
    assert [is_signed_in(one) for one in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_anothers_session(client: FlaskClient, session: Session, makers: Makers) -> None:
    other = StaffSession(
        id_digest="0" * 64,
        account_id=makers.account().id,
        created_at=ago(hours=1),
        last_seen_at=ago(hours=1),
        browser="",
        proven_at=ago(hours=1),
    )
    session.add(other)
    session.commit()
    other_id = other.id
    own = makers.account()
    sign_in(client, own)
    _, values = form_values(client.get("/account"), "/sign-out")
    answer = client.post(f"/account/sessions/{other_id}/end", data=values)
    assert answer.status_code == 404
    assert session.get(StaffSession, other_id) is not None


def test_a_new_password_ends_every_other_session(app: Flask, client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    there = app.test_client()
    there.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(there, account)
    sign_in(client, account)
    before = session_id(client)
    new = "plum kettle orbit sand"
    answer = press(client, "/account", "/account/password", present=PASSWORD, password=new)
    assert answer.status_code == 303
    assert "Your password is changed" in words(client.get("/account"))
    assert session_id(client) != before
    assert not is_signed_in(there)
    assert sign_in(there, account).status_code == 422
    assert sign_in(there, account, new).status_code == 303


def test_the_present_password_is_asked_for(client: FlaskClient, makers: Makers) -> None:
    sign_in(client, makers.account())
    answer = press(
        client, "/account", "/account/password", present="not my password", password="plum kettle orbit"
    )
    assert answer.status_code == 422
    assert "not your present password" in words(answer)
    assert "plum kettle" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("value", ["", "x", "0" * 32, "0" * 3000, "é" * 32, "'; drop table account; --"])
def test_a_made_up_session_is_a_strangers(client: FlaskClient, value: str) -> None:
    client.set_cookie("board", value, domain="board.test")
    assert client.get("/account").status_code == 303
