"""Two readers talk by mail alone: each notice's Reply-To leads the next answer to its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.inbound.outcomes import Outcome
from board.readers.models import Reader
from board.sites.models import Policy
from tests.inbound.post import ADA, INBOX, answer, answer_address, comments_of, outcome
from tests.mail.letters import work
from tests.support.makers import Makers
from tests.support.passing import time_passes
from tests.support.smtp import ReceivedMail, SmtpServer

BEN = "ben@example.com"


@pytest.fixture
def app(make_app: Callable[..., Flask], smtp: SmtpServer) -> Flask:
    return make_app(**smtp.environ, **INBOX, BOARD_NOTICE_DELAY_SECONDS="0")


@pytest.fixture
def readers(makers: Makers) -> tuple[Reader, Reader]:
    site = makers.site(policy=Policy.PUBLISH.value)
    ada, ben = makers.reader(site, ADA), makers.reader(site, BEN, name="Ben")
    first = makers.comment(makers.thread(site), reader_id=ada.id)
    makers.subscription(ada, first)
    return ada, ben


def only_mail_to(app: Flask, smtp: SmtpServer, address: str) -> ReceivedMail:
    time_passes(app, minutes=70)
    work(app)
    [mail] = smtp.messages_to(address)
    smtp.messages.clear()
    return mail


def all_comments(session: Session) -> list[Comment]:
    return list(session.scalars(select(Comment)))


def as_quoted(mail: ReceivedMail, sender: str) -> str:
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    return f"Agreed, says {sender}.\n\nOn Sun, Mar 1, 2026 at 12:30 {mail['From']} wrote:\n{quoted}\n"


def test_two_readers_talk_by_mail(
    app: Flask, smtp: SmtpServer, session: Session, readers: tuple[Reader, Reader]
) -> None:
    ada, ben = readers
    [first] = comments_of(session, ada)
    to, sender = answer_address(app, ben, first), BEN
    words = "It begins, says Ben."
    for who, writer in ((ADA, ben), (BEN, ada), (ADA, ben)):
        assert outcome(app, answer(to, words, sender)) is Outcome.COMMENT
        latest = max(comments_of(session, writer), key=lambda one: one.id)
        assert latest.source == words.splitlines()[0]
        mail = only_mail_to(app, smtp, who)
        assert latest.source in mail.text
        assert "by replying to this mail" in mail.text
        to, sender, words = mail["Reply-To"], who, as_quoted(mail, who.split("@")[0])
    assert [one.depth for one in sorted(all_comments(session), key=lambda one: one.id)] == [0, 1, 2, 3]
