"""What is for everybody is the same for everybody: being signed in opens nothing there, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from board.foundation.permissions import PERMISSIONS, Action
from tests.permissions.test_matrix import rows, token
from tests.permissions.things import ROLES, Things, signed_in_as, things_of
from tests.support.applications import client_of
from tests.support.makers import Makers

PAGE_TOKEN = re.compile(r'name="csrf_token"[^>]*')  # another one every ten minutes
AT_THE_DOOR = {Action.SIGN_IN, Action.ACCEPT_INVITATION}  # these know who is inside already


def public_routes(app: Flask, *, changing: bool) -> Iterator[tuple[Rule, Action]]:
    for rule in app.url_map.iter_rules():
        action: Action = app.view_functions[rule.endpoint].action  # type: ignore[attr-defined]
        if not PERMISSIONS[action].roles and changing == ("POST" in (rule.methods or set())):
            yield rule, action


@pytest.fixture
def mine(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "mine")


@pytest.fixture
def other(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "other")


def seen(app: Flask, client: FlaskClient, things: Things) -> dict[str, tuple[int, str]]:
    """Every public page as this browser gets it."""
    pages = {}
    for rule, action in public_routes(app, changing=False):
        if action not in AT_THE_DOOR:
            answer = client.get(things.address(rule))
            assert "Set-Cookie" not in answer.headers, rule.endpoint
            pages[rule.endpoint] = answer.status_code, PAGE_TOKEN.sub("", answer.get_data(as_text=True))
    return pages


@pytest.mark.parametrize("person", list(ROLES))
def test_a_public_page_does_not_know_who_is_signed_in(
    app: Flask, makers: Makers, mine: Things, other: Things, person: str
) -> None:
    client, stranger = signed_in_as(app, makers, person, mine.site, other.site), client_of(app)
    pages = seen(app, client, mine)
    assert pages == seen(app, stranger, mine)
    assert sum(status == 200 for status, _ in pages.values()) >= 12
    assert {status for status, _ in pages.values()} <= {200, 302, 303, 404, 410}


@pytest.mark.parametrize("person", [*ROLES, "stranger"])
def test_a_sessions_token_is_no_proof_where_another_is_asked_for(
    app: Flask, session: Session, makers: Makers, mine: Things, other: Things, person: str
) -> None:
    """Writing, reporting and every link of a mail ask for more than being somebody."""
    client = signed_in_as(app, makers, person, mine.site, other.site)
    form = {**token(client), "source": "I was here.", "name": "Ada", "reason": "spam"}
    before = rows(session)
    for rule, _ in public_routes(app, changing=True):
        answer = client.post(mine.address(rule), data=form)
        assert answer.status_code in {303, 400, 403, 404, 410, 422}, rule.endpoint
    assert rows(session) == before
