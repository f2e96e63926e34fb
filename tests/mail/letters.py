"""Letters to put into the outbox, and a worker to send them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter, Result, enqueue
from board.mail.rendering import Words
from board.mail.worker import Stop, Worker, transport_for
from tests.support.applications import commit_so_far

WORDS = Words("Re: On listening", "I count to ten.\n", "<p>I count to ten.</p>")


def letter(number: int = 1, **fields: Any) -> Letter:
    values = {
        "kind": "test",
        "dedupe_key": f"test:{number}",
        "recipient": f"reader{number}@example.test",
        "sender_name": "Ada via Blog",
        "words": WORDS,
    }
    return Letter(**{**values, **fields})


def write_down(app: Flask, *letters: Letter, due_at: datetime | None = None) -> list[bool]:
    """Enqueue in one transaction, due a minute ago unless said otherwise; whether each began to wait."""
    now = clock.now()
    commit_so_far()
    with app.app_context():
        waiting = [enqueue(one, due_at=due_at or now - timedelta(minutes=1), now=now) for one in letters]
        db.session.commit()
    return waiting


def work(app: Flask) -> Counter[Result]:
    """What `board worker --once` does with the mail that is due."""
    commit_so_far()
    with app.app_context():
        settings = app.config["BOARD"]
        return Worker(settings, transport_for(settings), Stop()).send_due()


def let_time_pass(app: Flask) -> None:
    """Every delay and every lease is over."""
    with app.app_context():
        db.session.execute(update(OutboxMessage).values(due_at=clock.now() - timedelta(seconds=1)))
        db.session.commit()
