"""Mail to the person an account belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts import browsers
from board.accounts.models import KnownBrowser
from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage
from tests.accounts.doors import press, sign_in, with_app
from tests.accounts.test_own_factors import set_up
from tests.support.applications import client_of, run_command
from tests.support.makers import PASSWORD, Makers, ago
from tests.support.pages import fill_and_send
from tests.support.smtp import SmtpServer

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_a_new_browser_is_told_by_mail_once(
    make_app: Callable[..., Flask], session: Session, makers: Makers, smtp: SmtpServer
) -> None:
    app = make_app(**smtp.environ)
    account = makers.account(email="ada@example.test", name="Ada <b>")
    client = client_of(app)
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in(client, account)
    press(client, "/account", "/sign-out")
    sign_in(client, account)
    run_command(app, "worker", "--once")
    [mail] = smtp.messages_to("ada@example.test")
    assert mail["Subject"] == "A new browser signed in to your account"
    assert "Firefox, Linux" in mail.text
    assert "http://board.test/account" in mail.text
    assert "Hello Ada <b>," in mail.text
    assert "<b>" not in mail.html
    assert "Firefox, Linux" in mail.html


def test_each_account_gets_to_know_a_browser_by_itself(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    first, second = makers.account(), makers.account()
    for account in (first, second, first):
        sign_in(client, account)
        press(client, "/account", "/sign-out")
    assert kinds(session) == ["new_sign_in"] * 2
    assert {row.account_id for row in session.scalars(select(KnownBrowser))} == {first.id, second.id}


def test_another_browser_is_new(app: Flask, client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account()
    sign_in(client, account)
    other = client_of(app)
    other.set_cookie("board-seen", "ab" * 16, domain="board.test")
    sign_in(other, account)
    assert kinds(session) == ["new_sign_in"] * 2


def test_a_browser_not_seen_for_long_is_new_again(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    sign_in(client, account)
    press(client, "/account", "/sign-out")
    session.scalars(select(KnownBrowser)).one().seen_at = ago(days=401)
    session.commit()
    sign_in(client, account)
    assert kinds(session) == ["new_sign_in"] * 2


def test_the_cookie_that_a_browser_is_known_by_opens_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    known = client.get_cookie("board-seen", domain="board.test")
    assert known
    assert known.http_only
    assert known.value not in [row.token_digest for row in session.scalars(select(KnownBrowser))]
    other = client_of(app)
    other.set_cookie("board", known.value, domain="board.test")
    assert other.get("/account").status_code == 303


@pytest.mark.parametrize("value", ["", "x", "é" * 32, "x" * 3000])
def test_a_made_up_cookie_is_replaced(
    client: FlaskClient, session: Session, makers: Makers, value: str
) -> None:
    client.set_cookie("board-seen", value, domain="board.test")
    assert sign_in(client, makers.account()).status_code == 303
    given = client.get_cookie("board-seen", domain="board.test")
    assert given
    assert given.value != value


def test_only_the_latest_browsers_are_kept(app: Flask, session: Session, makers: Makers) -> None:
    account_id = makers.account().id
    with app.app_context():
        for _ in range(browsers.MOST + 5):
            browsers.remember(account_id, "", now=clock.now())
        db.session.commit()
    assert len(session.scalars(select(KnownBrowser)).all()) == browsers.MOST


def test_a_failed_sign_in_sends_nothing(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account(), "not the right password")
    assert kinds(session) == []


def test_a_new_password_is_told(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account())
    new = "plum kettle orbit sand"
    press(client, "/account", "/account/password", present=PASSWORD, password=new)
    assert kinds(session) == ["new_sign_in", "password_changed"]
    press(client, "/account", "/account/password", present="wrong", password=new)
    assert kinds(session) == ["new_sign_in", "password_changed"]


def test_a_password_by_a_link_is_told(
    client: FlaskClient, session: Session, makers: Makers, run_command: Callable[..., Result]
) -> None:
    account = makers.account()
    link = run_command("staff", "reset", account.email).output.strip().removeprefix("http://board.test")
    fill_and_send(client, link, "/new-password", password="plum kettle orbit")
    assert kinds(session) == ["password_changed", "new_sign_in"]


def test_what_becomes_of_the_second_factor_is_told_in_words(
    client: FlaskClient, session: Session, makers: Makers, run_command: Callable[..., Result]
) -> None:
    account = makers.account()
    sign_in(client, account)
    set_up(client)
    press(client, "/account", "/account/recovery-codes")
    press(client, "/account", "/account/authenticator/remove")
    set_up(client)
    run_command("staff", "second-factor", "off", account.email)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "second_factor"))
    mails = sorted(told, key=lambda one: one.id)
    said = ["was set up", "New recovery codes", "was removed", "was set up", "switched off"]
    assert [part in mail.text for part, mail in zip(said, mails, strict=True)] == [True] * 5
    assert all(mail.recipient == account.email and mail.site_id is None for mail in mails)


def test_the_use_of_a_recovery_code_is_told(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    _, codes = with_app(app, account)
    sign_in(client, account)
    fill_and_send(client, "/sign-in/second", "/sign-in/recovery", recovery=codes[0])
    assert kinds(session) == ["second_factor", "new_sign_in"]
    [mail, _] = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    assert "one of your recovery codes" in mail.text
    assert codes[0] not in mail.text
