"""Taking mail for one worker: a few at a time, and no more in an hour than the whole board may send."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from board.database import may_be_done_again
from board.extensions import db
from board.foundation import clock
from board.mail import outbox, suppression
from board.mail.models import OutboxMessage, OutboxState

BATCH = 50  # mails of a worker that is killed wait for the end of their lease, so it takes no more
AN_HOUR = timedelta(hours=1)
log = logging.getLogger("board.mail")


class Claimed(NamedTuple):
    """Mails that are this worker's until `ends_at`. The messages belong to no session."""

    messages: Sequence[OutboxMessage]
    stopped: Collection[int]  # those of them whose addresses get nothing more
    lease: str
    ends_at: datetime


class Claims:
    """hourly_cap: mails that all workers together may send within an hour; 0: as many as there are."""

    def __init__(self, hourly_cap: int) -> None:
        self._hourly_cap = hourly_cap
        self._is_full = False

    def next(self) -> Claimed | None:
        """The mails that are due, some of them; None when nothing is, or nothing may go now."""
        now = clock.now()
        may_be_done_again(db.session())
        room = self._room(now)
        messages = outbox.claim(room, now) if room else []
        stopped = suppression.stopped_among(messages) if messages else set()
        db.session.expunge_all()
        db.session.commit()
        if not messages:
            return None
        return Claimed(messages, stopped, messages[0].lease or "", now + outbox.leased_for())

    def _room(self, now: datetime) -> int:
        """How many may be taken; staff are told in the log, once, when the hour is full."""
        if not self._hourly_cap:
            return BATCH
        room = min(max(self._hourly_cap - within_an_hour(now), 0), BATCH)
        if not room and not self._is_full:
            log.warning("BOARD_MAIL_HOURLY_CAP: %d mails went within an hour; mail waits", self._hourly_cap)
        self._is_full = not room
        return room


def within_an_hour(now: datetime) -> int:
    """How many mails went within the last hour or are going. One statement.

    Two workers that count at once may both take what is left: up to a batch too much for each.
    """
    # `due_at` is the end of the lease of what was sent, and never before its sending; it has an index
    sent = (OutboxMessage.state == OutboxState.SENT.value) & (OutboxMessage.due_at > now - AN_HOUR)
    going = (OutboxMessage.state == OutboxState.SENDING.value) & (OutboxMessage.due_at > now)
    query = select(func.count()).where((sent & (OutboxMessage.sent_at > now - AN_HOUR)) | going)
    return db.session.scalars(query).one()
