"""However many follow, posting is as quick, and each of them hears once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.extensions import db
from board.foundation import clock
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions.models import News, Notice, Subscription
from board.subscriptions.spreading import BATCH, spread_news
from board.threads.models import Thread
from tests.subscriptions.journeys import decide, last_comment, write
from tests.support.applications import commit_so_far
from tests.support.concurrency import at_once
from tests.support.makers import Makers, ago
from tests.support.statements import counted_statements

MANY = 2 * BATCH + 7


@pytest.fixture
def site(makers: Makers) -> Site:
    site: Site = makers.site(policy="publish")
    return site


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    thread: Thread = makers.thread(site)
    return thread


def followers(session: Session, thread: Thread, many: int) -> None:
    moment = ago(days=1)
    readers = [
        {"site_id": thread.site_id, "email": f"r{n}@example.com", "name": "", "created_at": moment}
        | {"confirmed_at": moment}
        for n in range(many)
    ]
    session.execute(insert(Reader), readers)
    rows = [
        {"reader_id": number, "topic": "thread", "thread_id": thread.id, "created_at": moment}
        | {"asked_at": moment, "confirmed_at": moment}
        for number in session.scalars(select(Reader.id))
    ]
    session.execute(insert(Subscription), rows)
    session.commit()


def spread(app: Flask) -> None:
    commit_so_far()
    with app.app_context():
        spread_news(clock.now())


def notices(session: Session) -> int:
    session.rollback()
    return session.scalars(select(func.count(Notice.id))).one()


def test_sending_a_comment_takes_as_many_statements_with_a_thousand_followers_as_with_none(
    app: Flask, client: FlaskClient, session: Session, thread: Thread
) -> None:
    write(client, thread, source="One to warm up.", email="", notify="")
    with counted_statements(app) as without:
        write(client, thread, source="With none.", email="", notify="")
    followers(session, thread, MANY)
    with counted_statements(app) as with_many:
        write(client, thread, source="With many.", email="", notify="")
    assert len(with_many) == len(without)


def test_everybody_gets_one_notice_in_batches(
    app: Flask, client: FlaskClient, session: Session, thread: Thread
) -> None:
    followers(session, thread, MANY)
    write(client, thread, email="", notify="")
    spread(app)
    assert notices(session) == MANY
    news = session.scalars(select(News)).one()
    assert news.spread_at is not None
    spread(app)
    assert notices(session) == MANY


def test_two_workers_at_once_tell_nobody_twice(
    app: Flask, client: FlaskClient, session: Session, thread: Thread
) -> None:
    followers(session, thread, MANY)
    write(client, thread, email="", notify="")
    commit_so_far()

    def worker() -> None:
        with app.app_context():
            spread_news(clock.now())
            db.session.remove()

    at_once(worker, worker)
    assert notices(session) == MANY


def test_a_worker_that_died_in_the_middle_is_followed_by_one_that_goes_on(
    app: Flask, client: FlaskClient, session: Session, thread: Thread
) -> None:
    followers(session, thread, MANY)
    write(client, thread, email="", notify="")
    news = session.scalars(select(News)).one()
    news.reached = (
        session.scalars(select(Subscription.id).order_by(Subscription.id).offset(BATCH - 1)).first() or 0
    )
    session.commit()
    spread(app)
    assert notices(session) == MANY - BATCH, "the first batch was done and is not done again"


def test_what_is_shown_again_is_told_to_those_only_who_were_not_told(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site, thread: Thread
) -> None:
    followers(session, thread, 3)
    write(client, thread, email="", notify="")
    spread(app)
    comment = last_comment(session)
    decide(app, comment, Status.PENDING)
    makers.subscription(makers.reader(site, confirmed_at=ago(days=1)), thread, confirmed_at=ago(days=1))
    decide(app, comment, Status.PUBLISHED)
    spread(app)
    assert notices(session) == 4
