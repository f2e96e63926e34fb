"""Whatever is another site's does not exist: no id, no filter and no list tells that it is there."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from board.foundation.permissions import Role
from tests.moderation.desk import signed_in
from tests.permissions.test_matrix import OWN, rows, staff_routes, token
from tests.permissions.things import MISSING, Things, things_of
from tests.support.makers import Makers

SINCE = "2026-01-01T00:00:00Z"
STAFF = [Role.OWNER, Role.MODERATOR, Role.AUTHOR]


@pytest.fixture
def mine(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "mine")


@pytest.fixture
def other(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "other")


@pytest.fixture
def client(app: Flask, makers: Makers, mine: Things, request: pytest.FixtureRequest) -> FlaskClient:
    return signed_in(app, makers.account(request.param, mine.site))


def ids_in(arguments: set[str]) -> set[str]:
    return arguments - OWN - {"act"}


@pytest.mark.parametrize("client", STAFF, indirect=True)
def test_a_thing_of_another_site_answers_as_one_that_is_not_there(
    app: Flask, session: Session, client: FlaskClient, other: Things
) -> None:
    form, before = token(client), rows(session)
    for changing in (False, True):
        for rule, _ in staff_routes(app, changing=changing):
            if not ids_in(rule.arguments):
                continue
            nowhere = {name: "missing" if name == "slug" else str(MISSING) for name in ids_in(rule.arguments)}
            send = (lambda path: client.post(path, data=form)) if changing else client.get
            theirs, missing = send(other.address(rule)), send(other.address(rule, **nowhere))
            assert theirs.status_code == missing.status_code, rule.endpoint
            assert theirs.status_code in ({400, 404} if changing else {404}), rule.endpoint
            assert other.word not in theirs.get_data(as_text=True), rule.endpoint
    assert rows(session) == before


@pytest.mark.parametrize("client", STAFF, indirect=True)
def test_no_filter_of_a_page_reaches_another_site(
    app: Flask, client: FlaskClient, mine: Things, other: Things
) -> None:
    """Neither a list nor the page of something of one's own."""
    for rule, _ in staff_routes(app, changing=False):
        address = mine.address(rule)
        for name, value in other.query.items():
            answer = client.get(
                address,
                query_string={name: value, "view": "all", "from": other.ids["comment_id"], "since": SINCE},
            )
            assert answer.status_code in {200, 404}, (rule.endpoint, name)
            assert other.word not in answer.get_data(as_text=True), (rule.endpoint, name)


@pytest.mark.parametrize("client", STAFF, indirect=True)
def test_no_list_and_no_search_tells_of_another_site(
    app: Flask, client: FlaskClient, mine: Things, other: Things
) -> None:
    seen = ""
    for rule, _ in staff_routes(app, changing=False):
        views = ("all", "published", "reported", "opened", "failed", "waiting")
        asked = [{"view": view} for view in views] + [{"q": "quagga"}, {"q": other.word}]
        for query in asked:
            page = client.get(mine.address(rule), query_string=query).get_data(as_text=True)
            seen += page
            shown = page.replace(f'value="{other.word}"', "").replace(f"q={other.word}", "")
            if query != {"q": other.word}:
                assert other.word not in shown, (rule.endpoint, query)
            else:
                assert f"{other.word} blog" not in shown, (rule.endpoint, query)
                assert f"a {other.word}" not in shown, (rule.endpoint, query)
    assert mine.word in seen, "what is one's own is seen"


@pytest.mark.parametrize("client", STAFF, indirect=True)
def test_what_was_decided_on_another_site_is_not_undone(
    session: Session, client: FlaskClient, other: Things
) -> None:
    form, before = token(client), rows(session)
    answers = [client.post("/desk/undo", data={**form, "batch": batch}) for batch in (other.batch, "0" * 32)]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].location == answers[1].location
    assert rows(session) == before
