"""What belongs together is one mail, as often as its reader wants it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.foundation import clock
from board.mail.models import OutboxMessage
from board.mail.outbox import Result
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions.models import Notice, NoticeState, Preference, Rate, Subscription, Topic
from board.threads.models import Thread
from tests.mail.letters import work
from tests.subscriptions.journeys import ADA, answer_to, decide, last_comment, link_in, prepare_mail, write
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.passing import time_passes
from tests.support.smtp import SmtpServer

BEN = "ben@example.com"


@pytest.fixture
def app(make_app: Callable[..., Flask], smtp: SmtpServer) -> Flask:
    """With the pauses that it has when nobody says otherwise."""
    return make_app(**smtp.environ, BOARD_COMMENT_RATE="1000 per minute")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return client_of(app)


@pytest.fixture
def site(makers: Makers) -> Site:
    site: Site = makers.site(name="The Quiet Desk")
    return site


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    return makers.thread(post=makers.post(site, title="On listening"))


@pytest.fixture
def ada(makers: Makers, site: Site, thread: Thread) -> Reader:
    """She follows the thread."""
    reader: Reader = makers.reader(site, ADA)
    makers.subscription(reader, thread)
    return reader


def says(app: Flask, client: FlaskClient, session: Session, thread: Thread, **typed: str) -> Comment:
    """A published comment by somebody."""
    write(client, thread, **{"name": "Ben", "email": "", "notify": "", **typed})
    comment = last_comment(session)
    decide(app, comment, Status.PUBLISHED)
    return comment


def prefers(session: Session, reader: Reader, topic: Topic, rate: Rate) -> None:
    session.add(Preference(reader_id=reader.id, topic=topic.value, rate=rate.value))
    session.commit()


def test_a_lively_evening_is_one_mail(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, thread: Thread, ada: Reader
) -> None:
    for words in ("First thought.", "Second thought.", "Third thought."):
        says(app, client, session, thread, source=words)
        assert work(app) == {}, "the thread is not quiet"
        time_passes(app, minutes=10)
    time_passes(app, minutes=10)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "Re: On listening"
    assert mail.message["From"].addresses[0].display_name == "The Quiet Desk"
    places = [mail.text.index(words) for words in ("First thought.", "Second thought.", "Third thought.")]
    assert places == sorted(places)
    assert "3 new comments below “On listening”" in mail.text
    assert "because you follow this discussion" in mail.text
    says(app, client, session, thread, source="Fourth thought.")
    time_passes(app, minutes=20)
    assert work(app) == {}, "an hour is between two mails about one thread"
    time_passes(app, minutes=41)
    assert work(app) == {Result.SENT: 1}
    assert "Third thought." not in smtp.messages[-1].text


def test_an_answer_comes_at_once_and_brings_what_waits(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
    thread: Thread,
    ada: Reader,
) -> None:
    own = makers.comment(thread, source="Ada's own words.", reader_id=ada.id)
    makers.subscription(ada, own)
    says(app, client, session, thread, source="Something else.")
    answer_to(client, own, source="An answer to Ada.")
    decide(app, last_comment(session), Status.PUBLISHED)
    time_passes(app, minutes=1)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert "Ben answered you:" in mail.text
    assert "Something else." in mail.text
    assert len(session.scalars(select(Notice)).all()) == 2, (
        "the answer is told once, though she follows as well"
    )


def test_a_digest_holds_what_was_new_everywhere(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
    site: Site,
    thread: Thread,
    ada: Reader,
) -> None:
    other = makers.thread(post=makers.post(site, title="On kettles"))
    makers.subscription(ada, other)
    prefers(session, ada, Topic.THREAD, Rate.DAILY)
    says(app, client, session, thread, source="About listening.")
    says(app, client, session, other, source="About kettles.")
    time_passes(app, minutes=1)
    assert work(app) == {}
    time_passes(app, days=1)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "The Quiet Desk: 2 new things for you"
    assert mail["Precedence"] == "bulk"
    assert "About listening." in mail.text
    assert "About kettles." in mail.html
    path = link_in(mail["List-Unsubscribe"], "/unsubscribe/")
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    session.rollback()
    assert all(one.ended_at for one in session.scalars(select(Subscription)))


def test_who_chose_never_hears_nothing_and_what_waits_at_another_rate_keeps_it(
    app: Flask, client: FlaskClient, session: Session, thread: Thread, ada: Reader
) -> None:
    prefers(session, ada, Topic.THREAD, Rate.NEVER)
    says(app, client, session, thread)
    time_passes(app, days=9)
    assert work(app) == {}
    assert session.scalars(select(Notice)).all() == []


def test_what_was_unpublished_is_left_out_of_the_mail_that_waits(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, thread: Thread, ada: Reader
) -> None:
    says(app, client, session, thread, source="This stays.")
    gone = says(app, client, session, thread, source="This goes.")
    time_passes(app, minutes=20)
    prepare_mail(app)
    decide(app, gone, Status.REMOVED)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert "This stays." in mail.text
    assert "This goes." not in mail.text + mail.html
    states = session.execute(select(Notice.state, Notice.reason).order_by(Notice.id)).all()
    assert [tuple(one) for one in states] == [("mailed", ""), ("dropped", "not_shown")]


def test_a_mail_that_was_rewritten_keeps_its_message_id_and_its_key(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, thread: Thread, ada: Reader
) -> None:
    gone = says(app, client, session, thread, source="This goes.")
    says(app, client, session, thread, source="This stays.")
    time_passes(app, minutes=20)
    prepare_mail(app)
    before = session.execute(select(OutboxMessage.dedupe_key, OutboxMessage.message_id)).one()
    decide(app, gone, Status.REMOVED)
    work(app)
    after = session.execute(select(OutboxMessage.dedupe_key, OutboxMessage.message_id)).one()
    assert after == before
    assert smtp.messages[0]["Message-ID"] == before.message_id


def test_no_mail_names_another_readers_address(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
    site: Site,
    thread: Thread,
    ada: Reader,
) -> None:
    makers.subscription(makers.reader(site, BEN), thread)
    says(app, client, session, thread, name="Cleo", email="cleo@example.com", notify="y")
    time_passes(app, minutes=20)
    work(app)
    for mail in smtp.messages:
        [recipient] = mail.recipients
        others = {ADA, BEN, "cleo@example.com"} - {recipient}
        assert not any(address.encode() in mail.raw for address in others)
    assert len(smtp.messages_to(ADA)) == len(smtp.messages_to(BEN)) == 1


def test_with_much_to_tell_the_mail_says_how_much_it_leaves_out(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, thread: Thread, ada: Reader
) -> None:
    for number in range(23):
        says(app, client, session, thread, source=f"Thought number {number}.")
    time_passes(app, hours=2)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert "Thought number 19." in mail.text
    assert "Thought number 20." not in mail.text
    assert "And 3 more." in mail.text
    assert {one.state for one in session.scalars(select(Notice))} == {NoticeState.MAILED}
    assert clock.now() > session.scalars(select(Notice.settled_at)).all()[-1]  # type: ignore[operator]
