"""Setting up, renewing and removing one's own second factor; and installations that ask for one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts import totp
from board.accounts.authenticator import begin
from board.accounts.models import Authenticator, RecoveryCode, StaffSession
from board.foundation import clock
from board.foundation.permissions import Role
from tests.accounts.doors import next_code, press, session_id, sign_in, with_app
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words

SET_UP = "/account/authenticator"


def secret_on(page) -> str:
    [shown] = tree(page).xpath("//*[contains(@class, 'secret')]")
    return str(shown.text_content()).replace(" ", "")


def codes_on(page) -> list[str]:
    return [str(one.text_content()) for one in tree(page).xpath("//*[contains(@class, 'codes')]//code")]


def set_up(client: FlaskClient) -> list[str]:
    """Set an app up as a person does; the recovery codes that were shown."""
    page = client.get(SET_UP)
    action, values = form_values(page, SET_UP)
    code = totp.code_of(secret_on(page), totp.step_at(clock.now()))
    return codes_on(client.post(action, data={**values, "code": code}))


def test_an_app_is_set_up_by_its_first_code(client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account()
    sign_in(client, account)
    assert len(set_up(client)) == 10
    [row] = session.scalars(select(Authenticator))
    assert row.account_id == account.id
    assert "10 unused codes" in words(client.get("/account"))
    other = client_of(client.application)
    assert sign_in(other, account).location == "/sign-in/second"


def test_looking_at_the_set_up_page_changes_nothing(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    assert secret_on(client.get(SET_UP)) != secret_on(client.get(SET_UP))
    assert session.scalars(select(Authenticator)).all() == []


def test_a_wrong_code_keeps_the_secret_and_sets_nothing_up(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    page = client.get(SET_UP)
    action, values = form_values(page, SET_UP)
    again = client.post(action, data={**values, "code": "000000"})
    assert again.status_code == 422
    assert secret_on(again) == secret_on(page)
    assert session.scalars(select(Authenticator)).all() == []
    _, values = form_values(again, SET_UP)
    code = totp.code_of(secret_on(page), totp.step_at(clock.now()))
    assert len(codes_on(client.post(action, data={**values, "code": code}))) == 10


def test_the_code_of_the_set_up_is_used_up_by_it(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    sign_in(client, account)
    page = client.get(SET_UP)
    secret = secret_on(page)
    code = totp.code_of(secret, totp.step_at(clock.now()))
    fill = form_values(page, SET_UP)
    client.post(fill[0], data={**fill[1], "code": code})
    other = client_of(client.application)
    sign_in(other, account)
    assert fill_and_send(other, "/sign-in/second", "/sign-in/second", code=code).status_code == 422


def test_nobody_sets_an_app_up_for_somebody_else(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    own, other = makers.account(), makers.account()
    sign_in(client, own)
    with app.app_context():
        setup = begin(other.id)
    code = totp.code_of(setup.secret, totp.step_at(clock.now()))
    answer = press(client, SET_UP, SET_UP, code=code, sealed=setup.sealed)
    assert answer.status_code == 422
    assert "new secret" in words(answer)
    assert session.scalars(select(Authenticator)).all() == []


@pytest.mark.parametrize("sealed", ["", "x", "é", "\x00", "gAAAAA" + "A" * 200])
def test_a_made_up_secret_is_replaced(client: FlaskClient, makers: Makers, sealed: str) -> None:
    sign_in(client, makers.account())
    answer = press(client, SET_UP, SET_UP, code="123456", sealed=sealed)
    assert answer.status_code == 422
    assert len(secret_on(answer)) == 32


def test_the_secret_is_sealed_and_never_shown_again(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    page = client.get(SET_UP)
    secret = secret_on(page)
    fill = form_values(page, SET_UP)
    client.post(fill[0], data={**fill[1], "code": totp.code_of(secret, totp.step_at(clock.now()))})
    [row] = session.scalars(select(Authenticator))
    assert secret not in row.sealed_secret
    assert row.sealed_secret not in client.get("/account").get_data(as_text=True)
    assert secret_on(client.get(SET_UP)) != secret


def test_new_recovery_codes_take_the_place_of_the_old_ones(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    sign_in(client, account)
    old = set_up(client)
    new = codes_on(press(client, "/account", "/account/recovery-codes"))
    assert len(new) == 10
    assert not set(old) & set(new)
    assert len(session.scalars(select(RecoveryCode)).all()) == 10
    assert not codes_on(client.get("/account"))


def test_the_codes_can_be_taken_along_as_a_file(client: FlaskClient, makers: Makers) -> None:
    sign_in(client, makers.account())
    set_up(client)
    page = press(client, "/account", "/account/recovery-codes")
    [link] = tree(page).xpath("//a[@download]")
    file = re.sub("%0D%0A", "\n", link.get("href").removeprefix("data:text/plain;charset=utf-8,"))
    assert file.splitlines() == codes_on(page)


def test_without_a_factor_there_are_no_recovery_codes(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    sign_in(client, account)
    _, values = form_values(client.get("/account"), "/sign-out")
    assert client.post("/account/recovery-codes", data=values).status_code == 404
    set_up(client)
    assert press(client, "/account", "/account/authenticator/remove").status_code == 303
    assert session.scalars(select(RecoveryCode)).all() == []
    assert client.post("/account/authenticator/remove", data=values).status_code == 404
    other = client_of(client.application)
    assert sign_in(other, account).location == "/desk"


@pytest.mark.parametrize(
    ("wanted", "role", "is_led"),
    [
        ("optional", Role.OWNER, False),
        ("owners", Role.OWNER, True),
        ("owners", Role.MODERATOR, False),
        ("everyone", Role.MODERATOR, True),
        ("everyone", Role.AUTHOR, True),
    ],
)
def test_whoever_lacks_the_factor_that_is_asked_of_them_sets_it_up_first(
    make_app: Callable[..., Flask], makers: Makers, wanted: str, role: Role, is_led: bool
) -> None:
    client = client_of(make_app(BOARD_SECOND_FACTOR=wanted))
    sign_in(client, makers.account(role))
    first = "/desk/prompts" if role is Role.AUTHOR else "/desk/log"
    answer = client.get(first)
    assert (answer.status_code, answer.headers.get("Location")) == (
        (303, "/account#second-factor") if is_led else (200, None)
    )
    assert ("asks you for a second factor" in words(client.get("/account"))) == is_led
    set_up(client)
    assert client.get(first).status_code == 200
    assert "asks you for a second factor" not in words(client.get("/account"))


def test_even_a_button_of_an_old_page_leads_to_the_set_up(
    make_app: Callable[..., Flask], makers: Makers
) -> None:
    client = client_of(make_app(BOARD_SECOND_FACTOR="everyone"))
    sign_in(client, makers.account())
    _, values = form_values(client.get("/account"), "/sign-out")
    answer = client.post("/desk/decide", data={**values, "publish": "1"})
    assert answer.location == "/account#second-factor"


def test_a_setting_with_another_word_is_a_mistake(make_app: Callable[..., Flask]) -> None:
    with pytest.raises(Exception, match="BOARD_SECOND_FACTOR must be optional, owners or everyone"):
        make_app(BOARD_SECOND_FACTOR="yes")


def test_the_command_helps_who_lost_phone_and_keys(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, run_command: Callable[..., Result]
) -> None:
    account = makers.account(factor_tries=9, factor_locked_until=clock.now())
    secret, _ = with_app(app, account)
    sign_in(client, account)
    fill_and_send(client, "/sign-in/second", "/sign-in/second", code=next_code(session, account, secret))
    assert session_id(client)
    assert run_command("staff", "second-factor", "off", account.email.upper()).exit_code == 0
    assert session.scalars(select(StaffSession)).all() == []
    assert sign_in(client, account).location == "/desk"
    again = run_command("staff", "second-factor", "off", account.email)
    assert (again.exit_code, "has no second factor" in again.output) == (1, True)
    assert run_command("staff", "second-factor", "off", "nobody@example.test").exit_code == 1
