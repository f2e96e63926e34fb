"""A site's feed: which one it is, when it is to be read next. Nothing here commits."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from board.extensions import db
from board.foundation.upserts import insert
from board.sites.models import Site
from board.sources.answers import Answer
from board.sources.models import Feed
from board.threads.addresses import canonical

EVERY = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=24)
JITTER = 0.2  # of a pause: the blogs of one host are not all asked in the same second
LEASE = timedelta(minutes=15)  # longer than reading a feed and all its entries can take
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # for a feed that is gone for good
MAX_ADDRESS_CHARS = 1000
MAX_ETAG_CHARS, MAX_DATE_CHARS, MAX_SAID_CHARS = 300, 100, 300  # as their columns are
MAX_DOUBLINGS = 10


@dataclass(frozen=True)
class DueFeed:
    """A feed that this worker is to read now."""

    feed_id: int
    site_id: int
    address: str
    etag: str
    last_modified: str


def follow(site: Site, address: str, now: datetime) -> None:
    """Read the feed at `address` from now on, instead of any other. Raises AddressRefused."""
    canonical(address)
    values = {
        "site_id": site.id,
        "address": address,
        "etag": "",
        "last_modified": "",
        "due_at": now,
        "failures": 0,
        "read_at": None,
        "said": "",
    }
    statement = insert(Feed).values(values)
    new = {name: statement.excluded[name] for name in values}
    db.session.execute(statement.on_conflict_do_update(index_elements=[Feed.site_id], set_=new))


def read_soon(site: Site, now: datetime) -> None:
    """Let the site's feed be read at once, even one that was given up."""
    db.session.execute(update(Feed).where(Feed.site_id == site.id).values(due_at=now))


def unfollow(site: Site) -> None:
    """Read no feed of `site` any more."""
    db.session.execute(delete(Feed).where(Feed.site_id == site.id))


def feed_of(site_id: int) -> Feed | None:
    return db.session.scalars(select(Feed).where(Feed.site_id == site_id)).first()


def claim_feed(now: datetime) -> DueFeed | None:
    """A feed that is due, for this worker alone until LEASE is over; None when none is."""
    query = select(Feed).where(Feed.due_at <= now).order_by(Feed.due_at).limit(1)
    feed = db.session.scalars(query.with_for_update(skip_locked=True)).first()
    if feed is None:
        return None
    feed.due_at = now + LEASE
    db.session.flush()
    return DueFeed(feed.id, feed.site_id, feed.address, feed.etag, feed.last_modified)


def settle_read(due: DueFeed, answer: Answer, said: str, now: datetime) -> None:
    """It was read, or had not changed. `said`: what is odd about it, or empty."""
    feed = _still(due)
    if feed is None:
        return
    if not answer.is_unchanged:
        feed.etag = answer.etag if len(answer.etag) <= MAX_ETAG_CHARS else ""
        feed.last_modified = answer.last_modified if len(answer.last_modified) <= MAX_DATE_CHARS else ""
        feed.said = said[:MAX_SAID_CHARS]
    if answer.moved_to and len(answer.moved_to) <= MAX_ADDRESS_CHARS:
        feed.address = answer.moved_to
    feed.failures, feed.read_at, feed.due_at = 0, now, now + pause_after(0, random.random())  # noqa: S311
    db.session.flush()


def settle_failed(due: DueFeed, said: str, now: datetime, *, wait: timedelta, for_good: bool) -> None:
    """It could not be read; it is left alone for longer each time, and altogether if it is gone for good."""
    feed = _still(due)
    if feed is None:
        return
    feed.failures += 1
    feed.said = said[:MAX_SAID_CHARS]
    pause = max(pause_after(feed.failures, random.random()), wait)  # noqa: S311
    feed.due_at = NEVER if for_good else now + pause
    db.session.flush()


def pause_after(failures: int, chance: float) -> timedelta:
    """How long to leave a feed alone that failed so often in a row; `chance`, 0 to 1, adds up to a fifth."""
    doubled: int = 2 ** min(failures, MAX_DOUBLINGS)
    return min(EVERY * doubled, LONGEST_PAUSE) * (1 + JITTER * chance)


def _still(due: DueFeed) -> Feed | None:
    """The feed, if it is still the same: somebody may have chosen another meanwhile."""
    query = select(Feed).where(Feed.id == due.feed_id, Feed.address == due.address)
    return db.session.scalars(query.with_for_update()).first()
