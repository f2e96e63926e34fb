"""What is left of erased comments: nothing, or a place that others hang on."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.erasing import erase_comments, hold_written_by
from board.comments.models import Comment, Status
from board.comments.searching import ids_with, terms_of
from board.extensions import db
from board.foundation import clock
from board.readers.models import Reader
from tests.comments.handling import own_link
from tests.moderation.desk import counters, recount
from tests.support.applications import commit_so_far
from tests.support.makers import Makers
from tests.support.pages import tree, words


def erase(app: Flask, *readers: Reader) -> None:
    ids = [reader.id for reader in readers]
    commit_so_far()
    with app.app_context():
        erase_comments(hold_written_by(ids), clock.now())
        db.session.commit()


def left(session: Session) -> dict[int, str]:
    """What the comments that are left say, by id."""
    session.rollback()
    return {one.id: one.source for one in session.scalars(select(Comment).order_by(Comment.id))}


@pytest.fixture
def ada(makers: Makers) -> Reader:
    return makers.reader(makers.site(), "ada@example.com")


def test_a_comment_that_nobody_answered_vanishes(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, ada: Reader
) -> None:
    thread = makers.thread()
    mine = makers.comment(thread, source="A rare word.", reader_id=ada.id)
    other = makers.comment(thread, source="Another one.").id
    number, own = mine.id, own_link(app, mine)
    erase(app, ada)
    assert left(session) == {other: "Another one."}
    assert client.get(f"/c/{number}").status_code == 404
    assert client.get(own).status_code == 404
    with app.app_context():
        assert db.session.scalars(ids_with(terms_of("rare"))).all() == []


def test_a_comment_that_others_answered_keeps_its_place_and_nothing_else(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, ada: Reader
) -> None:
    thread = makers.thread()
    mine = makers.comment(thread, source="A rare word.", author_name="Ada Rare", reader_id=ada.id)
    makers.comment(thread, mine, source="I do not think so.", author_name="Ben")
    own = own_link(app, mine)
    erase(app, ada)
    page = client.get(f"/t/{thread.id}")
    assert "[deleted]" in words(page)
    assert "I do not think so." in words(page)
    assert "1 comment" in words(page)
    assert "Rare" not in words(page)
    assert "in reply to a comment no longer shown" in words(page)
    [place] = tree(page).cssselect(f"#comment-{mine.id}")
    assert place.cssselect("a, form, button") == [], "there is nothing to answer, to report or to change"
    assert client.get(own).status_code == 404
    session.rollback()
    row = session.get_one(Comment, mine.id)
    assert (row.author_name, row.source, row.reader_id) == ("[deleted]", "", None)
    assert row.is_erased
    with app.app_context():
        assert db.session.scalars(ids_with(terms_of("rare"))).all() == []
        assert db.session.scalars(ids_with(terms_of("think"))).all() != []


def test_a_chain_goes_as_far_as_nobody_else_hangs_on_it(
    app: Flask, session: Session, makers: Makers, ada: Reader
) -> None:
    """Ada, Ada, Ben, Ada, Ada; beside it Ada answers herself twice, and Ben holds nothing of that."""
    thread = makers.thread()
    own = {"reader_id": ada.id}
    root = makers.comment(thread, source="1", **own)
    second = makers.comment(thread, root, source="2", **own)
    ben = makers.comment(thread, second, source="Ben")
    fourth = makers.comment(thread, ben, source="4", **own)
    makers.comment(thread, fourth, source="5", **own)
    aside = makers.comment(thread, root, source="6", **own)
    makers.comment(thread, aside, source="7", **own)
    kept = {root.id: "", second.id: "", ben.id: "Ben"}
    erase(app, ada)
    assert left(session) == kept


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REJECTED, Status.WITHDRAWN])
def test_an_answer_that_nobody_sees_keeps_the_place_as_well(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, ada: Reader, status: Status
) -> None:
    """It may be shown one day, and has to stand somewhere then."""
    thread = makers.thread()
    mine = makers.comment(thread, reader_id=ada.id)
    answer = makers.comment(thread, mine, source="Later.", status=status)
    kept = {mine.id: "", answer.id: "Later."}
    erase(app, ada)
    assert left(session) == kept
    assert "[deleted]" not in words(client.get(f"/t/{thread.id}"))


def test_erasing_twice_is_the_same_as_once(app: Flask, session: Session, makers: Makers, ada: Reader) -> None:
    thread = makers.thread()
    mine = makers.comment(thread, reader_id=ada.id)
    makers.comment(thread, mine)
    erase(app, ada)
    session.rollback()
    revision = session.get_one(type(thread), thread.id).revision
    first = left(session)
    erase(app, ada)
    assert left(session) == first
    session.rollback()
    assert session.get_one(type(thread), thread.id).revision == revision


def test_a_place_goes_with_the_last_that_hung_on_it(
    app: Flask, session: Session, makers: Makers, ada: Reader
) -> None:
    ben = makers.reader(makers.site(), "ben@example.com")
    thread = makers.thread()
    parent = None
    for step in range(5):
        parent = makers.comment(thread, parent, reader_id=ada.id if step < 3 else ben.id)
    erase(app, ada)
    assert list(left(session).values())[:3] == ["", "", ""]
    erase(app, ben)
    assert left(session) == {}


@pytest.mark.parametrize("seed", range(6))
def test_every_counter_is_true_afterwards(
    app: Flask, session: Session, makers: Makers, ada: Reader, seed: int
) -> None:
    """Trees of any shape, with comments of any status, of two readers and of guests."""
    chance = random.Random(seed)  # noqa: S311
    ben = makers.reader(makers.site(), "ben@example.com")
    threads = [makers.thread(), makers.thread()]
    written: dict[int, list[Comment]] = {thread.id: [] for thread in threads}
    for _ in range(25):
        thread = chance.choice(threads)
        parent = chance.choice([None, *written[thread.id]])
        reader = chance.choice([ada.id, ada.id, ben.id, None])
        status = chance.choice([Status.PUBLISHED, Status.PUBLISHED, *Status])
        written[thread.id].append(makers.comment(thread, parent, status=status, reader_id=reader))
    of_others = {one.id for rows in written.values() for one in rows if one.reader_id != ada.id}
    erase(app, ada)
    session.rollback()
    for thread in threads:
        assert counters(session, thread.id) == recount(session, thread.id)
    rows = session.scalars(select(Comment)).all()
    assert {row.id for row in rows if not row.is_erased} == of_others
    hanging = {row.parent_id for row in rows}
    assert all(row.id in hanging for row in rows if row.is_erased), "no place stays that nothing hangs on"
    erase(app, ben)
    session.rollback()
    for thread in threads:
        assert counters(session, thread.id) == recount(session, thread.id)
    rows = session.scalars(select(Comment)).all()
    hanging = {row.parent_id for row in rows}
    assert all(row.id in hanging for row in rows if row.is_erased)
