"""Pausing, closing and opening a discussion from the queue."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.comments.models import Status
from board.foundation.permissions import Role
from board.threads.models import Thread
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import form_values, tree, words


@pytest.fixture
def thread(makers: Makers) -> Thread:
    thread = makers.thread(makers.site())
    makers.comment(thread, status=Status.PENDING)
    return thread


@pytest.fixture
def desk(app: Flask, makers: Makers, thread: Thread) -> FlaskClient:
    return signed_in(app, makers.account(Role.MODERATOR, name="Mia"))


def press(desk: FlaskClient, thread: Thread, label: str) -> str:
    """Press that button of the queue of the discussion; what is said then."""
    page = desk.get(f"/desk?thread={thread.id}")
    [button] = tree(page).xpath(f"//button[@name='set' and starts-with(normalize-space(), '{label}')]")
    action, values = form_values(page, "/status")
    answer = desk.post(action, data={**values, "set": button.get("value")})
    assert answer.location == f"/desk?thread={thread.id}"
    return words(desk.get(answer.location))


def test_a_discussion_is_paused_closed_and_opened_again(
    desk: FlaskClient, session: Session, thread: Thread
) -> None:
    for label, status, sentence in (
        ("Pause", "read_only", "The discussion is paused"),
        ("Close", "closed", "The discussion is closed"),
        ("Open again", "open", "The discussion is open again."),
    ):
        assert sentence in press(desk, thread, label)
        session.expire_all()
        assert session.scalars(select(Thread.status)).one() == status
    acts = [one.act for one in session.scalars(select(Deed).order_by(Deed.id))]
    assert acts == ["thread_read_only", "thread_closed", "thread_open"]
    log = words(desk.get("/desk/log"))
    assert "Mia paused the discussion" in log
    assert "Mia opened the discussion" in log


def test_the_whole_queue_has_no_such_buttons(desk: FlaskClient) -> None:
    assert tree(desk.get("/desk")).cssselect("button[name=set]") == []


def test_nonsense_is_no_wish(desk: FlaskClient, session: Session, thread: Thread) -> None:
    action, values = form_values(desk.get(f"/desk?thread={thread.id}"), "/status")
    for wish in ("", "closed", "burnt:1", f"closed:{thread.id + 1}", "closed:x"):
        assert desk.post(action, data={**values, "set": wish}).status_code == 400
    assert session.scalars(select(Thread.status)).one() == "open"


def test_a_merged_discussion_stays_what_it_is(
    desk: FlaskClient, session: Session, makers: Makers, thread: Thread
) -> None:
    action, values = form_values(desk.get(f"/desk?thread={thread.id}"), "/status")
    thread.merged_into_id, thread.status = makers.thread().id, "hidden"
    session.commit()
    assert desk.post(action, data={**values, "set": f"closed:{thread.id}"}).status_code == 303
    session.refresh(thread)
    assert thread.status == "hidden"
