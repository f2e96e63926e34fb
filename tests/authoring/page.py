"""What tests of the author's pages do again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.threads.models import Draft, Thread
from tests.support.pages import form_values, tree


def press(client: FlaskClient, page: str, **pressed: Any) -> TestResponse:
    """Open `page`, send its list as if the button in `pressed` had been pressed."""
    action, values = form_values(client.get(page), "/desk/prompts/decide")
    return client.post(action, data={"csrf_token": values["csrf_token"], **pressed})


def notice(client: FlaskClient, answer: TestResponse) -> str:
    """What is said on the page that `answer` leads to."""
    return _told(followed(client, answer))


def undone(client: FlaskClient, answer: TestResponse) -> str:
    """Press the button of the notice that `answer` leads to; what is said then."""
    action, values = form_values(followed(client, answer), "/desk/prompts/undo")
    return notice(client, client.post(action, data=values))


def told_and_undone(client: FlaskClient, answer: TestResponse) -> tuple[str, str]:
    """What is said, and what is said once its button was pressed. A notice is shown but once."""
    page = followed(client, answer)
    action, values = form_values(page, "/desk/prompts/undo")
    return _told(page), notice(client, client.post(action, data=values))


def notice_of(client: FlaskClient, answer: TestResponse) -> str:
    """What is said at the top of a page that has no list."""
    [box] = tree(followed(client, answer)).cssselect("[role=status]")
    return str(box.text_content()).strip()


def followed(client: FlaskClient, answer: TestResponse) -> TestResponse:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.get(answer.location)


def _told(page: TestResponse) -> str:
    [box] = tree(page).cssselect("[data-notice]")
    return " ".join(box.text_content().split())


def shown(response: TestResponse) -> list[int]:
    """The ids of the drafts on the page, in their order."""
    return [int(item.get("data-item")) for item in tree(response).cssselect("[data-item]")]


def states(session: Session, drafts: Iterable[int]) -> list[str]:
    query = select(Draft.state).where(Draft.id.in_(list(drafts))).order_by(Draft.id)
    return list(session.scalars(query))


def threads(session: Session) -> list[tuple[str, str, str]]:
    """Heading, prompt and kind of every thread, in the order of their posts."""
    rows = session.scalars(select(Thread).order_by(Thread.post_id, Thread.position))
    return [(row.heading, row.prompt, row.kind) for row in rows]


def token(client: FlaskClient) -> dict[str, str]:
    """A form token of a page that everybody signed in may see."""
    _, values = form_values(client.get("/account"), "/sign-out")
    return {"csrf_token": values["csrf_token"]}


def link(page: TestResponse, text: str) -> str:
    [found] = tree(page).xpath(f"//main//a[contains(., '{text}')]/@href")
    return str(found)


def undo(client: FlaskClient, page: TestResponse) -> TestResponse:
    action, values = form_values(page, "/undo")
    return client.post(action, data=values)
