"""Whose answer by mail cannot be taken is told why, with their words, and not too often."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from board.comments.models import BlockKind, BlockVerdict, Comment, Status
from board.inbound.outcomes import Outcome
from board.readers.models import Reader
from board.sites.models import Site
from board.threads.models import Thread, ThreadStatus
from tests.inbound.post import (
    ADA,
    INBOX,
    WORDS,
    answer,
    answer_address,
    comments_of,
    hand_over,
    outcome,
    told,
)
from tests.mail.letters import work
from tests.support.makers import Makers
from tests.support.smtp import SmtpServer


@pytest.mark.parametrize(
    ("status", "words"), [(ThreadStatus.CLOSED, "is closed"), (ThreadStatus.READ_ONLY, "is paused")]
)
def test_an_answer_to_a_closed_discussion_is_given_back_with_the_reason(
    make_app: Callable[..., Flask],
    smtp: SmtpServer,
    session: Session,
    thread: Thread,
    ada: Reader,
    to: str,
    status: ThreadStatus,
    words: str,
) -> None:
    app = make_app(**INBOX, **smtp.environ)
    thread.status = status.value
    session.commit()
    assert outcome(app, answer(to)) is Outcome.NOT_TAKEN
    assert comments_of(session, ada) == []
    work(app)
    [mail] = smtp.messages_to(ADA)
    assert words in mail.text
    assert WORDS in mail.text
    assert WORDS in mail.html
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": Status.REMOVED.value}, "gone"),
        ({"status": Status.PENDING.value}, "gone"),
    ],
)
def test_an_answer_to_what_is_not_shown_any_more_is_given_back(
    reading_app: Flask,
    session: Session,
    parent: Comment,
    to: str,
    change: dict[str, str],
    code: str,
) -> None:
    for name, value in change.items():
        setattr(parent, name, value)
    session.commit()
    verdict = hand_over(reading_app, answer(to))
    assert verdict is not None
    assert (verdict.outcome, verdict.detail) == (Outcome.NOT_TAKEN, code)
    assert len(told(session)) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("> only quoted\n", "empty"),
        ("\n", "empty"),
        ("a" * 10_001, "too_long"),
        ("See http://board.test/unsubscribe/" + "x" * 60, "unclear"),
        ("From board+r3.45-abcdefgh234567ab@mail.example to you", "unclear"),
    ],
)
def test_what_makes_no_comment_is_given_back(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
    words: str,
    code: str,
) -> None:
    verdict = hand_over(reading_app, answer(to, words))
    assert verdict is not None
    assert (verdict.outcome, verdict.detail) == (Outcome.NOT_TAKEN, code)
    assert comments_of(session, ada) == []


def test_a_blocked_word_refuses_by_mail_as_it_does_in_the_form(
    reading_app: Flask,
    session: Session,
    makers: Makers,
    site: Site,
    ada: Reader,
    to: str,
) -> None:
    makers.block(BlockKind.WORD, "twelve", site, verdict=BlockVerdict.REFUSE.value)
    verdict = hand_over(reading_app, answer(to))
    assert verdict is not None
    assert verdict.detail == "refused"
    assert comments_of(session, ada) == []


def test_a_blocked_address_is_blocked_by_mail_too(
    reading_app: Flask,
    session: Session,
    makers: Makers,
    site: Site,
    ada: Reader,
    to: str,
) -> None:
    makers.block(BlockKind.ADDRESS, ADA, site, verdict=BlockVerdict.SPAM.value)
    assert outcome(reading_app, answer(to)) is Outcome.COMMENT
    assert [one.status for one in comments_of(session, ada)] == [Status.SPAM]


def test_nobody_is_told_more_than_a_few_times_a_day(
    reading_app: Flask,
    session: Session,
    thread: Thread,
    to: str,
) -> None:
    thread.status = ThreadStatus.CLOSED.value
    session.commit()
    for number in range(6):
        assert outcome(reading_app, answer(to, f"{WORDS} {number}")) is Outcome.NOT_TAKEN
    assert len(told(session)) == 3


def test_erased_before_the_mail_left_means_that_it_does_not_leave(
    reading_app: Flask,
    session: Session,
    thread: Thread,
    ada: Reader,
    to: str,
) -> None:
    thread.status = ThreadStatus.CLOSED.value
    session.commit()
    hand_over(reading_app, answer(to))
    session.delete(ada)
    session.commit()
    work(reading_app)
    [message] = told(session)
    assert message.state == "cancelled"


def test_a_comment_of_another_blog_is_none_that_this_reader_may_answer(
    reading_app: Flask, session: Session, makers: Makers, ada: Reader
) -> None:
    to = answer_address(reading_app, ada, makers.comment(source="Of another blog."))
    verdict = hand_over(reading_app, answer(to))
    assert verdict is not None
    assert verdict.detail == "gone"
    [message] = told(session)
    assert "/t/" not in message.text
