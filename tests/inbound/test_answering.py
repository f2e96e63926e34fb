"""An answer by mail becomes a comment, once, and only when it is the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.inbound.outcomes import Outcome
from board.mail.models import IncomingMail
from board.readers.models import Reader
from board.subscriptions.models import Subscription
from board.threads.models import Thread
from tests.inbound.post import (
    ADA,
    INBOX,
    WORDS,
    answer,
    comments_of,
    hand_over,
    outcome,
    told,
)
from tests.support.concurrency import at_once
from tests.support.makers import Makers, ago

STRANGE = [
    "Eve <eve@example.test>",
    f"{ADA} <eve@example.test>",
    f"Ada <{ADA}>, Eve <eve@example.test>",
    f'"{ADA}" <eve@example.test>',
    "",
]


def test_an_answer_becomes_a_comment_below_the_one_it_answers(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    parent: Comment,
    to: str,
) -> None:
    assert (
        outcome(reading_app, answer(to, f"{WORDS}\n\nOn Sunday at 12:30 Ben wrote:\n> ten\n"))
        is Outcome.COMMENT
    )
    [comment] = comments_of(session, ada)
    assert (comment.source, comment.parent_id, comment.author_name) == (WORDS, parent.id, "Ada")
    assert comment.status == Status.PENDING
    assert [reason["code"] for reason in comment.reasons] == ["first_comments"]
    [wish] = session.scalars(select(Subscription)).all()
    assert (wish.comment_id, wish.topic, wish.is_active) == (comment.id, "replies", True)
    assert told(session) == []


def test_somebody_whose_comments_were_approved_is_known_by_their_mailbox(
    reading_app: Flask,
    session: Session,
    makers: Makers,
    thread: Thread,
    ada: Reader,
    to: str,
) -> None:
    makers.comment(thread, reader_id=ada.id, created_at=ago(days=3))
    hand_over(reading_app, answer(to))
    assert [one.status for one in comments_of(session, ada)] == [Status.PUBLISHED, Status.PUBLISHED]


def test_comments_that_were_rejected_make_nobody_known(
    reading_app: Flask, session: Session, makers: Makers, thread: Thread, ada: Reader, to: str
) -> None:
    makers.comment(thread, reader_id=ada.id, created_at=ago(days=3), status=Status.REJECTED)
    hand_over(reading_app, answer(to))
    assert {one.status for one in comments_of(session, ada)} == {Status.REJECTED, Status.PENDING}


def test_the_same_mail_twice_is_one_comment(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
) -> None:
    raw = answer(to)
    assert outcome(reading_app, raw) is Outcome.COMMENT
    assert outcome(reading_app, raw) is None
    assert outcome(reading_app, b"Received: from another.example\r\n" + raw) is None
    assert len(comments_of(session, ada)) == 1
    assert len(session.scalars(select(IncomingMail)).all()) == 1


@pytest.mark.parametrize("sender", STRANGE)
def test_a_mail_from_another_address_is_dropped_without_a_word(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
    sender: str,
) -> None:
    raw = answer(to).replace(f"From: Ada <{ADA}>".encode(), f"From: {sender}".encode())
    assert outcome(reading_app, raw) is Outcome.STRANGER
    assert comments_of(session, ada) == []
    assert told(session) == []


def test_an_address_whose_owner_never_confirmed_it_may_not_answer(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
) -> None:
    ada.confirmed_at = None
    session.commit()
    assert outcome(reading_app, answer(to)) is Outcome.STRANGER


def test_an_address_that_the_board_did_not_make_is_nobodys(
    reading_app: Flask,
    session: Session,
    makers: Makers,
    ada: Reader,
    parent: Comment,
    to: str,
) -> None:
    other = makers.comment()
    forged = to.replace(f".{parent.id}-", f".{other.id}-")
    assert outcome(reading_app, answer(forged)) is Outcome.FORGED
    assert outcome(reading_app, answer("board@mail.example")) is Outcome.NOT_FOR_US
    assert outcome(reading_app, answer(to.replace("mail.example", "other.example"))) is Outcome.NOT_FOR_US
    assert comments_of(session, ada) == []


def test_a_later_reader_of_the_same_number_is_another(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
) -> None:
    ada.created_at = ago(days=2)
    session.commit()
    assert outcome(reading_app, answer(to)) is Outcome.FORGED


def test_the_mail_servers_word_for_whom_it_is_counts_before_the_headers(
    reading_app: Flask,
    to: str,
) -> None:
    assert outcome(reading_app, answer("undisclosed-recipients:;"), [to.upper()]) is Outcome.COMMENT


@pytest.mark.parametrize("header", ["Delivered_To", "X_Original_To", "Envelope_To", "Cc"])
def test_the_address_is_found_wherever_servers_put_it(reading_app: Flask, to: str, header: str) -> None:
    assert outcome(reading_app, answer("list@example.test", **{header: to})) is Outcome.COMMENT


def test_what_the_receiving_server_found_forged_is_dropped(
    reading_app: Flask,
    session: Session,
    to: str,
) -> None:
    failed = "mx.mail.example; dmarc=fail (p=none) header.from=example.com; spf=pass"
    assert outcome(reading_app, answer(to, Authentication_Results=failed)) is Outcome.STRANGER
    assert told(session) == []


def test_from_one_mailbox_come_as_many_comments_as_from_one_network(
    make_app: Callable[..., Flask], session: Session, ada: Reader, to: str
) -> None:
    app = make_app(**INBOX, BOARD_COMMENT_RATE="2 per 10 minutes")
    found = [hand_over(app, answer(to, f"{WORDS} {number}")) for number in range(3)]
    assert [one.detail for one in found if one and one.outcome is Outcome.NOT_TAKEN] == ["too_often"]
    assert len(comments_of(session, ada)) == 2


def test_the_writers_own_address_is_not_published(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
) -> None:
    hand_over(reading_app, answer(to, f"{WORDS}\n\nAda\nAda@Example.COM\n"))
    [comment] = comments_of(session, ada)
    assert "@" not in comment.source


def test_who_never_gave_a_name_is_called_as_their_mail_says_but_never_by_their_address(
    reading_app: Flask,
    session: Session,
    ada: Reader,
    to: str,
) -> None:
    ada.name = ""
    session.commit()
    hand_over(reading_app, answer(to, sender=f"=?utf-8?q?Ada_=C3=9C=0D=0ABcc=3A?= <{ADA}>"))
    hand_over(reading_app, answer(to, "Second thoughts.", sender=f'"{ADA}" <{ADA}>'))
    hand_over(reading_app, answer(to, "Third thoughts.", sender=ADA))
    names = [one.author_name for one in sorted(comments_of(session, ada), key=lambda one: one.id)]
    assert names == ["Ada Ü Bcc:", "A reader", "A reader"]


def test_of_several_who_read_a_mail_at_once_one_does_what_it_asks(
    reading_app: Flask, session: Session, ada: Reader, to: str
) -> None:
    raw, number = answer(to), ada.id
    session.commit()
    found = at_once(*[partial(outcome, reading_app, raw)] * 4)
    assert sorted(map(str, found)) == ["None", "None", "None", "comment"]
    assert session.scalars(select(func.count()).where(Comment.reader_id == number)).one() == 1
