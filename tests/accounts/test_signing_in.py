"""Signing in: what a stranger can find out, how often they may guess, and where they are led."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from board.accounts.destinations import local_path
from board.accounts.models import Account
from board.accounts.passwords import hash_password
from board.accounts.throttling import FREE_TRIES, LONGEST_DELAY, delay_after
from board.foundation import clock
from board.foundation.permissions import Role
from tests.accounts.doors import sign_in
from tests.support.makers import PASSWORD, Makers, ago
from tests.support.pages import form_values, words

WRONG = "not the right password"


def test_staff_are_led_to_where_they_wanted_to_go(client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    page = client.get("/account").location
    assert page == "/sign-in?then=/account"
    assert sign_in(client, account, page=page).location == "/account"


def test_a_moderator_begins_at_the_queue_and_an_author_at_the_prompts(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    site = makers.site()
    assert sign_in(client, makers.account(Role.MODERATOR, site)).location == "/desk"
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert sign_in(other, makers.account(Role.AUTHOR, site)).location == "/desk/prompts"


def test_who_is_signed_in_needs_no_form(client: FlaskClient, makers: Makers) -> None:
    sign_in(client, makers.account())
    assert client.get("/sign-in?then=/account").location == "/account"


def test_the_address_may_be_written_in_any_case(client: FlaskClient, makers: Makers) -> None:
    account = makers.account(email="ada@example.test")
    assert sign_in(client, account, email=" ADA@Example.test ").status_code == 303


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.test/",
        "//evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "/\n/evil.test",
        " //evil.test",
        "javascript:alert(1)",
        "https:evil.test",
        "http:///evil.test",
        "evil.test",
        "/" + "a" * 1000,
        "/é",
        "/\x00/evil.test",
    ],
)
def test_nobody_is_led_to_another_host(client: FlaskClient, makers: Makers, then: str) -> None:
    assert local_path(then) == ""
    assert sign_in(client, makers.account(), then=then).location == "/desk"


@pytest.mark.parametrize("then", ["/desk", "/desk?view=spam&from=3", "/t/1", "/"])
def test_pages_of_the_board_are_led_to(then: str) -> None:
    assert local_path(then) == then


def test_a_refusal_does_not_tell_whether_there_is_such_an_account(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    """The same status and the same words for a wrong, unknown, disabled and locked account."""
    known, disabled, locked = makers.account(), makers.account(disabled_at=ago(days=1)), makers.account()
    locked.locked_until = clock.now() + LONGEST_DELAY
    nobody = Account(email="nobody@example.test")
    session.commit()
    answers = [
        sign_in(client, known, WRONG),
        sign_in(client, nobody, WRONG),
        sign_in(client, disabled),
        sign_in(client, locked),
    ]
    assert {answer.status_code for answer in answers} == {422}
    said = {
        words(answer).replace(account.email, "")
        for answer, account in zip(answers, [known, nobody, disabled, locked], strict=True)
    }
    assert len(said) == 1
    assert "do not belong together" in said.pop()


def test_an_unknown_account_takes_as_long_as_a_known_one(client: FlaskClient, makers: Makers) -> None:
    """Both hash once: an answer without hashing would be some fifty times faster."""
    known, nobody = makers.account(), Account(email="nobody@example.test")

    def seconds(account: Account) -> float:
        action, values = form_values(client.get("/sign-in"), "/sign-in")
        start = time.perf_counter()
        client.post(action, data={**values, "email": account.email, "password": WRONG})
        return time.perf_counter() - start

    times = [(seconds(known), seconds(nobody)) for _ in range(3)]
    assert min(unknown for _, unknown in times) > min(one for one, _ in times) / 3


def test_what_was_typed_is_kept_but_never_the_password(client: FlaskClient, makers: Makers) -> None:
    answer = sign_in(client, makers.account(email="ada@example.test"), WRONG)
    page = answer.get_data(as_text=True)
    assert "ada@example.test" in page
    assert WRONG not in page


@pytest.mark.parametrize(
    "typed",
    [
        {"email": ""},
        {"password": ""},
        {"email": "x" * 5000},
        {"email": "a\x00@example.test"},
        {"password": "p" * 50_000},
        {"password": "\x00"},
        {"email": "a@b\r\nX: y"},
    ],
)
def test_bad_input_is_refused_in_words(client: FlaskClient, makers: Makers, typed: dict[str, str]) -> None:
    account = makers.account()
    data = {"email": account.email, "password": PASSWORD, **typed}
    action, values = form_values(client.get("/sign-in"), "/sign-in")
    assert client.post(action, data={**values, **data}).status_code == 422


def test_after_some_tries_even_the_right_password_waits(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    for _ in range(FREE_TRIES):
        assert sign_in(client, account, WRONG).status_code == 422
    session.refresh(account)
    assert account.failed_tries == FREE_TRIES
    sign_in(client, account, WRONG)
    assert sign_in(client, account).status_code == 422
    session.refresh(account)
    assert account.failed_tries == FREE_TRIES + 1, "what is locked is not looked at, so it does not count"
    account.locked_until = ago(seconds=1)
    session.commit()
    assert sign_in(client, account).status_code == 303
    session.refresh(account)
    assert (account.failed_tries, account.locked_until) == (0, None)


def test_the_delay_doubles_and_never_becomes_a_lock() -> None:
    delays = [delay_after(tries).total_seconds() for tries in range(1, FREE_TRIES + 5)]
    assert delays == [0, 0, 0, 0, 30, 60, 120, 240]
    assert delay_after(10**9) == LONGEST_DELAY


def test_a_quiet_day_forgives(client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account(failed_tries=50, locked_until=ago(days=2))
    sign_in(client, account, WRONG)
    session.refresh(account)
    assert account.failed_tries == 1


def test_one_network_may_not_guess_for_ever(make_app: Callable[..., Flask], makers: Makers) -> None:
    client = make_app().test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    action, values = form_values(client.get("/sign-in"), "/sign-in")
    statuses = [
        client.post(action, data={**values, "email": "", "password": ""}).status_code for _ in range(21)
    ]
    assert set(statuses[:20]) == {422}
    assert statuses[20] == 429


def test_an_old_hash_is_renewed_at_sign_in(client: FlaskClient, session: Session, makers: Makers) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    account = makers.account(password_hash=old)
    assert sign_in(client, account).status_code == 303
    session.refresh(account)
    assert account.password_hash != old
    assert account.password_hash.split("$")[3] == hash_password("x").split("$")[3]


def test_an_old_form_says_so(client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    answer = client.post("/sign-in", data={"email": account.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert "open for too long" in words(answer)
