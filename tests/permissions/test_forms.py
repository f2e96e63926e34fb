"""No form of one site does anything to another, whatever ids are put into its fields and buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from board.foundation.permissions import Role
from tests.moderation.desk import signed_in
from tests.permissions.test_matrix import rows, staff_routes, token
from tests.permissions.things import Things, things_of
from tests.support.makers import Makers
from tests.support.pages import tree

NUMBER = re.compile(r"\b\d+\b")
NAMES_A_ROW = re.compile(r"(\w+:)?\d+(:.*)?")  # as `7`, `closed:7` and `7:pending:...` do; no date does
Control = tuple[str, str]
Form = tuple[str, tuple[Control, ...]]


def forms(client: FlaskClient, address: str, **query: str) -> Iterator[Form]:
    """Where each form of a page goes, once for each of its buttons, with whatever of it names a row."""
    answer = client.get(address, query_string=query)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return
    page = tree(answer)
    for form in page.xpath("//form[@method='post']"):
        named = f"@form='{form.get('id')}'" if form.get("id") else "false()"
        controls = form.xpath(".//*[@name!='csrf_token' or self::button]") + page.xpath(f"//*[{named}]")
        fields = {
            (one.get("name"), value) for one in controls if one.tag != "button" for value in values(one)
        }
        if not any(NAMES_A_ROW.fullmatch(value) for _, value in fields | buttons(controls)):
            continue
        for pressed in buttons(controls) or {("", "")}:
            for way in {form.get("action"), *form.xpath(".//button/@formaction")}:
                yield way, tuple(sorted({*fields, pressed} - {("", "")}))


def buttons(controls: list[Any]) -> set[Control]:
    named = [one for one in controls if one.tag == "button" and one.get("name")]
    return {(one.get("name"), one.get("value") or "") for one in named}


def values(control: Any) -> list[str]:
    return control.xpath(".//option/@value") or [control.get("value") or ""]


def instead(controls: tuple[Control, ...], number: str) -> dict[str, list[str]]:
    """The same with `number` in place of every id."""
    sent: dict[str, list[str]] = {}
    for name, value in controls:
        names_a_row = NAMES_A_ROW.fullmatch(value)
        sent.setdefault(name, []).append(NUMBER.sub(number, value, count=1) if names_a_row else value)
    return sent


def theirs(found: list[str], word: str) -> list[str]:
    return [row for row in found if word in row]


@pytest.fixture
def mine(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "mine")


@pytest.fixture
def other(app: Flask, session: Session, makers: Makers) -> Things:
    return things_of(app, session, makers, "other")


def test_no_field_and_no_button_reaches_another_site(
    app: Flask, session: Session, makers: Makers, mine: Things, other: Things
) -> None:
    client = signed_in(app, makers.account(Role.OWNER, mine.site))
    asked = [{"view": "all"}, {"into": mine.ids["thread_id"], "post": mine.ids["post_id"], "q": mine.word}]
    found = {
        form
        for rule, _ in staff_routes(app, changing=False)
        for query in asked
        for form in forms(client, mine.address(rule), **query)
        if form[0].startswith("/desk")
    }
    assert {"/desk/decide", "/desk/blocks", "/desk/people/invite"} <= {
        one.partition("?")[0] for one, _ in found
    }
    form, before = token(client), rows(session)
    roles = [row for row in before["membership"] if f", {other.ids['site_id']}, " in row]
    for action, controls in sorted(found):
        for number in sorted({value for value in other.ids.values() if value.isdigit()}):
            for left_out in ("", "read"):  # what was read is checked, so a forged form goes without it
                sent = instead(controls, number)
                sent.pop(left_out, None)
                answer = client.post(action, data={**form, **sent})
                assert other.word not in answer.get_data(as_text=True), (action, sent)
    after = rows(session)
    for table in before:
        assert theirs(before[table], other.word) == theirs(after[table], other.word), table
    assert roles
    assert set(roles) <= set(after["membership"])
