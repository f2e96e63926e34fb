"""Accepting an invitation that came by mail: with a new account, or with the one that one has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.accounts.models import Account, Invitation, Membership, StaffSession
from board.foundation import clock
from board.foundation.permissions import Role
from tests.accounts.doors import next_code, sign_in, with_app
from tests.moderation.desk import signed_in
from tests.people.owning import EVA, NEW, deeds, invite, mailed_link, roles
from tests.support.applications import client_of
from tests.support.concurrency import at_once
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words


@pytest.fixture
def link(desk: FlaskClient, session: Session, makers: Makers) -> str:
    """Of an invitation to be a moderator of one blog."""
    invite(desk, site=str(makers.site(name="Quiet things").id))
    return mailed_link(session)


def account_of(session: Session, email: str = EVA) -> Account:
    return session.scalars(select(Account).where(Account.email == email)).one()


def site_of(session: Session) -> int | None:
    return session.scalars(select(Invitation.site_id)).one()


def test_the_page_says_who_invites_and_to_what(client: FlaskClient, link: str) -> None:
    page = words(client.get(link))
    assert "Mia invites you to be Moderator of Quiet things." in page
    assert "Moderators decide which comments appear." in page


def test_accepting_makes_an_account_with_that_role_and_nothing_else(
    client: FlaskClient, session: Session, link: str
) -> None:
    answer = fill_and_send(client, link, link, **NEW)
    assert (answer.status_code, answer.location) == (303, "/desk")
    eva = account_of(session)
    assert (eva.name, roles(session, eva)) == ("Eva", [("moderator", site_of(session))])
    assert deeds(session)[-1] == ("Eva", "invitation_accepted", "Eva", site_of(session))
    assert client.get(link).status_code == 410
    assert sign_in(client_of(client.application), eva, NEW["password"]).status_code == 303


def test_the_account_has_the_address_that_was_invited_whatever_is_sent(
    client: FlaskClient, session: Session, link: str
) -> None:
    [shown] = tree(client.get(link)).xpath("//input[@name='email']")
    assert (shown.value, "readonly" in shown.attrib) == (EVA, True)
    fill_and_send(client, link, link, **NEW, email="somebody@else.test", role="owner", site="all")
    assert roles(session, account_of(session)) == [("moderator", site_of(session))]


def test_a_mistake_uses_nothing_up(client: FlaskClient, session: Session, link: str) -> None:
    answer = fill_and_send(client, link, link, **{**NEW, "password": "short"})
    assert answer.status_code == 422
    assert "Mia invites you" in words(answer)
    assert session.scalars(select(Invitation.used_at)).all() == [None]
    assert fill_and_send(client, link, link, **NEW).status_code == 303


@pytest.mark.parametrize("way", ["", "/join"])
def test_after_three_days_nobody_accepts(
    app: Flask, session: Session, makers: Makers, link: str, way: str
) -> None:
    client = signed_in(app, makers.account(Role.AUTHOR, makers.site())) if way else client_of(app)
    action, values = form_values(client.get(link), link + way)
    session.execute(update(Invitation).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert client.post(action, data={**values, **NEW}).status_code == 410
    assert session.scalars(select(Invitation.used_at)).all() == [None]
    assert client.get(link).status_code == 410


def test_who_has_an_account_signs_in_first_and_comes_back(
    client: FlaskClient, session: Session, makers: Makers, link: str
) -> None:
    eva = makers.account(Role.AUTHOR, makers.site(), email=EVA)
    page = client.get(link)
    assert "Sign in with it, and you can accept." in words(page)
    assert tree(page).xpath("//input[@name='password']") == []
    [way] = tree(page).xpath("//a[contains(@href, '/sign-in')]/@href")
    assert sign_in(client, eva, page=way).location == link
    answer = send_join(client, link)
    assert "You are now: Moderator of Quiet things." in words(client.get(answer.location))
    assert {role for role, _ in roles(session, eva)} == {"author", "moderator"}
    assert client.get(link).status_code == 410


def send_join(client: FlaskClient, link: str) -> TestResponse:
    return fill_and_send(client, link, f"{link}/join")


def test_nobody_takes_an_account_over_by_being_invited_to_its_address(
    client: FlaskClient, session: Session, makers: Makers, link: str
) -> None:
    """The page offers no such form; a program that sends one is told to sign in."""
    eva = makers.account(Role.AUTHOR, makers.site(), email=EVA)
    before = eva.password_hash
    _, values = form_values(client.get("/sign-in"), "/sign-in")
    answer = client.post(link, data={"csrf_token": values["csrf_token"], **NEW})
    assert answer.status_code == 422
    session.refresh(eva)
    assert eva.password_hash == before
    assert session.scalars(select(Invitation.used_at)).all() == [None]


def test_the_second_factor_stands_before_the_invitation(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, link: str
) -> None:
    eva = makers.account(Role.AUTHOR, makers.site(), email=EVA)
    secret, _ = with_app(app, eva)
    doorstep = sign_in(client, eva, page=f"/sign-in?then={link}").location
    assert "Sign in with it" in words(client.get(link)), "the password alone does not accept"
    answer = fill_and_send(client, doorstep, "/sign-in/second", code=next_code(session, eva, secret))
    assert answer.location == link


def test_whoever_has_the_link_may_join_with_another_address(
    app: Flask, session: Session, makers: Makers, link: str
) -> None:
    """People are invited where one knows them, and have their account where they like."""
    leo = makers.account(Role.AUTHOR, makers.site(), email="leo@example.test")
    send_join(signed_in(app, leo), link)
    assert ("moderator", site_of(session)) in roles(session, leo)
    assert session.scalars(select(Account).where(Account.email == EVA)).all() == []


def test_a_stranger_cannot_join(client: FlaskClient, session: Session, link: str) -> None:
    _, values = form_values(client.get(link), link)
    answer = client.post(f"{link}/join", data=values)
    assert (answer.status_code, answer.location) == (303, link)
    assert session.scalars(select(Invitation.used_at)).all() == [None]


def test_the_role_on_the_same_blog_is_replaced_and_others_stay(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    here, there = makers.site(), makers.site()
    eva = makers.account(Role.AUTHOR, here, email=EVA)
    session.add(Membership(account_id=eva.id, site_id=there.id, role="owner"))
    session.commit()
    ids = here.id, there.id
    invite(desk, site=str(ids[0]))
    send_join(signed_in(app, eva), mailed_link(session))
    assert roles(session, eva) == [("moderator", ids[0]), ("owner", ids[1])]


@pytest.mark.parametrize("everywhere", [True, False])
def test_an_owner_stays_an_owner(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, everywhere: bool
) -> None:
    site = makers.site()
    eva = makers.account(Role.OWNER, None if everywhere else site, email=EVA)
    before = roles(session, eva)
    invite(desk, role="author", site=str(site.id))
    client, link = signed_in(app, eva), mailed_link(session)
    assert "You are an owner there already, and stay one." in words(client.get(link))
    send_join(client, link)
    assert roles(session, eva) == before
    assert client.get(link).status_code == 410


def test_who_had_lost_every_role_begins_anew_with_the_mail_that_reached_them(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, link: str
) -> None:
    former = makers.account(None, email=EVA, failed_tries=20, locked_until=clock.now() + timedelta(days=1))
    with_app(app, former)
    assert fill_and_send(client, link, link, **NEW).status_code == 303
    eva = account_of(session)
    session.refresh(eva)
    assert (eva.name, roles(session, eva)) == ("Eva", [("moderator", site_of(session))])
    assert sign_in(client_of(app), eva, NEW["password"]).location == "/desk", "without the former's app"


def test_who_was_disabled_does_not_come_back_by_an_invitation(
    client: FlaskClient, session: Session, makers: Makers, link: str
) -> None:
    makers.account(None, email=EVA, disabled_at=clock.now())
    answer = fill_and_send(client, link, link, **NEW)
    assert answer.status_code == 422
    assert session.scalars(select(Invitation.used_at)).all() == [None]


def test_of_two_who_accept_at_once_one_gets_the_role(
    app: Flask, session: Session, makers: Makers, link: str
) -> None:
    """One in the browser they are signed in with, one with a new account: the link works once."""
    leo = makers.account(Role.AUTHOR, makers.site())
    clients = [client_of(app), signed_in(app, leo)]
    sent = [form_values(client.get(link), link) for client in clients]
    assert [action for action, _ in sent] == [link, f"{link}/join"]

    def accept(number: int) -> int:
        client, (action, values) = clients[number], sent[number]
        return client.post(action, data={**values, **NEW}).status_code

    answers = at_once(lambda: accept(0), lambda: accept(1))
    assert sorted(map(str, answers)) == ["303", "410"]
    given = select(func.count()).select_from(Membership).where(Membership.role == "moderator")
    assert session.scalar(given) == 1
    assert len(session.scalars(select(Account)).all()) == 2 + (answers[0] == 303)
    assert session.scalar(select(func.count()).select_from(StaffSession)) == 2 + (answers[0] == 303)
