"""Discussions that are paused, closed or hidden, and those that close by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.cssselect import CSSSelector
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.comments.models import Comment
from board.extensions import db
from board.foundation import clock
from board.mail.duties import present
from board.threads.closing import ANNOUNCED, close_over
from board.threads.models import Thread, ThreadStatus
from tests.support.applications import commit_so_far
from tests.support.makers import Makers, ago
from tests.support.pages import form_values, tree, words

WORDS = "I count to ten."


def close_now(app: Flask) -> None:
    """What the worker does every few minutes."""
    commit_so_far()
    with app.app_context():
        close_over(clock.now())
        db.session.commit()


def set_status(session: Session, thread: Thread, status: ThreadStatus) -> None:
    session.get_one(Thread, thread.id).status = status.value
    session.commit()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ThreadStatus.READ_ONLY, "This discussion is paused"),
        (ThreadStatus.CLOSED, "This discussion is closed"),
    ],
)
def test_a_discussion_that_takes_nothing_says_why_and_has_no_form(
    client: FlaskClient, makers: Makers, status: ThreadStatus, said: str
) -> None:
    thread = makers.thread(status=status.value)
    comment = makers.comment(thread)
    for path in (f"/t/{thread.id}", f"/embed/t/{thread.id}?in=frame", f"/t/{thread.id}/write"):
        page = client.get(path)
        assert said in words(page)
        assert not CSSSelector("form:not(.follow__form), a[data-reply]")(tree(page))
    assert said in words(client.get(f"/t/{thread.id}/reply/{comment.id}"))
    assert "Report" in words(client.get(f"/t/{thread.id}"))


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (ThreadStatus.READ_ONLY, 409, "This discussion is paused"),
        (ThreadStatus.CLOSED, 409, "This discussion is closed"),
        (ThreadStatus.HIDDEN, 404, "Nothing here"),
    ],
)
@pytest.mark.parametrize("action", ["comments", "preview"])
def test_what_arrives_too_late_is_refused_with_the_words_kept(
    client: FlaskClient,
    session: Session,
    makers: Makers,
    status: ThreadStatus,
    answer: int,
    said: str,
    action: str,
) -> None:
    thread = makers.thread()
    _, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    set_status(session, thread, status)
    for name in ("Ada", ""):  # in order, and with something that needs another look
        sent = client.post(f"/t/{thread.id}/{action}", data={**values, "name": name, "source": WORDS})
        assert sent.status_code == answer
        assert said in words(sent)
        assert WORDS in words(sent)
    assert session.scalars(select(Comment)).all() == []


def test_a_discussion_is_closed_after_the_days_of_its_site(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site(closes_after_days=30)
    old_post = makers.thread(post=makers.post(site, published_at=ago(days=31)))
    old_thread = makers.thread(site, created_at=ago(days=31))
    young_post = makers.thread(post=makers.post(site, published_at=ago(days=29)), created_at=ago(days=40))
    young_thread = makers.thread(site, created_at=ago(days=29))
    elsewhere = makers.thread(makers.site(), created_at=ago(days=4000))
    close_now(app)
    session.expire_all()
    closed = {one.id for one in session.scalars(select(Thread)) if one.status == ThreadStatus.CLOSED}
    assert closed == {old_post.id, old_thread.id}
    assert {young_post.revision, young_thread.revision, elsewhere.revision} == {0}
    assert old_post.revision == 1
    assert "This discussion is closed" in words(client.get(f"/t/{old_post.id}"))


@pytest.mark.parametrize("status", [ThreadStatus.READ_ONLY, ThreadStatus.HIDDEN])
def test_what_is_not_open_is_left_as_it_is(
    app: Flask, session: Session, makers: Makers, status: ThreadStatus
) -> None:
    thread = makers.thread(makers.site(closes_after_days=1), created_at=ago(days=2), status=status.value)
    close_now(app)
    session.expire_all()
    assert (thread.status, thread.closed_itself_at) == (status, None)


def test_it_is_written_into_the_log_once(app: Flask, session: Session, makers: Makers) -> None:
    thread = makers.thread(
        makers.site(closes_after_days=30), created_at=ago(days=31), heading="", prompt="And you?"
    )
    for _ in range(2):
        close_now(app)
    [deed] = session.scalars(select(Deed)).all()
    assert (deed.act, deed.subject, deed.site_id) == ("thread_closed_by_age", "And you?", thread.site_id)
    assert deed.account_id is None
    assert deed.detail == {"thread_id": thread.id, "days": 30}


def test_whoever_opens_it_again_keeps_it_open(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread(makers.site(closes_after_days=30), created_at=ago(days=31))
    close_now(app)
    set_status(session, thread, ThreadStatus.OPEN)
    close_now(app)
    session.expire_all()
    assert thread.status == ThreadStatus.OPEN
    assert "takes comments until" not in words(client.get(f"/t/{thread.id}"))


@pytest.mark.parametrize(
    ("left", "is_announced"),
    [
        (ANNOUNCED + timedelta(hours=1), False),
        (ANNOUNCED - timedelta(hours=1), True),
        (timedelta(minutes=5), True),
        (-timedelta(minutes=5), False),
    ],
)
def test_the_end_is_announced_in_the_last_week(
    client: FlaskClient, makers: Makers, left: timedelta, is_announced: bool
) -> None:
    site = makers.site(closes_after_days=30)
    thread = makers.thread(site, created_at=clock.now() - timedelta(days=30) + left)
    for path in (f"/t/{thread.id}", f"/embed/t/{thread.id}"):
        page = client.get(path)
        assert ("This discussion takes comments until" in words(page)) is is_announced
        if is_announced:
            [moment] = tree(page).cssselect(".discussion__end time")
            ends_at = thread.created_at + timedelta(days=30)
            assert moment.get("datetime") == f"{ends_at:%Y-%m-%dT%H:%M:%SZ}"


def test_a_site_without_a_term_announces_and_closes_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread(created_at=ago(days=4000))
    close_now(app)
    session.expire_all()
    assert thread.status == ThreadStatus.OPEN
    assert "takes comments until" not in words(client.get(f"/t/{thread.id}"))


def test_a_term_beyond_all_dates_breaks_nothing(app: Flask, client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread(makers.site(closes_after_days=2**31 - 1))
    close_now(app)
    assert client.get(f"/t/{thread.id}").status_code == 200


def test_the_worker_closes_discussions(app: Flask) -> None:
    with app.app_context():
        assert close_over in [chore.work for chore in present().chores]
