"""Every route times every role: who is let in is what the table of permissions says, and nothing else.

A new route is in this test as soon as it exists; one that takes an id of a new kind fails until
`things.py` has such a thing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from board.extensions import db
from board.foundation.permissions import PERMISSIONS, Action
from tests.permissions.things import ROLES, Things, signed_in_as, things_of
from tests.support.makers import Makers
from tests.support.pages import form_values

FOR_OWNERS_OF_ALL = {  # a new site belongs to nobody's site, and an address to none of them
    "start.blog",
    "start.begin",
    "inbound.read",
    "inbound.suppressed",
    "inbound.look",
    "inbound.suppress",
    "inbound.lift",
}
OWN = {"session_id", "passkey_id"}  # of one's own account, whatever one's roles
VOLATILE = {"staff_session", "rate_hit"}  # every request may change these


def staff_routes(app: Flask, *, changing: bool) -> Iterator[tuple[Rule, Action]]:
    for rule in app.url_map.iter_rules():
        action: Action = app.view_functions[rule.endpoint].action  # type: ignore[attr-defined]
        if PERMISSIONS[action].roles and changing == ("POST" in (rule.methods or set())):
            yield rule, action


def allows(person: str, rule: Rule, action: Action) -> bool:
    if rule.endpoint in FOR_OWNERS_OF_ALL:
        return person == "owner of all"
    if person == "owner of another site" and rule.arguments - {"act"} - OWN:
        return False
    return person in ROLES and ROLES[person] in PERMISSIONS[action].roles


def rows(session: Session) -> dict[str, list[str]]:
    """All that the database holds, but for what every request may touch."""
    return {
        table.name: sorted(str(row) for row in session.execute(table.select()))
        for table in db.metadata.sorted_tables
        if table.name not in VOLATILE
    }


def token(client: FlaskClient) -> dict[str, str]:
    """A form's token that is good: only the role is to be judged."""
    is_in = client.get("/account").status_code == 200
    page, form = ("/account", "/sign-out") if is_in else ("/sign-in", "/sign-in")
    return {"csrf_token": form_values(client.get(page), form)[1]["csrf_token"]}


@pytest.fixture
def mine(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "mine")


@pytest.fixture
def other(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "other")


@pytest.mark.parametrize("person", list(ROLES))
def test_a_page_opens_for_whom_the_table_allows_it(
    app: Flask, makers: Makers, mine: Things, other: Things, person: str
) -> None:
    client = signed_in_as(app, makers, person, mine.site, other.site)
    for rule, action in staff_routes(app, changing=False):
        answer = client.get(mine.address(rule))
        assert (answer.status_code != 404) is allows(person, rule, action), rule.endpoint
        assert answer.status_code in {200, 404} or rule.endpoint == "moderation.news", rule.endpoint


@pytest.mark.parametrize("person", [*ROLES, "stranger"])
def test_who_may_not_change_anything_does_not(
    app: Flask, session: Session, makers: Makers, mine: Things, other: Things, person: str
) -> None:
    client = signed_in_as(app, makers, person, mine.site, other.site)
    form = token(client)
    before, answers = rows(session), {}
    for rule, action in staff_routes(app, changing=True):
        if not allows(person, rule, action):
            answers[rule.endpoint] = client.post(mine.address(rule), data=form).status_code
    assert set(answers.values()) <= {400, 404}, answers
    assert rows(session) == before


@pytest.mark.parametrize("person", ["author", "moderator", "owner", "owner of all"])
def test_who_may_change_something_is_heard(
    app: Flask, makers: Makers, mine: Things, other: Things, person: str
) -> None:
    """Most forms are empty here and no wish, but they are answered as one: with what is missing, or a page."""
    client = signed_in_as(app, makers, person, mine.site, other.site)
    wish = {**token(client), "role": "author", "site": mine.ids["site_id"]}
    for rule, action in sorted(staff_routes(app, changing=True), key=lambda one: takes_away(one[0])):
        if not rule.endpoint.startswith("accounts.") and allows(person, rule, action):
            answer = client.post(mine.address(rule), data=wish)
            assert answer.status_code in {200, 303, 400, 403, 409, 422}, rule.endpoint


def takes_away(rule: Rule) -> bool:
    """What it is about is gone afterwards, so the others come first."""
    return rule.rule.endswith(("/remove", "/withdraw"))
