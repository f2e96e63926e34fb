"""Shutting somebody out at once, and letting them in again."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Account, Membership, StaffSession
from board.foundation.permissions import Role
from tests.accounts.doors import session_id, sign_in, time_passes
from tests.moderation.desk import signed_in
from tests.people.owning import PAGE, deeds, role_id, roles, send
from tests.support.applications import client_of
from tests.support.makers import PASSWORD, Makers
from tests.support.pages import fill_and_send, form_values, words


def test_a_disabled_person_is_signed_out_everywhere_and_stays_out(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    leo = makers.account(Role.MODERATOR, makers.site(), name="Leo")
    browsers = [signed_in(app, leo) for _ in range(2)]
    cookie = session_id(browsers[0])
    answer = fill_and_send(desk, PAGE, f"{PAGE}/{leo.id}/disable")
    page = words(desk.get(answer.location))
    assert "Leo is signed out everywhere and cannot sign in any more." in page
    assert "Disabled" in page
    assert session.scalars(select(StaffSession).where(StaffSession.account_id == leo.id)).all() == []
    assert cookie is not None
    browsers[0].set_cookie("board", cookie, domain="board.test")
    assert [browser.get("/desk").status_code for browser in browsers] == [303, 303]
    refused = sign_in(client_of(app), leo)
    assert refused.status_code == 422
    assert "disabled" not in words(refused).lower(), "a stranger is not told who is who"


def test_who_is_enabled_again_has_their_roles_and_signs_in_anew(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    leo = makers.account(Role.MODERATOR, makers.site(), name="Leo")
    before, browser = roles(session, leo), signed_in(app, leo)
    fill_and_send(desk, PAGE, f"{PAGE}/{leo.id}/disable")
    answer = fill_and_send(desk, PAGE, f"{PAGE}/{leo.id}/enable")
    assert "Leo can sign in again." in words(desk.get(answer.location))
    assert browser.get("/desk").status_code == 303, "the former session is gone for good"
    assert sign_in(browser, leo).location == "/desk"
    assert roles(session, leo) == before


def test_disabling_twice_keeps_the_first_time(desk: FlaskClient, session: Session, makers: Makers) -> None:
    leo = makers.account(Role.MODERATOR, makers.site())
    times = []
    for _ in range(2):
        send(desk, f"{PAGE}/{leo.id}/disable")
        times.append(session.scalars(select(Account.disabled_at).where(Account.id == leo.id)).one())
    assert times[0] is not None
    assert times[0] == times[1]


def test_nobody_disables_themselves(desk: FlaskClient, owner: Account, makers: Makers) -> None:
    makers.account()
    assert "Disable the account Mia" not in words(desk.get(PAGE))
    assert send(desk, f"{PAGE}/{owner.id}/disable").status_code == 404
    assert desk.get(PAGE).status_code == 200


def test_an_owner_of_some_blogs_disables_who_works_on_these_alone(
    app: Flask, session: Session, makers: Makers
) -> None:
    here, there, elsewhere = makers.site(), makers.site(), makers.site()
    ids = [site.id for site in (here, there, elsewhere)]
    ann = makers.account(Role.OWNER, here, name="Ann")
    leo, eva = (makers.account(Role.AUTHOR, here, name=name) for name in ("Leo", "Eva"))
    for account, site in ((ann, ids[1]), (leo, ids[1]), (eva, ids[2])):
        role = "owner" if account is ann else "author"
        session.add(Membership(account_id=account.id, site_id=site, role=role))
    client, leo_id, eva_id = signed_in(app, ann), leo.id, eva.id
    assert send(client, f"{PAGE}/{eva_id}/disable").status_code == 404
    assert send(client, f"{PAGE}/{leo_id}/disable").status_code == 303
    assert sorted(deeds(session)) == [
        ("Ann", "account_disabled", "Leo", ids[0]),
        ("Ann", "account_disabled", "Leo", ids[1]),
    ]
    assert "Ann disabled the account of Leo." in words(client.get("/desk/log"))


def test_disabling_and_enabling_stand_in_the_log(desk: FlaskClient, session: Session, makers: Makers) -> None:
    site = makers.site()
    site_id, leo = site.id, makers.account(Role.AUTHOR, site, name="Leo")
    for act in ("disable", "enable"):
        send(desk, f"{PAGE}/{leo.id}/{act}")
    assert deeds(session) == [
        ("Mia", "account_disabled", "Leo", site_id),
        ("Mia", "account_enabled", "Leo", site_id),
    ]
    former = makers.account(None, name="Former")
    send(desk, f"{PAGE}/{former.id}/disable")
    assert deeds(session)[-1] == ("Mia", "account_disabled", "Former", None)


@pytest.mark.parametrize("act", ["disable", "remove", "change", "give"])
def test_ten_minutes_after_signing_in_one_proves_again_who_one_is(
    desk: FlaskClient, session: Session, makers: Makers, act: str
) -> None:
    """And what was pressed is then done, once, without pressing again."""
    leo = makers.account(Role.MODERATOR, makers.site(), name="Leo")
    before, membership = roles(session, leo), f"{PAGE}/memberships/{role_id(session, leo)}"
    path = {
        "disable": f"{PAGE}/{leo.id}/disable",
        "remove": f"{membership}/remove",
        "change": membership,
        "give": f"{PAGE}/{leo.id}/roles",
    }[act]
    time_passes(session, minutes=11)
    asked = send(desk, path, role="owner", site="all")
    assert (asked.status_code, "Is it still you?" in words(asked)) == (403, True)
    assert (roles(session, leo), deeds(session)) == (before, [])
    action, values = form_values(asked, path)
    assert desk.post(action, data={**values, "proof_password": "not my password"}).status_code == 422
    assert (roles(session, leo), deeds(session)) == (before, [])
    answer = desk.post(action, data={**values, "proof_password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert len(deeds(session)) == 1
