"""The board as a whole sends no more in an hour than its owner says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.mail.claiming import Claims, within_an_hour
from board.mail.models import OutboxMessage, OutboxState
from board.mail.outbox import Result
from tests.mail.letters import letter, work, write_down


def let_an_hour_pass(app: Flask) -> None:
    with app.app_context():
        earlier = clock.now() - timedelta(minutes=61)
        sent = update(OutboxMessage).where(OutboxMessage.state == OutboxState.SENT.value)
        db.session.execute(sent.values(sent_at=earlier, due_at=earlier + timedelta(minutes=5)))
        db.session.commit()


def test_what_is_too_much_for_an_hour_waits_at_no_cost_and_is_told_of_once(
    make_app: Callable[..., Flask], session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(BOARD_MAIL_HOURLY_CAP="3")
    write_down(app, *(letter(number) for number in range(5)))
    assert work(app) == {Result.SENT: 3}
    assert caplog.text.count("BOARD_MAIL_HOURLY_CAP: 3 mails went within an hour") == 1
    assert work(app) == {}
    waiting = select(OutboxMessage.attempt_count).where(OutboxMessage.state == OutboxState.QUEUED.value)
    assert session.scalars(waiting).all() == [0, 0]
    session.commit()
    let_an_hour_pass(app)
    assert work(app) == {Result.SENT: 2}


def test_a_worker_complains_once_while_the_hour_is_full(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(BOARD_MAIL_HOURLY_CAP="1")
    write_down(app, letter(1), letter(2))
    work(app)
    caplog.clear()
    with app.app_context():
        claims = Claims(1)
        assert [claims.next() for _ in range(3)] == [None] * 3
    assert len(caplog.records) == 1


def test_what_another_worker_has_in_hand_counts(make_app: Callable[..., Flask]) -> None:
    app = make_app(BOARD_MAIL_HOURLY_CAP="3")
    write_down(app, *(letter(number) for number in range(5)))
    with app.app_context():
        first, second = Claims(2).next(), Claims(3).next()
        assert first is not None
        assert second is not None
        assert (len(first.messages), len(second.messages)) == (2, 1)
        assert within_an_hour(clock.now()) == 3
        db.session.commit()


def test_without_a_cap_all_goes(app: Flask) -> None:
    write_down(app, *(letter(number) for number in range(60)))
    assert work(app) == {Result.SENT: 60}
