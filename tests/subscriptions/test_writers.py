"""Whoever wrote a comment is told what became of it, at an address they confirmed, and at no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.comments.marking import highlight, unhighlight
from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.foundation import clock
from board.mail.models import OutboxMessage, OutboxState
from board.mail.outbox import Result
from board.subscriptions.models import Subscription
from tests.comments.handling import handle, own_link, send_back
from tests.mail.letters import work
from tests.subscriptions.journeys import ADA, decide, everything, link_in, prepare_mail, set_all
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send
from tests.support.passing import time_passes
from tests.support.smtp import SmtpServer

NOTE = "Which silence do you mean?\nThe one <before> her answer?"


@pytest.fixture
def waiting(makers: Makers) -> Comment:
    """Ada's comment, not decided yet; she has confirmed that she wants to hear of replies."""
    site = makers.site(name="The Quiet Desk")
    thread = makers.thread(post=makers.post(site, title="On listening"))
    comment: Comment = makers.comment(thread, source="I count to ten, *slowly*.", status=Status.PENDING)
    reader = makers.reader(site, ADA)
    comment.reader_id = reader.id
    makers.subscription(reader, comment)
    return comment


def waiting_mail(session: Session) -> int:
    return session.scalars(select(func.count()).where(OutboxMessage.state == OutboxState.QUEUED.value)).one()


def test_a_returned_comment_comes_with_the_note_and_the_way_back(
    app: Flask, client: FlaskClient, smtp: SmtpServer, waiting: Comment
) -> None:
    send_back(app, waiting, NOTE)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "About your comment on “On listening”"
    assert mail.message["From"].addresses[0].display_name == "The Quiet Desk"
    assert "> Which silence do you mean?\r\n> The one <before> her answer?" in mail.text
    assert "The one &lt;before&gt; her answer?" in mail.html
    with app.app_context():
        token = link_token(waiting)
    for part in (mail.text, mail.html):
        assert "I count to ten, slowly." in part
        assert link_in(part, "/own/") == f"/own/{token}"
        assert "/unsubscribe/" in part
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_writer_revises_by_the_link_in_the_mail(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, waiting: Comment
) -> None:
    send_back(app, waiting, NOTE)
    work(app)
    link = link_in(smtp.messages[-1].text, "/own/")
    assert fill_and_send(client, link, "/edit", source="The one before.").status_code == 303
    session.expire_all()
    assert (waiting.source, waiting.status) == ("The one before.", Status.PENDING)


@pytest.mark.parametrize("act", ["return", "highlight"])
def test_an_address_that_was_not_confirmed_hears_nothing(
    app: Flask, smtp: SmtpServer, makers: Makers, act: str
) -> None:
    site = makers.site()
    for confirmed in (False, None):
        comment = makers.comment(makers.thread(site))
        if confirmed is False:
            comment.reader_id = makers.reader(site, ADA, confirmed=False).id
            makers.session.commit()
        if act == "return":
            send_back(app, comment)
        else:
            handle(app, comment, lambda one: highlight(one, clock.now()))
    assert work(app) == {}


@pytest.mark.parametrize("act", ["return", "highlight"])
def test_who_left_the_conversation_hears_nothing(
    app: Flask, session: Session, waiting: Comment, act: str
) -> None:
    decide(app, waiting, Status.PUBLISHED)
    if act == "return":
        send_back(app, waiting)
    else:
        handle(app, waiting, lambda one: highlight(one, clock.now()))
    prepare_mail(app)
    set_all(session, Subscription, ended_at=clock.now())
    assert work(app) == {Result.CANCELLED: 1}
    if act == "return":
        send_back(app, waiting)
        assert work(app) == {}


def test_a_return_that_was_taken_back_sends_nothing_and_a_second_one_sends_its_own_note(
    make_app: Callable[..., Flask], smtp: SmtpServer, session: Session, waiting: Comment
) -> None:
    app = make_app(**smtp.environ, BOARD_NOTICE_DELAY_SECONDS="30")
    send_back(app, waiting, "First note.")
    assert work(app) == {}, "not at once"
    decide(app, waiting, Status.PENDING)
    send_back(app, waiting, "Second note.")
    time_passes(app, minutes=1)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages
    assert "Second note." in mail.text
    fill_and_send(client_of(app), own_link(app, waiting), "/edit", source="Better.")
    send_back(app, waiting, "Third note.")
    time_passes(app, minutes=1)
    work(app)
    assert "Third note." in smtp.messages[-1].text


def test_a_highlighted_comment_is_told_once(
    app: Flask, client: FlaskClient, smtp: SmtpServer, waiting: Comment
) -> None:
    decide(app, waiting, Status.PUBLISHED)
    for act in (highlight, unhighlight):
        handle(app, waiting, lambda one, act=act: act(one, clock.now()))  # type: ignore[misc]
    assert work(app) == {}
    handle(app, waiting, lambda one: highlight(one, clock.now()))
    assert work(app) == {Result.SENT: 1}
    for act in (unhighlight, highlight):
        handle(app, waiting, lambda one, act=act: act(one, clock.now()))  # type: ignore[misc]
    assert work(app) == {}
    [mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "Your comment on “On listening” was highlighted"
    for part in (mail.text, mail.html):
        assert "I count to ten, slowly." in part
        assert link_in(part, f"/c/{waiting.id}") == f"/c/{waiting.id}"
    assert client.get(f"/c/{waiting.id}").status_code == 302


def test_what_is_taken_down_meanwhile_is_not_praised(app: Flask, session: Session, waiting: Comment) -> None:
    decide(app, waiting, Status.PUBLISHED)
    handle(app, waiting, lambda one: highlight(one, clock.now()))
    prepare_mail(app)
    decide(app, waiting, Status.REMOVED)
    assert work(app) == {Result.CANCELLED: 1}


def test_opening_every_link_of_these_mails_changes_nothing(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, waiting: Comment
) -> None:
    send_back(app, waiting, NOTE)
    work(app)
    before = everything(session)
    for part in ("/own/", "/unsubscribe/"):
        link = link_in(smtp.messages[-1].text, part)
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert everything(session) == before


def test_these_mails_speak_the_language_of_their_site_and_ask_nobody_for_anything(
    app: Flask, smtp: SmtpServer, makers: Makers
) -> None:
    site = makers.site(language="ar")
    comment = makers.comment(makers.thread(site))
    comment.reader_id = makers.reader(site, ADA).id
    makers.session.commit()
    handle(app, comment, lambda one: highlight(one, clock.now()))
    send_back(app, comment)
    work(app)
    for mail in smtp.messages:
        assert 'lang="ar" dir="rtl"' in mail.html
        assert not any(mark in mail.html for mark in ("<img", "<link", "<script", " src=", "url("))
        assert "/unsubscribe/" in mail.text
