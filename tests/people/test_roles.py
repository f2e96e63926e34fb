"""Changing and taking away what people may do, and where an owner's reach ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from board.accounts import memberships
from board.accounts.models import Account, Membership
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Actor, Role
from tests.moderation.desk import signed_in
from tests.people.owning import PAGE, deeds, role_id, roles, send
from tests.support.concurrency import at_once
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, words


def test_a_changed_role_holds_at_the_next_click(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site(name="Quiet things")
    leo = makers.account(Role.MODERATOR, site, name="Leo")
    browser = signed_in(app, leo)
    form = f"{PAGE}/memberships/{role_id(session, leo)}"
    assert [browser.get(path).status_code for path in ("/desk", "/desk/prompts")] == [200, 404]
    answer = fill_and_send(desk, PAGE, form, role="author")
    assert "Leo is now: Author of Quiet things." in words(desk.get(answer.location))
    assert [browser.get(path).status_code for path in ("/desk", "/desk/prompts")] == [404, 200]
    assert deeds(session) == [("Mia", "role_changed", "Leo", site.id)]


def test_who_loses_the_last_role_is_signed_out_everywhere(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site(name="Quiet things")
    leo = makers.account(Role.MODERATOR, site, name="Leo")
    browsers = [signed_in(app, leo) for _ in range(2)]
    answer = send(desk, f"{PAGE}/memberships/{role_id(session, leo)}/remove")
    page = words(desk.get(answer.location))
    assert "Leo is no more: Moderator of Quiet things." in page
    assert "No role: cannot sign in." in page
    assert [browser.get("/account").status_code for browser in browsers] == [303, 303]
    assert deeds(session) == [("Mia", "role_removed", "Leo", site.id)]


def test_who_keeps_another_role_stays_signed_in(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    here, there = makers.site(), makers.site()
    leo = makers.account(Role.MODERATOR, here)
    first = role_id(session, leo)
    session.add(Membership(account_id=leo.id, site_id=there.id, role="author"))
    browser = signed_in(app, leo)
    send(desk, f"{PAGE}/memberships/{first}/remove")
    assert [browser.get(path).status_code for path in ("/desk", "/desk/prompts")] == [404, 200]


def test_a_further_role_is_given_and_the_same_one_replaced(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    here, there = makers.site(), makers.site()
    leo = makers.account(Role.AUTHOR, here)
    ids, form = (here.id, there.id), f"{PAGE}/{leo.id}/roles"
    fill_and_send(desk, PAGE, form, role="moderator", site=str(ids[1]))
    fill_and_send(desk, PAGE, form, role="owner", site=str(ids[0]))
    fill_and_send(desk, PAGE, form, role="author", site="all")
    assert roles(session, leo) == [("author", None), ("owner", ids[0]), ("moderator", ids[1])]


@pytest.mark.parametrize("typed", [{"role": "emperor"}, {"role": ""}, {"site": "999999"}, {"site": "x"}])
def test_a_role_that_is_none_changes_nothing(
    desk: FlaskClient, session: Session, makers: Makers, typed: dict[str, str]
) -> None:
    leo = makers.account(Role.AUTHOR, makers.site())
    before = roles(session, leo)
    wish = {"role": "owner", "site": "all", **typed}
    assert send(desk, f"{PAGE}/{leo.id}/roles", **wish).status_code == 404
    if "role" in typed:
        assert send(desk, f"{PAGE}/memberships/{role_id(session, leo)}", **wish).status_code == 404
    assert roles(session, leo) == before
    assert deeds(session) == []


def test_an_owner_of_one_blog_sees_its_people_and_who_owns_all(
    app: Flask, desk: FlaskClient, makers: Makers
) -> None:
    mine, other = makers.site(name="Mine"), makers.site(name="Elsewhere")
    makers.account(Role.AUTHOR, mine, name="Leo")
    makers.account(Role.AUTHOR, other, name="Stranger")
    makers.account(None, name="Former")
    page = words(signed_in(app, makers.account(Role.OWNER, mine, name="Ann")).get(PAGE))
    assert [name in page for name in ("Ann", "Leo", "Mia", "Stranger", "Former", "Elsewhere")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    everybody = words(desk.get(PAGE))
    assert all(name in everybody for name in ("Ann", "Leo", "Mia", "Stranger", "Former"))


def test_an_owner_of_one_blog_sees_only_the_roles_there(app: Flask, session: Session, makers: Makers) -> None:
    mine, other = makers.site(name="Mine"), makers.site(name="Elsewhere")
    leo = makers.account(Role.AUTHOR, mine, name="Leo")
    session.add(Membership(account_id=leo.id, site_id=other.id, role="owner"))
    client = signed_in(app, makers.account(Role.OWNER, mine))
    page = words(client.get(PAGE))
    assert "Leo" in page
    assert "Elsewhere" not in page
    assert "Disable the account Leo" not in page, "Leo is somebody elsewhere, too"
    assert send(client, f"{PAGE}/{leo.id}/disable").status_code == 404


def test_an_owner_of_one_blog_changes_nothing_elsewhere(
    app: Flask, owner: Account, session: Session, makers: Makers
) -> None:
    mine, other = makers.site(), makers.site()
    ids = str(mine.id), str(other.id)
    there, nobody = makers.account(Role.MODERATOR, other), makers.account(None)
    people = [owner, there, nobody]
    before = [roles(session, one) for one in people]
    client = signed_in(app, makers.account(Role.OWNER, mine))
    paths = [f"{PAGE}/memberships/{role_id(session, one)}" for one in (owner, there)]
    paths += [f"{path}/remove" for path in paths]
    paths += [f"{PAGE}/{one.id}/{act}" for one in people for act in ("disable", "enable")]
    paths += [f"{PAGE}/{one.id}/roles" for one in (there, nobody)]
    for path in paths:
        assert send(client, path, role="author", site=ids[0]).status_code == 404, path
    for site in ("all", ids[1]):
        assert send(client, f"{PAGE}/{owner.id}/roles", role="author", site=site).status_code == 404
    assert [roles(session, one) for one in people] == before
    assert deeds(session) == []


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUTHOR])
def test_nobody_but_owners_sees_the_page(app: Flask, makers: Makers, role: Role) -> None:
    """On all blogs or on one: moderators and authors have no business here."""
    for site in (None, makers.site()):
        client = signed_in(app, makers.account(role, site))
        assert client.get(PAGE).status_code == 404
        assert f'href="{PAGE}"' not in client.get("/account").get_data(as_text=True)


@pytest.mark.parametrize("act", ["remove", "change", "give"])
def test_the_last_owner_of_all_stays(
    desk: FlaskClient, owner: Account, session: Session, makers: Makers, act: str
) -> None:
    """An owner who is disabled, or owns one blog only, does not count."""
    makers.account(Role.OWNER, makers.site())
    makers.account(Role.OWNER, disabled_at=owner.created_at)
    membership = f"{PAGE}/memberships/{role_id(session, owner)}"
    path = {"remove": f"{membership}/remove", "change": membership, "give": f"{PAGE}/{owner.id}/roles"}[act]
    answer = send(desk, path, role="moderator", site="all")
    assert answer.status_code == 409
    assert "Make somebody else an owner of all blogs first" in words(answer)
    assert roles(session, owner) == [("owner", None)]
    assert deeds(session) == []
    assert desk.get(PAGE).status_code == 200


def test_one_of_two_owners_may_go(
    app: Flask, desk: FlaskClient, owner: Account, session: Session, makers: Makers
) -> None:
    makers.account()
    answer = send(desk, f"{PAGE}/memberships/{role_id(session, owner)}", role="author")
    assert answer.location == "/account", "the page of people is closed to them now"
    assert "Mia is now: Author of" in words(desk.get(answer.location))
    assert desk.get(PAGE).status_code == 404


def _disable(account_id: int) -> None:
    memberships.disable(db.session.get_one(Account, account_id), Actor(name="Mia"), now=clock.now())


ENDS: dict[str, Callable[[int], None]] = {
    "remove": lambda account_id: memberships.take(account_id, None),
    "change": lambda account_id: memberships.give(account_id, Role.AUTHOR, None),
    "disable": _disable,
}


@pytest.mark.parametrize("end", list(ENDS))
def test_of_two_owners_who_end_each_other_at_once_one_stays(
    app: Flask, owner: Account, session: Session, makers: Makers, end: str
) -> None:
    """Both were let in before either was done: only the row locks know."""
    ids = owner.id, makers.account().id

    def do(account_id: int) -> str:
        with app.app_context():
            try:
                ENDS[end](account_id)
            except memberships.LastOwner:
                return "refused"
            db.session.commit()
            return "done"

    for _ in range(5):
        assert sorted(map(str, at_once(lambda: do(ids[0]), lambda: do(ids[1])))) == ["done", "refused"]
        for account_id in ids:
            memberships.give(account_id, Role.OWNER, None)
        session.execute(update(Account).values(disabled_at=None))
        session.commit()
