"""Erasing is done whole or not at all, twice is the same as once, and others hear what they were to hear."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.mail.duties import prepare
from board.moderation.desk_mail import tell_staff
from board.moderation.models import DeskMail
from board.private.erasing import erase
from board.readers.models import Reader
from board.readers.registration import find_or_make
from board.subscriptions.consent import request_reply_notices
from tests.mail.letters import let_time_pass, work
from tests.private.owners import erase_all, outbox, private_path
from tests.subscriptions.journeys import decide, everything
from tests.support.applications import commit_so_far
from tests.support.concurrency import at_once
from tests.support.makers import Makers, ago
from tests.support.smtp import SmtpServer

ADA, BEN = "ada@example.com", "ben@example.com"


@pytest.fixture
def app(make_app: Callable[..., Flask], smtp: SmtpServer) -> Flask:
    return make_app(**smtp.environ, BOARD_NOTICE_DELAY_SECONDS="0", BOARD_QUIET_SECONDS="0")


def erase_now(app: Flask) -> None:
    with app.app_context():
        erase(ADA, clock.now())
        db.session.commit()


def get_ready(app: Flask) -> None:
    """The worker makes notices and mail of what happened; nothing is sent yet."""
    commit_so_far()
    with app.app_context():
        prepare(clock.now())
        db.session.commit()


def test_what_is_not_committed_did_not_happen(app: Flask, session: Session, makers: Makers) -> None:
    """A process that dies in the middle leaves everything as it was."""
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site, ADA)
    makers.comment(thread, makers.comment(thread, reader_id=reader.id))
    makers.subscription(reader, thread)
    before = everything(session)
    with app.app_context():
        erase(ADA, clock.now())
        db.session.rollback()
    assert everything(session) == before
    erase_now(app)
    once = everything(session)
    assert once != before
    erase_now(app)
    assert everything(session) == once


def test_two_presses_at_once_are_one(app: Flask, session: Session, makers: Makers) -> None:
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site, ADA)
    for _ in range(5):
        makers.comment(thread, makers.comment(thread, reader_id=reader.id), reader_id=reader.id)
    thread_id = thread.id
    commit_so_far()
    at_once(lambda: erase_now(app), lambda: erase_now(app), lambda: erase_now(app))
    session.rollback()
    assert session.scalars(select(Comment)).all() == []
    assert session.scalars(select(Reader)).all() == []
    assert session.get_one(type(thread), thread_id).published_count == 0


@pytest.mark.databases("postgresql")  # SQLite has one writer: there the two never meet
def test_a_comment_that_comes_in_between_is_erased_with_the_others(
    app: Flask, session: Session, makers: Makers
) -> None:
    site = makers.site()
    makers.comment(makers.thread(site), reader_id=makers.reader(site, ADA).id)
    late = makers.comment(makers.thread(site), source="Just sent.").id
    commit_so_far()
    written = threading.Event()

    def write() -> None:
        with app.app_context():
            request_reply_notices(db.session.get_one(Comment, late), ADA, clock.now())
            written.set()
            until_somebody_waits()
            db.session.commit()

    def press() -> None:
        assert written.wait(10)
        erase_now(app)

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(write), pool.submit(press)]:
            future.result(timeout=30)
    session.rollback()
    assert session.scalars(select(Comment)).all() == []
    assert session.scalars(select(Reader)).all() == []


@pytest.mark.databases("postgresql")
def test_whoever_gives_the_address_meanwhile_begins_anew(
    app: Flask, session: Session, makers: Makers
) -> None:
    site = makers.site()
    old, site_id, thread = makers.reader(site, ADA), site.id, makers.thread(site)
    makers.comment(thread, reader_id=old.id)
    commit_so_far()
    held = threading.Event()

    def press() -> None:
        with app.app_context():
            erase(ADA, clock.now())
            held.set()
            until_somebody_waits()
            db.session.commit()

    def ask() -> None:
        assert held.wait(10)
        with app.app_context():
            find_or_make(site_id, ADA, name="", now=clock.now())
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(press), pool.submit(ask)]:
            future.result(timeout=30)
    session.rollback()
    [reader] = session.scalars(select(Reader)).all()
    assert reader.confirmed_at is None
    assert session.scalars(select(Comment)).all() == []


def until_somebody_waits() -> None:
    """Until another connection waits for a lock, at most ten seconds."""
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    give_up = clock.now().timestamp() + 10
    with db.engine.connect() as connection:
        while connection.execute(query).scalar_one() == 0:
            assert clock.now().timestamp() < give_up, "nobody waited for the lock"


def test_a_mail_about_several_comments_is_made_anew_without_the_erased_ones(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site, ADA)
    makers.subscription(makers.reader(site, BEN, created_at=ago(days=2)), thread, created_at=ago(days=2))
    session.execute(text("UPDATE subscription SET confirmed_at = created_at"))
    session.commit()
    adas = makers.comment(thread, source="Words of Ada.", status=Status.PENDING, reader_id=reader.id)
    other = makers.comment(thread, source="Words of Cleo.", status=Status.PENDING, author_name="Cleo")
    for one in (adas, other):
        decide(app, one, Status.PUBLISHED)
    get_ready(app)
    [waiting] = outbox(session)
    assert "Words of Ada." in waiting.text
    assert "Words of Cleo." in waiting.text
    erase_all(client, private_path(app, reader))
    get_ready(app)
    let_time_pass(app)
    work(app)
    [mail] = smtp.messages_to(BEN)
    assert "Words of Cleo." in mail.text
    assert "Words of Ada." not in mail.text


def test_staff_hear_of_what_waits_besides(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site()
    account, reader = makers.account(), makers.reader(site, ADA)
    session.add(DeskMail(account_id=account.id, rate="at_once", told_until=ago(days=1)))
    session.commit()
    thread, address = makers.thread(site), account.email
    makers.comment(thread, source="Words of Ada.", status=Status.PENDING, reader_id=reader.id)
    makers.comment(thread, source="Words of Cleo.", status=Status.PENDING)
    path = private_path(app, reader)
    commit_so_far()
    with app.app_context():
        tell_staff(clock.now())
        db.session.commit()
    erase_all(client, path)
    work(app)
    [mail] = smtp.messages_to(address)
    assert "Words of Cleo." in mail.text
    assert "Words of Ada." not in mail.text


def test_somebody_of_the_staff_keeps_the_mail_that_they_get_as_such(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site()
    account = makers.account(email=ADA)
    reader = makers.reader(site, ADA)
    session.add(DeskMail(account_id=account.id, rate="at_once", told_until=ago(days=1)))
    session.commit()
    makers.comment(makers.thread(site), status=Status.PENDING)
    path = private_path(app, reader)
    commit_so_far()
    with app.app_context():
        tell_staff(clock.now())
        db.session.commit()
    erase_all(client, path)
    assert [one.kind for one in outbox(session, recipient=ADA)] == ["desk_waiting"]
