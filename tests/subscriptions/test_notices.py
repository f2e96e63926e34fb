"""Whoever asked to hear of replies gets one mail for each, in its conversation, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.foundation import clock
from board.mail.outbox import Result
from board.subscriptions.models import News, Subscription
from board.threads.models import Thread, ThreadStatus
from tests.mail.letters import work
from tests.subscriptions.journeys import (
    ADA,
    answer_to,
    decide,
    everything,
    last_comment,
    link_in,
    prepare_mail,
    set_all,
    write,
)
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.passing import time_passes
from tests.support.smtp import SmtpServer


@pytest.fixture
def parent(makers: Makers) -> Comment:
    """Ada's published comment; she has confirmed that she wants to hear of replies."""
    site = makers.site(name="The Quiet Desk")
    thread = makers.thread(post=makers.post(site, title="On listening"))
    comment: Comment = makers.comment(thread, source="I count to ten, *slowly*.")
    reader = makers.reader(site, ADA)
    comment.reader_id = reader.id
    makers.subscription(reader, comment)
    return comment


def reply(app: Flask, client: FlaskClient, session: Session, parent: Comment, **typed: str) -> Comment:
    """A reply that a moderator published."""
    answer_to(client, parent, **typed)
    comment = last_comment(session)
    decide(app, comment, Status.PUBLISHED)
    return comment


def test_a_published_reply_mails_the_parents_author_once(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    answer_to(client, parent)
    assert work(app) == {}, "nothing before the approval"
    comment = last_comment(session)
    decide(app, comment, Status.PUBLISHED)
    assert work(app) == {Result.SENT: 1}
    assert work(app) == {}
    [mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "Re: On listening"
    [sender] = mail.message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Ben via The Quiet Desk", "board@board.test")
    assert "Ten is a lot. Three will do." in mail.text
    assert "<strong>Three</strong>" in mail.html
    for part in (mail.text, mail.html):
        assert "Ben" in part
        assert "I count to ten, slowly." in part
        assert link_in(part, f"/c/{comment.id}") == f"/c/{comment.id}"
        assert "/unsubscribe/" in part
    assert client.get(f"/c/{comment.id}").status_code == 302


def test_a_notice_stands_in_its_conversation_and_can_be_left_from_the_mail_program(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    first = reply(app, client, session, parent)
    work(app)
    time_passes(app, hours=2)
    second = reply(app, client, session, parent, source="And another.")
    work(app)
    one, two = smtp.messages_to(ADA)
    pattern = rf"<c{first.id}\.\d+\.[0-9a-f]{{8}}@board\.test>"
    assert re.fullmatch(pattern, one["Message-ID"])
    assert one["Message-ID"] != two["Message-ID"]
    assert f"<c{second.id}." in two["Message-ID"]
    assert one["In-Reply-To"] == two["In-Reply-To"] == one["References"]
    assert one["In-Reply-To"].startswith(f"<c{parent.id}.")
    assert one["List-Id"] == f"<thread-{parent.thread_id}.board.test>"
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://board\.test/unsubscribe/[\w.-]+/one-click>", one["List-Unsubscribe"])
    assert one["Auto-Submitted"] == "auto-generated"


def test_a_reply_to_a_reply_names_the_root_and_the_parent(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site()
    root = makers.comment(makers.thread(site))
    middle = makers.comment(session.get_one(Thread, root.thread_id), root)
    makers.subscription(makers.reader(site, ADA), middle)
    reply(app, client, session, middle)
    work(app)
    [mail] = smtp.messages_to(ADA)
    above = mail["References"].split()
    assert [one.partition(".")[0] for one in above] == [f"<c{root.id}", f"<c{middle.id}"]
    assert mail["In-Reply-To"] == above[-1]


def test_a_notice_waits_and_an_approval_taken_back_sends_nothing(
    make_app: Callable[..., Flask], smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    app = make_app(**smtp.environ, BOARD_NOTICE_DELAY_SECONDS="30")
    comment = reply(app, client_of(app), session, parent)
    news = session.scalars(select(News).where(News.occasion == "comment")).one()
    assert 25 < (news.due_at - clock.now()).total_seconds() <= 30
    decide(app, comment, Status.PENDING)
    time_passes(app, minutes=1)
    assert work(app) == {}
    decide(app, comment, Status.PUBLISHED)
    time_passes(app, minutes=1)
    assert work(app) == {Result.SENT: 1}
    decide(app, comment, Status.PENDING)
    decide(app, comment, Status.PUBLISHED)
    time_passes(app, minutes=1)
    assert work(app) == {}
    assert len(smtp.messages) == 1


def test_what_was_held_back_at_the_last_moment_goes_out_when_it_is_shown_again(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    comment = reply(app, client, session, parent)
    prepare_mail(app)
    decide(app, comment, Status.PENDING)
    assert work(app) == {Result.CANCELLED: 1}
    decide(app, comment, Status.PUBLISHED)
    assert work(app) == {Result.SENT: 1}
    assert len(smtp.messages_to(ADA)) == 1


def test_the_last_look_before_sending_sees_what_was_decided_meanwhile(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    comment = reply(app, client, session, parent)
    prepare_mail(app)
    session.get_one(Comment, comment.id).status = Status.REMOVED.value
    session.commit()
    assert work(app) == {Result.CANCELLED: 1}
    assert smtp.messages == []


@pytest.mark.parametrize("column", ["ended_at", "hidden"])
def test_nothing_is_sent_to_who_has_left_or_about_a_hidden_thread(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment, column: str
) -> None:
    reply(app, client, session, parent)
    prepare_mail(app)
    if column == "hidden":
        set_all(session, Thread, status=ThreadStatus.HIDDEN.value)
    else:
        set_all(session, Subscription, ended_at=clock.now())
    assert work(app) == {Result.CANCELLED: 1}
    assert smtp.messages == []


def test_words_that_were_edited_meanwhile_are_the_ones_that_are_mailed(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    comment = session.get_one(Comment, reply(app, client, session, parent).id)
    prepare_mail(app)
    comment.html, comment.edited_at = "<p>Four will do.</p>", clock.now()
    session.commit()
    work(app)
    [mail] = smtp.messages
    assert "Four will do." in mail.text
    assert "Four will do." in mail.html
    assert "Three" not in mail.text


def test_nobody_is_told_of_their_own_reply(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    reply(app, client, session, parent, name="Ada", email=ADA.upper(), notify="y")
    assert work(app) == {}


def test_a_comment_that_answers_nobody_tells_nobody(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    write(client, session.get_one(Thread, parent.thread_id), email="ben@example.com")
    decide(app, last_comment(session), Status.PUBLISHED)
    work(app)
    assert smtp.messages_to(ADA) == []


def test_a_notice_speaks_the_language_of_its_site_and_an_unknown_one_is_no_mistake(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    for language, expected in (("ar", 'lang="ar" dir="rtl"'), ("zz-nonsense", 'lang="en" dir="ltr"')):
        site = makers.site(language=language)
        comment = makers.comment(makers.thread(site))
        makers.subscription(makers.reader(site, ADA), comment)
        reply(app, client, session, comment)
        work(app)
        assert expected in smtp.messages[-1].html


HOSTILE_TITLE = "On =?utf-8?q?x=0D=0ABcc:_v@example.com?= <script>alert(1)</script>\r\nBcc: v@example.com"


def test_titles_and_names_stay_words(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site(name='Desk"\r\nBcc: v@example.com')
    comment = makers.comment(makers.thread(post=makers.post(site, title=HOSTILE_TITLE)))
    makers.subscription(makers.reader(site, ADA), comment)
    reply(app, client, session, comment, name="=?utf-8?q?B=0D=0ABcc:_v@example.com?=")
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages
    assert mail.recipients == (ADA,)
    assert "Bcc" not in mail.message
    assert b"\r\nBcc" not in mail.raw.partition(b"\r\n\r\n")[0]
    assert "<script" not in mail.html
    assert mail.message["From"].addresses[0].addr_spec == "board@board.test"
    assert len(str(mail.message["Subject"])) <= 120


def test_opening_every_link_of_a_mail_changes_nothing(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    """Mail scanners open every link, some by HEAD."""
    reply(app, client, session, parent)
    work(app)
    [mail] = smtp.messages
    links = set(
        re.findall(r"http://board\.test(/[^\s<>\"]*)", mail.text + mail.html + mail["List-Unsubscribe"])
    )
    assert len(links) == 3
    before = everything(session)
    for link in links:
        assert client.get(link).status_code in {200, 302}
        assert client.head(link).status_code in {200, 302}
    assert everything(session) == before


def test_a_mail_asks_nobody_outside_for_anything(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, parent: Comment
) -> None:
    reply(app, client, session, parent)
    work(app)
    assert not re.findall(r"<(?:img|link|script|iframe)|\ssrc=|url\(|@import", smtp.messages[0].html)
