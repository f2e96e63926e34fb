"""Invitations and new passwords: links that work once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from board.accounts.invitations import LIFE, EmailTaken, accept, first_owner, invite
from board.accounts.models import Account, Invitation, StaffSession
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import Gone
from board.foundation.permissions import Role
from tests.accounts.doors import session_id, sign_in
from tests.support.makers import PASSWORD, Makers
from tests.support.pages import fill_and_send, words

NEW = {"name": "Ada  Lovelace", "email": "Ada@Example.test", "password": "plum kettle orbit"}


@pytest.fixture
def token(session: Session) -> str:
    """An invitation for an owner."""
    made = invite(Role.OWNER, None, now=clock.now())
    session.commit()
    return made


def test_an_invitation_makes_an_account_and_signs_it_in(
    client: FlaskClient, session: Session, token: str
) -> None:
    answer = fill_and_send(client, f"/invitation/{token}", "/invitation", **NEW)
    assert (answer.status_code, answer.location) == (303, "/desk")
    [account] = session.scalars(select(Account).options(selectinload(Account.memberships)))
    assert (account.name, account.email) == ("Ada Lovelace", "ada@example.test")
    assert [(one.role, one.site_id) for one in account.memberships] == [("owner", None)]
    assert "ada@example.test" in words(client.get("/account"))


def test_looking_at_the_link_uses_nothing_up(client: FlaskClient, session: Session, token: str) -> None:
    for _ in range(3):
        assert client.get(f"/invitation/{token}").status_code == 200
        client.head(f"/invitation/{token}")
    assert session.scalars(select(Invitation.used_at)).all() == [None]


def test_a_link_works_once(client: FlaskClient, bare_client: FlaskClient, token: str) -> None:
    page = client.get(f"/invitation/{token}")
    assert page.status_code == 200
    fill_and_send(client, f"/invitation/{token}", "/invitation", **NEW)
    again = client.get(f"/invitation/{token}")
    assert again.status_code == 410
    assert "used or is too old" in words(again)


def test_a_link_becomes_too_old(client: FlaskClient, session: Session, token: str) -> None:
    row = session.scalars(select(Invitation)).one()
    row.expires_at = clock.now() - timedelta(seconds=1)
    session.commit()
    assert client.get(f"/invitation/{token}").status_code == 410


@pytest.mark.parametrize("token", ["x", "é", "%20", "a" * 5000])
def test_a_made_up_link_is_as_gone_as_a_used_one(client: FlaskClient, token: str) -> None:
    assert client.get(f"/invitation/{token}").status_code == 410


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "password1234"}, "first passwords"),
        ({"password": "short"}, "At least 12 characters"),
        ({"password": "x" * 200}, "At most 128 characters"),
        ({"password": "ada lovelace ada"}, "others know about you"),
        ({"name": "\u200b"}, "Readers see this name"),
        ({"name": "x" * 81}, "At most 80 characters"),
        ({"email": "ada"}, "does not look like an email address"),
        ({"email": "ada@example.test\r\nBcc: x@y.test"}, "does not look like an email address"),
        ({"email": ""}, "sign in with this address"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_rest_is_kept(
    client: FlaskClient, session: Session, token: str, typed: dict[str, str], said: str
) -> None:
    answer = fill_and_send(client, f"/invitation/{token}", "/invitation", **{**NEW, **typed})
    assert answer.status_code == 422
    assert said in words(answer)
    page = answer.get_data(as_text=True)
    assert {**NEW, **typed}["password"] not in page
    assert "name" in typed or "Lovelace" in page
    assert session.scalars(select(Invitation.used_at)).all() == [None]


def test_an_address_that_has_an_account_uses_nothing_up(
    client: FlaskClient, session: Session, makers: Makers, token: str
) -> None:
    makers.account(email="ada@example.test")
    answer = fill_and_send(client, f"/invitation/{token}", "/invitation", **NEW)
    assert answer.status_code == 422
    assert "account with this address" in words(answer)
    assert session.scalars(select(Invitation.used_at)).all() == [None]


def test_of_many_at_once_one_accepts(app: Flask, session: Session, token: str) -> None:
    together, outcomes = threading.Barrier(8), []

    def race(number: int) -> None:
        with app.app_context():
            together.wait(10)
            try:
                accept(token, email=f"{number}@example.test", name="x", password_hash="x", now=clock.now())
                db.session.commit()
                outcomes.append("accepted")
            except Gone:
                db.session.rollback()
                outcomes.append("gone")

    threads = [threading.Thread(target=race, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", *["gone"] * 7]
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_of_two_invited_with_one_address_one_gets_it(app: Flask, session: Session, makers: Makers) -> None:
    makers.account(email="ada@example.test")
    token = invite(Role.AUTHOR, makers.site().id, now=clock.now())
    session.commit()
    with app.app_context():
        with pytest.raises(EmailTaken):
            accept(token, email="ADA@example.test", name="x", password_hash="x", now=clock.now())
        db.session.rollback()


def test_the_link_for_the_first_owner_replaces_the_one_before(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    first = first_owner(now=clock.now())
    second = first_owner(now=clock.now())
    session.commit()
    assert [client.get(f"/invitation/{token}").status_code for token in (first, second)] == [410, 200]
    makers.account(Role.OWNER)
    assert first_owner(now=clock.now()) is None


def test_the_command_invites_to_one_site(
    client: FlaskClient, session: Session, makers: Makers, run_command: Callable[..., Result]
) -> None:
    site = makers.site(slug="blog")
    result = run_command("staff", "invite", "--role", "moderator", "--site", "blog")
    link = result.output.strip()
    assert link.startswith("http://board.test/invitation/")
    fill_and_send(client, link.removeprefix("http://board.test"), "/invitation", **NEW)
    [account] = session.scalars(select(Account).options(selectinload(Account.memberships)))
    assert [(one.role, one.site_id) for one in account.memberships] == [("moderator", site.id)]
    assert "There is no site" in run_command("staff", "invite", "--role", "author", "--site", "x").output


def test_somebody_locked_out_gets_in_by_a_link_that_works_once(
    client: FlaskClient, session: Session, makers: Makers, run_command: Callable[..., Result]
) -> None:
    account = makers.account(failed_tries=20, locked_until=clock.now() + LIFE)
    sign_in(client, account)
    link = (
        run_command("staff", "reset", account.email.upper()).output.strip().removeprefix("http://board.test")
    )
    assert client.get("/account").status_code == 303, "signed out everywhere"
    assert fill_and_send(client, link, "/new-password", password="password1234").status_code == 422
    answer = fill_and_send(client, link, "/new-password", password="plum kettle orbit")
    assert answer.status_code == 303
    assert session_id(client)
    assert client.get(link).status_code == 410
    assert client.post(link, data={}).status_code in {400, 410}
    session.refresh(account)
    assert (account.failed_tries, account.locked_until) == (0, None)


def test_staff_are_listed_disabled_and_let_in_again(
    client: FlaskClient, session: Session, makers: Makers, run_command: Callable[..., Result]
) -> None:
    account = makers.account(Role.MODERATOR, makers.site())
    sign_in(client, account)
    assert f"{account.email}  {account.name}  moderator of site" in run_command("staff", "list").output
    run_command("staff", "disable", account.email)
    assert session.scalars(select(StaffSession)).all() == []
    assert "disabled" in run_command("staff", "list").output
    assert run_command("staff", "reset", account.email).exit_code == 1
    run_command("staff", "enable", account.email)
    assert sign_in(client, account, PASSWORD).status_code == 303
    refused = run_command("staff", "disable", "nobody@example.test")
    assert (refused.exit_code, "Nobody has the address" in refused.output) == (1, True)
