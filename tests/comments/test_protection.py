"""What guards a form that knows no session: its token, and where it was sent from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.foundation import clock, tokens
from board.foundation.forms import TOKEN_LIFE, token_moment
from board.threads.models import Thread
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, words

WORDS = "I count to ten. *At seven* she spoke."


def send(client: FlaskClient, thread: Thread, **typed: str):
    return fill_and_send(client, f"/t/{thread.id}", "/comments", **{"name": "Ada", "source": WORDS, **typed})


def stored(session: Session) -> list[Comment]:
    session.expire_all()
    return list(session.scalars(select(Comment).order_by(Comment.id)))


def test_a_form_without_its_token_is_refused_with_the_words_kept(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    answer = client.post(f"/t/{thread.id}/comments", data={"name": "Ada", "source": WORDS})
    assert answer.status_code == 422
    assert form_values(answer, "/comments")[1]["source"].strip() == WORDS
    assert stored(session) == []


def test_an_old_form_gets_a_fresh_token_and_loses_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    long_ago = token_moment(clock.now() - TOKEN_LIFE - timedelta(hours=1))
    with app.app_context():
        stale = tokens.sign("form", ["comment", thread.id], issued_at=long_ago)
    answer = client.post(
        f"/t/{thread.id}/comments", data={"name": "Ada", "source": WORDS, "form_token": stale}
    )
    assert answer.status_code == 422
    assert "had been open for a while" in words(answer)
    action, values = form_values(answer, "/comments")
    assert client.post(action, data=values).status_code == 303


def test_the_token_of_one_thread_opens_no_other(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    one, other = makers.thread(), makers.thread()
    _, values = form_values(client.get(f"/t/{one.id}"), "/comments")
    answer = client.post(f"/t/{other.id}/comments", data={**values, "name": "Ada", "source": WORDS})
    assert answer.status_code == 422
    assert stored(session) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Referer": "https://evil.test/page"},
        {},
    ],
)
def test_a_form_sent_by_another_page_is_refused_with_the_words_kept(
    bare_client: FlaskClient, session: Session, makers: Makers, headers: dict[str, str]
) -> None:
    thread = makers.thread()
    _, values = form_values(bare_client.get(f"/t/{thread.id}"), "/comments")
    answer = bare_client.post(
        f"/t/{thread.id}/comments", data={**values, "name": "Ada", "source": WORDS}, headers=headers
    )
    assert answer.status_code == 403
    assert WORDS in words(answer)
    assert stored(session) == []


@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_an_older_browser_is_known_by_the_origin_it_names(
    bare_client: FlaskClient, session: Session, makers: Makers, header: str
) -> None:
    thread = makers.thread()
    _, values = form_values(bare_client.get(f"/t/{thread.id}"), "/comments")
    answer = bare_client.post(
        f"/t/{thread.id}/comments",
        data={**values, "name": "Ada", "source": WORDS},
        headers={header: "http://board.test"},
    )
    assert answer.status_code == 303
