"""Mail is written down once, taken by one worker at a time, and tried until it is settled."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.mail import outbox
from board.mail.models import Attempt, OutboxMessage, OutboxState
from board.mail.outbox import DELAYS, NothingToRetry, Outcome, Result
from board.mail.rendering import Words
from tests.mail.letters import letter, write_down

WORKERS = 4

LEASE = timedelta(seconds=300)  # as the settings say


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """What runs in here belongs to one transaction after the other of the application itself."""
    with app.app_context():
        yield
        db.session.rollback()


def claimed(limit: int, now: datetime) -> list[OutboxMessage]:
    messages = outbox.claim(limit, now)
    db.session.commit()
    return messages


def test_saying_the_same_twice_makes_one_mail(app: Flask, session: Session) -> None:
    assert write_down(app, letter(1), letter(1)) == [True, False]
    assert write_down(app, letter(1, words=Words("Other", "other", "other"))) == [False]
    [message] = session.scalars(select(OutboxMessage))
    assert message.subject == "Re: On listening"


def test_a_mail_belongs_to_the_transaction_of_what_it_tells(app: Flask, context: None) -> None:
    now = clock.now()
    outbox.enqueue(letter(), due_at=now, now=now)
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_a_cancelled_mail_waits_again_with_its_new_words(app: Flask, session: Session) -> None:
    write_down(app, letter())
    with app.app_context():
        outbox.cancel(["test:1", "unknown"])
        db.session.commit()
    assert session.scalars(select(OutboxMessage.state)).one() == OutboxState.CANCELLED
    due_at = clock.now() + timedelta(minutes=1)
    assert write_down(app, letter(words=Words("New", "new", "new")), due_at=due_at) == [True]
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.state, message.text, message.due_at) == (OutboxState.QUEUED, "new", due_at)


def test_nothing_is_taken_before_it_is_due_and_the_longest_waiting_goes_first(
    app: Flask, context: None
) -> None:
    now = clock.now()
    for number, minutes in ((1, -1), (2, -5), (3, 1)):
        outbox.enqueue(letter(number), due_at=now + timedelta(minutes=minutes), now=now)
    assert [message.recipient for message in claimed(10, now)] == [
        "reader2@example.test",
        "reader1@example.test",
    ]


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_claim_has_a_size(app: Flask, context: None, limit: int) -> None:
    with pytest.raises(ValueError, match="1 to 500"):
        outbox.claim(limit, clock.now())


def test_many_workers_at_once_take_every_mail_once(app: Flask) -> None:
    write_down(app, *(letter(number) for number in range(40)))

    def take_all(_worker: int) -> list[int]:
        taken = []
        with app.app_context():
            while messages := [message.id for message in outbox.claim(3, clock.now())]:
                db.session.commit()
                taken += messages
            db.session.commit()
        return taken

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [one for part in pool.map(take_all, range(WORKERS)) for one in part]
    assert len(taken) == len(set(taken)) == 40


def test_what_a_dead_worker_held_is_due_again_when_its_lease_is_over(app: Flask, context: None) -> None:
    now = clock.now()
    outbox.enqueue(letter(), due_at=now, now=now)
    [first] = [(message.id, message.lease) for message in claimed(1, now)]
    assert claimed(1, now + LEASE - timedelta(seconds=1)) == []
    [second] = [(message.id, message.lease) for message in claimed(1, now + LEASE)]
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_a_worker_that_was_too_slow_settles_nothing(app: Flask, context: None) -> None:
    now = clock.now()
    outbox.enqueue(letter(), due_at=now, now=now)
    [(number, lease)] = [(message.id, message.lease) for message in claimed(1, now)]
    claimed(1, now + LEASE)
    assert not outbox.settle(number, str(lease), 1, Outcome(Result.SENT), now + LEASE)
    assert db.session.scalars(select(Attempt)).all() == []
    assert db.session.get_one(OutboxMessage, number).state == OutboxState.SENDING


def test_delays_grow_until_the_mail_is_given_up(app: Flask, context: None) -> None:
    now = clock.now()
    outbox.enqueue(letter(), due_at=now, now=now)
    waits = []
    for _ in range(len(DELAYS) + 1):
        [message] = claimed(1, now)
        outbox.settle(
            message.id, str(message.lease), message.attempt_count, Outcome(Result.RETRY, "451 later"), now
        )
        db.session.commit()
        db.session.refresh(message)
        waits.append(message.due_at - now)
        now = message.due_at
    assert message.state == OutboxState.FAILED
    for wait, delay in zip(waits[:-1], DELAYS, strict=True):
        assert delay <= wait <= delay * 1.2
    assert claimed(1, now + timedelta(days=9)) == []


def test_a_failed_mail_can_be_tried_again_with_all_its_tries(app: Flask, context: None) -> None:
    now = clock.now()
    outbox.enqueue(letter(), due_at=now, now=now)
    [message] = claimed(1, now)
    outbox.settle(
        message.id, str(message.lease), message.attempt_count, Outcome(Result.FAILED, "550 no"), now
    )
    db.session.refresh(message)
    outbox.retry(message, now)
    [again] = claimed(1, now)
    assert again.attempt_count == 1
    outbox.settle(again.id, str(again.lease), 1, Outcome(Result.SENT), now)
    db.session.refresh(again)
    with pytest.raises(NothingToRetry):
        outbox.retry(again, now)


def test_what_a_server_said_is_kept_on_one_line(app: Flask, context: None) -> None:
    now = clock.now()
    outbox.enqueue(letter(), due_at=now, now=now)
    [message] = claimed(1, now)
    outbox.settle(
        message.id,
        str(message.lease),
        message.attempt_count,
        Outcome(Result.RETRY, "451 a\r\n\x00b " + "x" * 900),
        now,
    )
    detail = db.session.scalars(select(Attempt.detail)).one()
    assert detail.startswith("451 a b xxx")
    assert len(detail) == 500
