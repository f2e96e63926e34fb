"""A reader comes back to their own comment."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.foundation import clock, tokens
from board.sites.models import Policy
from board.threads.models import Thread
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words


def own_link(app: Flask, comment: Comment) -> str:
    with app.app_context():
        return f"/own/{link_token(comment)}"


def test_a_waiting_comment_can_be_changed_for_a_while(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    answer = fill_and_send(client, own_link(app, comment), "/edit", source="Better words.")
    assert answer.status_code == 303
    session.expire_all()
    assert comment.source == "Better words."
    assert "Better words." in comment.html
    assert comment.edited_at is not None


def test_an_edited_comment_is_judged_again(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment()
    fill_and_send(client, own_link(app, comment), "/edit", source="Buy my pills.")
    session.expire_all()
    assert comment.status == Status.PENDING
    assert {"code": "edited_after_publication"} in comment.reasons
    assert session.get_one(Thread, comment.thread_id).published_count == 0


def test_after_the_window_words_stay_as_they_were(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(created_at=ago(minutes=16))
    link = own_link(app, comment)
    assert "Change it" not in words(client.get(link))
    with app.app_context():
        token = tokens.sign("form", ["own", link_token(comment)], issued_at=clock.now())
    answer = client.post(f"{link}/edit", data={"name": "Ada", "source": "Later words.", "form_token": token})
    assert answer.status_code == 409
    assert "Later words." in words(answer)
    session.expire_all()
    assert comment.source != "Later words."


def test_a_comment_can_be_taken_back(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(created_at=ago(days=2))
    link = own_link(app, comment)
    assert client.post(f"{link}/withdraw").status_code == 303
    assert client.post(f"{link}/withdraw").status_code == 303  # saying it twice is no mistake
    session.expire_all()
    assert comment.status == Status.WITHDRAWN
    assert "taken this comment back" in words(client.get(link))
    assert client.get(f"/c/{comment.id}").status_code == 404


def test_a_decision_against_a_comment_cannot_be_withdrawn_away(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.SPAM)
    client.post(f"{own_link(app, comment)}/withdraw")
    session.expire_all()
    assert comment.status == Status.SPAM


@pytest.mark.parametrize("token", ["x", "WzEsMl0.x", "a" * 5000, "%00", "W10.AAAA"])
def test_a_made_up_link_opens_nothing(client: FlaskClient, token: str) -> None:
    assert client.get(f"/own/{token}").status_code == 404
    assert client.post(f"/own/{token}/withdraw").status_code == 404


def test_a_reader_without_the_link_cannot_change_anothers_words(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    comment = makers.comment()
    with app.app_context():
        forged = tokens.sign("own-comment", [comment.id, "0" * 32])
        foreign = tokens.sign("unsubscribe", [comment.id, comment.edit_salt])
    assert client.post(f"/own/{forged}/withdraw").status_code == 404
    assert client.post(f"/own/{foreign}/withdraw").status_code == 404


def test_counters_equal_a_recount(app: Flask, client: FlaskClient, session: Session, makers: Makers) -> None:
    thread = makers.thread(makers.site(policy=Policy.PUBLISH.value))
    root = makers.comment(thread)
    reply = makers.comment(thread, root)
    fill_and_send(client, f"/t/{thread.id}", "/comments", name="Ada", source="Counted as well.")
    client.post(f"{own_link(app, reply)}/withdraw")
    session.expire_all()
    published = session.scalar(
        select(func.count()).where(Comment.thread_id == thread.id, Comment.status == "published")
    )
    assert session.get_one(Thread, thread.id).published_count == published == 2
    assert session.get_one(Comment, root.id).live_replies == 0
