"""The list of what Akismet is to be asked or told: written down at once, taken up by one worker.

Claim, commit, ask with no transaction open, end or put off, commit. Nothing here commits. A row holds the
writer's address and browser until nothing is to come any more.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from board.extensions import db
from board.foundation.networks import Sender
from board.moderation.models import SpamCheck, SpamTask, SpamTaskState

LEASE = timedelta(minutes=2)  # longer than one question can take
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
JITTER = 0.2  # of a delay: what failed together does not come back together
KEPT = timedelta(days=90)  # answers; by then nobody decides otherwise any more
MAX_SAID_CHARS = 300
WITH_ADDRESS = "with address"  # what a waiting question says: its writer gave one, to be shown as well
MAX_IP_CHARS = 45


@dataclass(frozen=True)
class Claim:
    """Something that this worker is to ask or tell Akismet now."""

    check_id: int
    lease: str
    comment_id: int
    task: SpamTask


def put(  # noqa: PLR0913  # a row has that many columns
    comment_id: int,
    task: SpamTask,
    *,
    due_at: datetime,
    now: datetime,
    sender: Sender | None = None,
    said: str = "",
) -> None:
    """Write something down to be asked or told. said: WITH_ADDRESS or nothing, until there is an answer."""
    check = SpamCheck(comment_id=comment_id, task=task.value, due_at=due_at, created_at=now, said=said)
    if sender is not None:
        check.user_ip, check.user_agent = sender.address[:MAX_IP_CHARS], sender.browser
    db.session.add(check)
    db.session.flush()


def drop_waiting(comment_id: int, tasks: Collection[SpamTask]) -> None:
    """Let what waits about that comment be dropped. A worker that has it in hand finds it gone."""
    db.session.execute(
        delete(SpamCheck)
        .where(SpamCheck.comment_id == comment_id, SpamCheck.state == SpamTaskState.WAITING.value)
        .where(SpamCheck.task.in_([task.value for task in tasks]))
        .execution_options(synchronize_session=False)
    )


def claim(now: datetime) -> Claim | None:
    """Take what is due longest for this worker; None when nothing is. Commit before asking.

    No two workers receive the same. One whose worker dies is due again after LEASE.
    Source: PostgreSQL manual, SELECT, the locking clause (SKIP LOCKED). SQLite has one writer.
    """
    is_free = or_(SpamCheck.leased_until.is_(None), SpamCheck.leased_until <= now)
    due = (
        select(SpamCheck)
        .where(SpamCheck.state == SpamTaskState.WAITING.value, SpamCheck.due_at <= now, is_free)
        .order_by(SpamCheck.due_at, SpamCheck.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    check = db.session.scalars(due).first()
    if check is None:
        return None
    check.lease, check.leased_until = secrets.token_hex(16), now + LEASE
    check.attempts += 1
    db.session.flush()
    return Claim(check.id, check.lease, check.comment_id, SpamTask(check.task))


def leased(claimed: Claim) -> SpamCheck | None:
    """The row, held, as long as it is this worker's."""
    query = select(SpamCheck).where(SpamCheck.id == claimed.check_id, SpamCheck.lease == claimed.lease)
    query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).first()


def end(check: SpamCheck, state: SpamTaskState, said: str, now: datetime) -> None:
    """Nothing is to come any more, so what was kept of the writer goes."""
    check.state, check.said, check.due_at = state.value, said[:MAX_SAID_CHARS], now
    check.lease = check.leased_until = None
    check.user_ip = check.user_agent = ""
    db.session.flush()


def put_off(check: SpamCheck, now: datetime) -> bool:
    """Let it be tried again later; False, and nothing, when all delays are used up."""
    if check.attempts > len(DELAYS):
        return False
    check.lease = check.leased_until = None
    check.due_at = now + delay_after(check.attempts, random.random())  # noqa: S311 - spreads load
    db.session.flush()
    return True


def forget(now: datetime) -> None:
    """Drop what was answered or given up long ago."""
    over = [SpamTaskState.DONE.value, SpamTaskState.FAILED.value]
    db.session.execute(delete(SpamCheck).where(SpamCheck.state.in_(over), SpamCheck.due_at <= now - KEPT))


def delay_after(tries: int, chance: float) -> timedelta:
    """How long to wait after that many tries; `chance`, from 0 to 1, adds up to a fifth."""
    return DELAYS[tries - 1] * (1 + JITTER * chance)
