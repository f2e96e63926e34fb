"""Timed work: reading what waits in the mailbox."""

from __future__ import annotations

import logging
from datetime import datetime
from itertools import islice

from flask import current_app
from sqlalchemy.exc import InterfaceError, OperationalError

from board.extensions import db
from board.foundation import clock
from board.inbound.mailboxes import Mailbox, MailboxAway, mailbox_of
from board.inbound.receiving import note_broken, receive

MOST_A_ROUND = 500
DATABASE_AWAY = (OperationalError, InterfaceError)  # or busy: the mail waits for the next round
log = logging.getLogger("board.inbound")


def read_mailbox(_now: datetime) -> int:
    """Read what waits, the oldest first, each for itself; how many mails that were.

    A mailbox that cannot be reached is asked again in the next round.
    """
    try:
        mailbox = mailbox_of(current_app.config["BOARD"])
        return _read_all(mailbox) if mailbox else 0
    except MailboxAway as away:
        log.warning("the mailbox cannot be read: %s", away)
        return 0


def _read_all(mailbox: Mailbox) -> int:
    number = 0
    try:
        for key, raw in islice(mailbox.waiting(), MOST_A_ROUND):
            _read(raw)
            mailbox.put_by(key)
            number += 1
    finally:
        mailbox.close()
    return number


def _read(raw: bytes) -> None:
    """Read one mail. What trips over a mistake of ours is noted and stays in the mailbox, read, for staff."""
    try:
        receive(raw, clock.now())
    except DATABASE_AWAY:
        raise
    except Exception as mistake:  # the edge of the process: one strange mail must not hold up the others
        log.exception("an incoming mail could not be read")
        db.session.rollback()
        note_broken(raw, mistake, clock.now())
