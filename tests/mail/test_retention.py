"""Old mail is forgotten, with what it said, and nothing is sent twice for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.mail.models import Attempt, OutboxMessage, OutboxState
from board.mail.retention import BATCH, forget_old
from board.wiring import CHORES
from tests.mail.letters import letter, work, write_down
from tests.support.applications import commit_so_far


def forget(app: Flask, *, days: float) -> None:
    commit_so_far()
    with app.app_context():
        forget_old(clock.now() + timedelta(days=days))


def left(session: Session) -> int:
    return session.scalars(select(func.count(OutboxMessage.id))).one()


def put_into(app: Flask, state: OutboxState) -> None:
    commit_so_far()
    with app.app_context():
        db.session.execute(update(OutboxMessage).values(state=state.value))
        db.session.commit()


@pytest.mark.parametrize(
    ("state", "days"),
    [(OutboxState.SENT, 30), (OutboxState.CANCELLED, 30), (OutboxState.FAILED, 90)],
)
def test_mail_that_is_over_is_kept_for_a_while_and_then_forgotten(
    app: Flask, session: Session, state: OutboxState, days: int
) -> None:
    write_down(app, letter(1), letter(2))
    put_into(app, state)
    forget(app, days=days - 1)
    assert left(session) == 2
    forget(app, days=days + 1)
    assert left(session) == 0


@pytest.mark.parametrize("state", [OutboxState.QUEUED, OutboxState.SENDING])
def test_mail_that_waits_is_never_forgotten(app: Flask, session: Session, state: OutboxState) -> None:
    write_down(app, letter())
    put_into(app, state)
    forget(app, days=1000)
    assert left(session) == 1


def test_what_was_really_sent_is_forgotten_with_its_tries_in_batches(app: Flask, session: Session) -> None:
    many = (letter(number, recipient=f"ada@host{number}.test") for number in range(BATCH + 5))
    write_down(app, *many)
    work(app)
    assert session.scalars(select(func.count(Attempt.id))).one() == BATCH + 5
    forget(app, days=31)
    assert left(session) == session.scalars(select(func.count(Attempt.id))).one() == 0


def test_the_setting_says_how_long(make_app: Callable[..., Flask], session: Session) -> None:
    app = make_app(BOARD_MAIL_KEPT_DAYS="100")
    write_down(app, letter(1), letter(2, recipient="nobody"))
    work(app)
    forget(app, days=99)
    assert left(session) == 2
    forget(app, days=101)
    assert left(session) == 0


def test_it_is_among_the_chores() -> None:
    assert forget_old in [chore.work for chore in CHORES]
