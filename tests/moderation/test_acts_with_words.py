"""Returning with a note, replying and editing: what becomes of the words, whatever happens meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.comments.models import Comment, Status
from board.comments.ownership import link_token, own_comment, withdraw
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.moderation.acts import Act
from board.moderation.models import Decision
from board.threads.models import Thread, ThreadStatus
from tests.moderation.desk import actor_of, decide_now, press, signed_in, statuses
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words

ACTS = ("return", "reply", "edit")
TYPED = "Which <silence> do you mean?\n\n& when?"


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    return signed_in(app, makers.account(name="Ada"))


def path(comment_id: int, act: str) -> str:
    return f"/desk/comments/{comment_id}/{act}"


def send(client: FlaskClient, comment_id: int, act: str, source: str = TYPED) -> TestResponse:
    return fill_and_send(client, path(comment_id, act), path(comment_id, act), source=source)


def kept(answer: TestResponse) -> str:
    """What the field holds, as a browser sends it back."""
    [field] = tree(answer).cssselect("textarea")
    return str(field.value).replace("\r\n", "\n").removeprefix("\n")  # the first one is markup


def comment_of(session: Session, comment_id: int) -> Comment:
    session.expire_all()
    return session.get_one(Comment, comment_id)


def test_a_comment_is_returned_with_the_note(desk: FlaskClient, session: Session, makers: Makers) -> None:
    number = makers.comment(status=Status.PENDING, author_name="Xenia").id
    answer = send(desk, number, "return")
    assert "Returned the comment to its writer with your note." in words(desk.get(answer.location))
    comment = comment_of(session, number)
    assert (comment.status, comment.note.replace("\r\n", "\n")) == ("returned", TYPED)
    assert comment.returned_at is not None
    assert TYPED.split("\n", maxsplit=1)[0] in words(desk.get("/desk?view=returned"))


def test_a_reply_bears_the_moderators_name_and_the_badge_and_is_not_held(
    app: Flask, client: FlaskClient, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    number, thread = comment.id, comment.thread_id
    send(desk, number, "reply", "I see **that**.")
    reply = session.scalars(select(Comment).where(Comment.parent_id == number)).one()
    assert (reply.author_name, reply.status, reply.is_staff) == ("Ada", "published", True)
    page = client.get(f"/t/{thread}")
    assert "I see that." in words(page)
    assert [badge.text_content() for badge in tree(page).cssselect(f"#comment-{reply.id} .badge")] == ["Team"]


def test_the_same_reply_sent_twice_is_one(desk: FlaskClient, session: Session, makers: Makers) -> None:
    number = makers.comment().id
    for said in ("Published your reply.", "Your reply is there already."):
        answer = send(desk, number, "reply")
        page = desk.get(answer.location)
        assert said in words(page)
    assert session.scalars(select(func.count()).where(Comment.parent_id == number)).one() == 1
    assert session.scalars(select(Decision.act)).all() == ["reply"]
    assert "/desk/undo" not in page.get_data(as_text=True), "the second time did nothing that could be undone"


def test_an_edit_keeps_the_former_words_and_is_told_to_readers(
    client: FlaskClient, desk: FlaskClient, makers: Makers
) -> None:
    comment = makers.comment(source="A kettle whistled.")
    number, thread = comment.id, comment.thread_id
    assert kept(desk.get(path(number, "edit"))) == "A kettle whistled."
    send(desk, number, "edit", "A *cup* fell.")
    read = words(client.get(f"/t/{thread}"))
    assert "A cup fell." in read
    assert "edited by the moderators" in read
    item = words(desk.get("/desk?view=published"))
    assert "What a moderator changed" in item
    assert "A kettle whistled." in item


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("source", ["", "  \n ", "a" * 10_001, "\u200b"])
def test_words_that_cannot_be_taken_are_kept_and_nothing_is_changed(
    desk: FlaskClient, session: Session, makers: Makers, *, act: str, source: str
) -> None:
    number = makers.comment(status=Status.PENDING, source="Mine.").id
    answer = send(desk, number, act, source)
    assert (answer.status_code, kept(answer).strip()) == (422, source.strip())
    assert tree(answer).cssselect("textarea[aria-invalid]")
    comment = comment_of(session, number)
    assert (comment.status, comment.source, comment.note) == ("pending", "Mine.", "")
    assert session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize("act", ACTS)
def test_whoever_comes_second_sees_what_the_first_did_and_keeps_the_words(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, act: str
) -> None:
    number = makers.comment(status=Status.PENDING, author_name="Xenia").id
    bob = actor_of(makers.account(name="Bob"))
    action, values = form_values(desk.get(path(number, act)), path(number, act))
    decide_now(app, bob, Act.REJECT, [number])
    answer = desk.post(action, data={**values, "source": TYPED})
    assert (answer.status_code, kept(answer)) == (409, TYPED)
    assert "Bob already rejected the comment by Xenia." in words(answer)
    assert statuses(session, [number]) == ["rejected"]
    assert session.scalars(select(func.count(Comment.id))).one() == 1


@pytest.mark.parametrize("act", ACTS)
def test_words_about_a_comment_that_says_something_else_by_now_are_kept(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, act: str
) -> None:
    number = makers.comment(status=Status.PENDING, author_name="Xenia").id
    action, values = form_values(desk.get(path(number, act)), path(number, act))
    session.execute(update(Comment).where(Comment.id == number).values(source="Other words."))
    session.commit()
    answer = desk.post(action, data={**values, "source": TYPED})
    assert (answer.status_code, kept(answer)) == (409, TYPED)
    assert "Xenia changed their comment after you opened this page." in words(answer)
    again, values = form_values(answer, path(number, act))
    assert desk.post(again, data=values).status_code == 303, "once they were read, the same words may be sent"


@pytest.mark.parametrize("act", ACTS)
def test_a_withdrawn_comment_takes_no_words(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, act: str
) -> None:
    comment = makers.comment(status=Status.PENDING, author_name="Xenia")
    number = comment.id
    action, values = form_values(desk.get(path(number, act)), path(number, act))
    take_back(app, number)
    answer = desk.post(action, data={**values, "source": TYPED})
    assert (answer.status_code, kept(answer)) == (409, TYPED)
    assert "Xenia has withdrawn their comment meanwhile." in words(answer)
    assert desk.get(path(number, act)).status_code == 404


def take_back(app: Flask, comment_id: int) -> None:
    with app.app_context():
        token = link_token(db.session.get_one(Comment, comment_id))
        withdraw(own_comment(token, for_change=True), now=clock.now())
        db.session.commit()


def test_a_reply_to_a_discussion_that_was_closed_meanwhile_is_kept(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    number, thread = comment.id, comment.thread_id
    action, values = form_values(desk.get(path(number, "reply")), path(number, "reply"))
    session.execute(update(Thread).where(Thread.id == thread).values(status=ThreadStatus.CLOSED.value))
    session.commit()
    answer = desk.post(action, data={**values, "source": TYPED})
    assert (answer.status_code, kept(answer)) == (409, TYPED)
    assert "The discussion takes no comments" in words(answer)
    assert statuses(session, [number]) == ["pending"], "it is not approved without the reply"
    assert path(number, "reply") not in desk.get("/desk").get_data(as_text=True)


def test_staff_are_not_sent_back_what_they_wrote(desk: FlaskClient, makers: Makers) -> None:
    number = makers.comment(account_id=makers.account().id).id
    assert desk.get(path(number, "return")).status_code == 404
    [acts] = tree(desk.get("/desk?view=published")).cssselect(".queue__acts")
    assert ("Reply" in acts.text_content(), "Return" in acts.text_content()) == (True, False)


@pytest.mark.parametrize("act", ACTS)
def test_a_comment_of_another_site_takes_no_words(
    app: Flask, session: Session, makers: Makers, act: str
) -> None:
    mine, other = makers.site(), makers.site()
    own, foreign = (makers.comment(makers.thread(site), status=Status.PENDING).id for site in (mine, other))
    client = signed_in(app, makers.account(Role.MODERATOR, mine))
    _, values = form_values(client.get(path(own, act)), path(own, act))
    assert client.get(path(foreign, act)).status_code == 404
    assert client.post(path(foreign, act), data={**values, "source": TYPED}).status_code == 404
    assert session.scalars(select(Decision)).all() == []
    assert client.post(path(own, act), data={"source": TYPED}).status_code == 400, "no token"


@pytest.mark.parametrize("act", ACTS)
def test_no_button_of_the_queue_does_an_act_that_needs_words(
    desk: FlaskClient, session: Session, makers: Makers, act: str
) -> None:
    number = makers.comment(status=Status.PENDING).id
    assert press(desk, "/desk", one=f"{act}:{number}").status_code == 400
    assert press(desk, "/desk", bulk=act, selected=str(number)).status_code == 400
    assert session.scalars(select(Decision)).all() == []
