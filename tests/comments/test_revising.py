"""A moderator sends a comment back with a note; its writer says it otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, CommentVersion, Status
from board.comments.ownership import link_token
from board.comments.revising import TIME_TO_REVISE
from board.foundation import clock, tokens
from board.sites.models import Policy
from board.threads.models import Thread, ThreadStatus
from tests.comments.handling import own_link, send_back
from tests.moderation.desk import counters, recount
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, tree, words

NOTE = "Which silence do you mean?\nThe <b>one</b> before?"


def test_the_writer_sees_the_note_and_their_words_ready_to_be_changed(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING, source="First *words*.", created_at=ago(days=10))
    send_back(app, comment, NOTE)
    page = client.get(own_link(app, comment))
    assert tree(page).cssselect(".note")[0].text_content() == NOTE
    assert form_values(page, "/edit")[1]["source"].strip() == "First *words*."
    assert "A moderator asks you to look at your comment again" in words(page)
    assert "a moderator then reads it before it appears" in words(page)


def test_nobody_else_sees_it_meanwhile(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(source="Not for now.")
    send_back(app, comment, "Not for others either.")
    page = client.get(f"/t/{comment.thread_id}").get_data(as_text=True)
    assert "Not for now." not in page
    assert "Not for others either." not in page
    assert client.get(f"/c/{comment.id}").status_code == 404
    assert counters(session, comment.thread_id) == recount(session, comment.thread_id)


def test_new_words_go_back_to_the_moderators_and_the_former_are_kept(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING, source="First words.")
    send_back(app, comment)
    answer = fill_and_send(client, own_link(app, comment), "/edit", source="Second *words*.")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Your new words are on their way" in words(page)
    assert "A moderator reads them before they appear" in words(page)
    session.expire_all()
    assert (comment.status, comment.source) == (Status.PENDING, "Second *words*.")
    assert "<em>words</em>" in comment.html
    assert {"code": "revised"} in comment.reasons
    assert session.scalars(select(CommentVersion.source)).all() == ["First words."]
    assert counters(session, comment.thread_id) == recount(session, comment.thread_id)


def test_even_where_all_is_published_at_once_a_revision_waits(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(makers.thread(makers.site(policy=Policy.PUBLISH.value)))
    send_back(app, comment)
    fill_and_send(client, own_link(app, comment), "/edit", source="Second words.")
    assert "Second words." not in client.get(f"/t/{comment.thread_id}").get_data(as_text=True)
    session.expire_all()
    assert comment.status == Status.PENDING


def test_the_new_words_are_judged_like_any_others(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    send_back(app, comment)
    links = " ".join(f"https://example.test/{n}" for n in range(5))
    fill_and_send(client, own_link(app, comment), "/edit", source=f"See what I found: {links}")
    session.expire_all()
    assert {"links", "revised"} <= {reason["code"] for reason in comment.reasons}


def test_a_closed_discussion_still_takes_what_was_sent_before(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    send_back(app, comment)
    session.get_one(Thread, comment.thread_id).status = ThreadStatus.CLOSED.value
    session.commit()
    assert fill_and_send(client, own_link(app, comment), "/edit", source="Better.").status_code == 303


def test_a_revision_has_a_month_and_then_the_words_are_given_back(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING, source="First words.")
    send_back(app, comment, at=clock.now() - TIME_TO_REVISE + timedelta(hours=1))
    link = own_link(app, comment)
    action, values = form_values(client.get(link), "/edit")
    session.get_one(Comment, comment.id).returned_at = clock.now() - TIME_TO_REVISE
    session.commit()
    page = client.get(link)
    assert "The time to revise it is over" in words(page)
    assert "First words." in words(page)
    answer = client.post(action, data={**values, "source": "Too late."})
    assert answer.status_code == 409
    assert "Too late." in words(answer)
    session.expire_all()
    assert (comment.source, comment.status) == ("First words.", Status.RETURNED)


def test_a_mistake_in_the_form_keeps_the_words_and_the_note(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    send_back(app, comment, NOTE)
    answer = fill_and_send(client, own_link(app, comment), "/edit", source="Second words.", name="")
    assert answer.status_code == 422
    assert form_values(answer, "/edit")[1]["source"].strip() == "Second words."
    assert tree(answer).cssselect(".note")


def test_a_returned_comment_can_be_taken_back(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    send_back(app, comment)
    assert client.post(f"{own_link(app, comment)}/withdraw").status_code == 303
    session.expire_all()
    assert comment.status == Status.WITHDRAWN


def test_words_sent_while_it_was_being_returned_are_a_revision(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """Its writer had the form for an ordinary change open."""
    comment = makers.comment(makers.thread(makers.site(policy=Policy.PUBLISH.value)))
    action, values = form_values(client.get(own_link(app, comment)), "/edit")
    send_back(app, comment)
    assert client.post(action, data={**values, "source": "Second words."}).status_code == 303
    session.expire_all()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REMOVED, Status.SPAM, Status.WITHDRAWN])
def test_what_was_decided_against_later_cannot_be_revised(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, status: Status
) -> None:
    comment = makers.comment(status=Status.PENDING, created_at=ago(days=1))
    send_back(app, comment)
    action, values = form_values(client.get(own_link(app, comment)), "/edit")
    session.get_one(Comment, comment.id).status = status.value
    session.commit()
    assert client.post(action, data={**values, "source": "Second words."}).status_code == 409
    session.expire_all()
    assert comment.status == status


def test_only_its_own_link_and_form_revise_a_comment(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    mine, other = makers.comment(status=Status.PENDING), makers.comment(status=Status.PENDING)
    send_back(app, mine)
    with app.app_context():
        forged = tokens.sign("own-comment", [mine.id, "0" * 32])
        foreign = tokens.sign("form", ["own", link_token(other)], issued_at=clock.now())
    data = {"name": "Eve", "source": "Not mine.", "form_token": foreign}
    assert client.post(f"/own/{forged}/edit", data=data).status_code == 404
    assert client.post(f"{own_link(app, mine)}/edit", data=data).status_code == 422
    session.expire_all()
    assert mine.status == Status.RETURNED
