"""`board staff`: what whoever runs the board does when nobody can, or may, do it on the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Account, Authenticator, Invitation
from board.accounts.sessions import open_session
from board.foundation import clock
from board.foundation.permissions import Role
from tests.accounts.doors import sign_in, with_app
from tests.moderation.desk import signed_in
from tests.people.owning import EVA, NEW, deeds, mailed_link, roles
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send

LAST = "This is the last owner of all blogs who can sign in."
Command = Callable[..., Result]


def test_the_list_shows_roles_second_factors_and_who_is_disabled(
    app: Flask, makers: Makers, run_command: Command
) -> None:
    site = makers.site(slug="blog")
    assert "`board staff invite --role owner`" in run_command("staff", "list").output
    mia = makers.account(name="Mia", email="mia@example.test")
    makers.account(Role.AUTHOR, site, name="Leo", email="leo@example.test", disabled_at=clock.now())
    makers.account(None, name="Former", email="former@example.test")
    with_app(app, mia)
    assert run_command("staff", "list").output.splitlines() == [
        "former@example.test  Former  no role",
        "leo@example.test  Leo  author of blog  disabled",
        "mia@example.test  Mia  owner  second factor",
    ]


def test_a_locked_out_owner_gets_in_again(
    app: Flask, session: Session, makers: Makers, run_command: Command
) -> None:
    """Password forgotten, phone lost, tries used up: two commands and one page."""
    mia = makers.account(
        email="mia@example.test", failed_tries=50, factor_tries=50, factor_locked_until=clock.now()
    )
    with_app(app, mia)
    browser = signed_in_elsewhere(app, session, mia)
    off = run_command("staff", "second-factor", "off", "mia@example.test")
    link = run_command("staff", "reset", "mia@example.test").output.strip()
    assert (off.exit_code, off.output.strip()) == (
        0,
        "mia@example.test signs in with the password alone now.",
    )
    assert browser.get("/account").status_code == 303
    assert session.scalars(select(Authenticator)).all() == []
    client, path = client_of(app), link.removeprefix("http://board.test")
    answer = fill_and_send(client, path, "/new-password", password="plum kettle orbit")
    assert answer.status_code == 303
    assert client.get("/desk/people").status_code == 200
    assert [act for _, act, _, _ in deeds(session)] == ["second_factor_removed", "password_reset"]
    assert "Command line" in client.get("/desk/log").get_data(as_text=True)


def signed_in_elsewhere(app: Flask, session: Session, account: Account) -> FlaskClient:
    """A browser that passed the second step before the phone was lost."""
    token = open_session(account, browser="Firefox, Linux", now=clock.now())
    session.commit()
    client = client_of(app)
    client.set_cookie("board", token, domain="board.test")
    assert client.get("/account").status_code == 200
    return client


def test_the_link_of_a_reset_is_not_for_who_is_disabled(makers: Makers, run_command: Command) -> None:
    makers.account(email="leo@example.test", disabled_at=clock.now())
    refused = run_command("staff", "reset", "leo@example.test")
    assert (refused.exit_code, "`board staff enable` comes first" in refused.output) == (1, True)


def test_a_second_factor_that_is_none_is_not_switched_off(makers: Makers, run_command: Command) -> None:
    makers.account(email="leo@example.test")
    refused = run_command("staff", "second-factor", "off", "leo@example.test")
    assert (refused.exit_code, "has no second factor" in refused.output) == (1, True)


def test_an_invitation_is_mailed_from_the_command_line(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, run_command: Command
) -> None:
    site_id = makers.site(slug="blog").id
    said = run_command("staff", "invite", "--role", "author", "--site", "blog", "--email", EVA)
    assert said.output.strip() == f"The worker mails the invitation to {EVA}."
    assert deeds(session) == [("Command line", "person_invited", EVA, site_id)]
    fill_and_send(client, mailed_link(session), "/invitation", **NEW)
    eva = session.scalars(select(Account)).one()
    assert (eva.email, roles(session, eva)) == (EVA, [("author", site_id)])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--role", "author", "--email", "eva"], "An email address must have an @-sign"),
        (["--role", "owner", "--email", "mia@example.test"], "has this role already"),
        (["--role", "author", "--site", "nowhere"], "There is no site 'nowhere'"),
        (["--role", "emperor"], "'emperor' is not one of"),
        ([], "Missing option '--role'"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_a_sentence(
    session: Session, makers: Makers, run_command: Command, options: list[str], said: str
) -> None:
    makers.account(email="mia@example.test")
    refused = run_command("staff", "invite", *options)
    assert refused.exit_code != 0
    assert said in refused.output
    assert session.scalars(select(Invitation)).all() == []


def test_roles_are_granted_and_revoked(
    app: Flask, session: Session, makers: Makers, run_command: Command
) -> None:
    makers.account()
    site_id = makers.site(slug="blog").id
    leo = makers.account(None, name="Leo", email="leo@example.test")
    granted = run_command("staff", "grant", "LEO@example.test", "--role", "moderator", "--site", "blog")
    assert granted.output.strip() == "leo@example.test is moderator of blog now."
    browser = signed_in(app, leo)
    run_command("staff", "grant", "leo@example.test", "--role", "author", "--site", "blog")
    run_command("staff", "grant", "leo@example.test", "--role", "owner")
    assert roles(session, leo) == [("owner", None), ("author", site_id)]
    wrong = run_command("staff", "revoke", "leo@example.test", "--role", "owner", "--site", "blog")
    assert (wrong.exit_code, "leo@example.test is not owner of blog." in wrong.output) == (1, True)
    run_command("staff", "revoke", "leo@example.test")
    assert browser.get("/account").status_code == 200
    gone = run_command("staff", "revoke", "leo@example.test", "--site", "blog", "--role", "author")
    assert gone.output.strip() == "leo@example.test is not author of blog any more."
    assert browser.get("/account").status_code == 303
    assert [(act, site) for _, act, _, site in deeds(session)] == [
        ("role_changed", site_id),
        ("role_changed", site_id),
        ("role_changed", None),
        ("role_removed", None),
        ("role_removed", site_id),
    ]
    again = run_command("staff", "revoke", "leo@example.test", "--site", "blog")
    assert (again.exit_code, "leo@example.test is not anything of blog." in again.output) == (1, True)


@pytest.mark.parametrize("words", [["disable"], ["revoke"], ["grant", "--role", "author"]])
def test_the_last_owner_of_all_stays_on_the_command_line_as_well(
    session: Session, makers: Makers, run_command: Command, words: list[str]
) -> None:
    mia = makers.account(email="mia@example.test")
    refused = run_command("staff", words[0], "mia@example.test", *words[1:])
    assert (refused.exit_code, LAST in refused.output) == (1, True)
    session.refresh(mia)
    assert (mia.disabled_at, roles(session, mia)) == (None, [("owner", None)])
    makers.account()
    assert run_command("staff", words[0], "mia@example.test", *words[1:]).exit_code == 0


def test_disabling_and_enabling_are_logged(
    app: Flask, session: Session, makers: Makers, run_command: Command
) -> None:
    makers.account(None, name="Leo", email="leo@example.test")
    run_command("staff", "disable", "leo@example.test")
    run_command("staff", "enable", "leo@example.test")
    assert [(who, act, whom) for who, act, whom, _ in deeds(session)] == [
        ("Command line", "account_disabled", "Leo"),
        ("Command line", "account_enabled", "Leo"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["reset"],
        ["disable"],
        ["enable"],
        ["revoke"],
        ["grant", "--role", "author"],
        ["second-factor", "off"],
    ],
)
def test_an_address_that_nobody_has_is_said(run_command: Command, words: list[str]) -> None:
    at = 2 if words[0] == "second-factor" else 1
    refused = run_command("staff", *words[:at], "nobody@example.test", *words[at:])
    assert refused.exit_code == 1
    assert "Nobody has the address nobody@example.test. `board staff list` shows all." in refused.output


def test_who_was_reset_signs_in_with_the_old_password_until_the_link_is_used(
    app: Flask, makers: Makers, run_command: Command
) -> None:
    """A link that was made for somebody who remembers after all costs them nothing."""
    mia = makers.account(email="mia@example.test")
    run_command("staff", "reset", "mia@example.test")
    assert sign_in(client_of(app), mia).status_code == 303
