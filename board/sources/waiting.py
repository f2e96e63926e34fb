"""Pages that wait to be read: asked for by anybody, as often as they like, and read once by one worker.

Nothing here commits. Claim, commit, read the page with no transaction open, settle, commit.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, delete, or_, select

from board.extensions import db
from board.foundation.upserts import insert
from board.sites.models import Site
from board.sources.blogs import Blog
from board.sources.models import Reading, ReadingState, Why
from board.threads.addresses import canonical

LEASE = timedelta(minutes=5)  # longer than fetching and reading a page can take
AGAIN_AFTER = timedelta(days=1)  # sooner, a page that was read is not read again because it was asked for
FORGET_AFTER = timedelta(days=30)
DELAYS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
MAX_TRIES = len(DELAYS) + 1
JITTER = 0.2  # of a delay: what failed together does not come back together
MAX_CLAIM = 100
MAX_SAID_CHARS = 300
BY_A_PERSON = frozenset({Why.START, Why.AGAIN, Why.SITEMAP})  # an owner who asks means it
URGENT = (Why.FIRST_VIEW.value, Why.START.value, Why.AGAIN.value)  # somebody looks at it, or waits for it


@dataclass(frozen=True)
class Claim:
    """A page that this worker is to read now."""

    reading_id: int
    lease: str
    site_id: int
    address: str
    why: Why


@dataclass(frozen=True)
class Problem:
    """Why a page was not read, in plain words. `is_final`: another try would end the same.

    `wait`: how long its server wants to be left alone.
    """

    words: str
    is_final: bool = False
    wait: timedelta = timedelta(0)


def ask_for(site: Site, address: str, why: Why, now: datetime, *, due_at: datetime | None = None) -> bool:
    """Let the page at `address` be read, at `due_at` or at once; False when that changes nothing.

    It changes nothing while the page waits, unless somebody wants it sooner, nor soon after it was read,
    unless an owner asks. `site` with its origins. One statement.
    Raises AddressRefused for what is no page of the site.
    """
    Blog.of(site).require_own(address)
    values = {
        "site_id": site.id,
        "address_key": canonical(address),
        "address": address.strip(),
        "why": why.value,
        "state": ReadingState.WAITING.value,
        "attempts": 0,
        "due_at": due_at or now,
        "lease": None,
        "leased_until": None,
        "said": "",
        "created_at": now,
        "done_at": None,
    }
    statement = insert(Reading).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=[Reading.site_id, Reading.address_key],
        set_={name: statement.excluded[name] for name in values if name != "created_at"},
        where=_may_wait_anew(why, now, statement.excluded.due_at),
    ).returning(Reading.id)
    return db.session.execute(statement).first() is not None


def _may_wait_anew(why: Why, now: datetime, due_at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Which pages that are listed already take the place at `due_at`."""
    is_waiting = Reading.state == ReadingState.WAITING.value
    is_untouched = and_(is_waiting, Reading.attempts == 0)
    is_free = and_(is_waiting, or_(Reading.leased_until.is_(None), Reading.leased_until <= now))
    is_over = ~is_waiting if why in BY_A_PERSON else and_(~is_waiting, Reading.done_at <= now - AGAIN_AFTER)
    if why is Why.FIRST_VIEW:
        return or_(is_over, and_(is_untouched, Reading.due_at > due_at))
    if why in URGENT:
        return or_(is_over, and_(is_free, Reading.due_at > due_at))
    return is_over


def claim(limit: int, now: datetime) -> list[Claim]:
    """Take up to `limit` due pages for this worker: first those that somebody waits for, then the eldest.

    No two workers receive the same page. Commit before reading it: a page whose worker dies is due again
    after LEASE. limit: 1 to 100. Raises ValueError.
    Source: PostgreSQL manual, SELECT, the locking clause (SKIP LOCKED). SQLite has one writer.
    """
    if not 1 <= limit <= MAX_CLAIM:
        raise ValueError(f"a claim takes 1 to {MAX_CLAIM} pages")
    is_free = or_(Reading.leased_until.is_(None), Reading.leased_until <= now)
    urgency = case((Reading.why.in_(URGENT), 0), else_=1)
    due = (
        select(Reading)
        .where(Reading.state == ReadingState.WAITING.value, Reading.due_at <= now, is_free)
        .order_by(urgency, Reading.due_at, Reading.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = [one for one in db.session.scalars(due) if not _is_deadly(one, now)]
    for one in found:
        one.lease, one.leased_until = secrets.token_hex(16), now + LEASE
        one.attempts += 1
    db.session.flush()
    return [Claim(one.id, one.lease or "", one.site_id, one.address, Why(one.why)) for one in found]


def _is_deadly(reading: Reading, now: datetime) -> bool:
    """Whether nobody who tried to read it lived to tell; then it is given up."""
    if reading.attempts < MAX_TRIES:
        return False
    reading.state, reading.done_at = ReadingState.FAILED.value, now
    reading.said = "whoever read it did not come back"
    return True


def settle(claimed: Claim, problem: Problem | None, now: datetime) -> bool:
    """Write down that the page was read, or what came between; False when another worker has it now.

    After MAX_TRIES it is given up.
    """
    query = select(Reading).where(Reading.id == claimed.reading_id, Reading.lease == claimed.lease)
    reading = db.session.scalars(query.with_for_update()).first()
    if reading is None:
        return False
    reading.lease = reading.leased_until = None
    reading.said = problem.words[:MAX_SAID_CHARS] if problem else ""
    if problem and not problem.is_final and reading.attempts < MAX_TRIES:
        reading.due_at = now + max(delay_after(reading.attempts, random.random()), problem.wait)  # noqa: S311
    else:
        reading.state = (ReadingState.FAILED if problem else ReadingState.DONE).value
        reading.done_at = now
    db.session.flush()
    return True


def delay_after(tries: int, chance: float) -> timedelta:
    """How long to wait after that many tries; `chance`, from 0 to 1, adds up to a fifth."""
    return DELAYS[tries - 1] * (1 + JITTER * chance)


def forget(now: datetime) -> None:
    """Drop what was read or given up long ago; the posts themselves stay known."""
    over = [ReadingState.DONE.value, ReadingState.FAILED.value]
    db.session.execute(delete(Reading).where(Reading.state.in_(over), Reading.done_at <= now - FORGET_AFTER))
