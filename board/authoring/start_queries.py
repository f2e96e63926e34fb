"""How far the first look at a blog has come: all of it is in the database, so one may leave and come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from board.authoring.queries import Found, opens_something
from board.extensions import db
from board.sites.models import Site
from board.sources.following import feed_of
from board.sources.models import Feed, Reading, ReadingState, Why
from board.sources.starting import LAST_POSTS
from board.threads.addresses import canonical
from board.threads.models import Draft, DraftState, Post, Thread, ThreadStatus

PATIENCE = timedelta(seconds=30)  # longer than a worker that runs leaves a page alone
SHOWN = (DraftState.WAITING.value, DraftState.ACCEPTED.value)


@dataclass(frozen=True)
class Progress:
    """`readings`: the addresses that were asked for to begin with, in that order. `front`: the blog's own.

    `posts`: the last ones, the youngest first, with the prompts that wait or have their discussion.
    """

    site: Site
    readings: Sequence[Reading]
    front: Reading | None
    feed: Feed | None
    posts: Sequence[Found]

    @property
    def is_reading(self) -> bool:
        """Whether something will be there in a moment. What failed once is not waited for."""
        awaits_feed = self.feed is not None and self.feed.read_at is None and not self.feed.failures
        return any(map(_is_awaited, self.readings)) or (awaits_feed and not self.posts)

    @property
    def pages(self) -> Sequence[Reading]:
        """What was asked for besides the blog's own address: its last posts."""
        return [one for one in self.readings if one is not self.front]

    @property
    def pages_done(self) -> int:
        return sum(not _is_awaited(one) for one in self.pages)

    @property
    def troubles(self) -> Sequence[Reading]:
        return [one for one in self.readings if one.said]

    def is_stuck(self, now: datetime) -> bool:
        """Whether nobody seems to read anything."""
        waiting = [one for one in self.readings if _is_awaited(one) and one.leased_until is None]
        return any(one.attempts == 0 and one.due_at < now - PATIENCE for one in waiting)


def progress_of(site: Site) -> Progress:
    """Five statements. site: with its origins."""
    query = select(Reading).where(Reading.site_id == site.id, Reading.why == Why.START.value)
    readings = db.session.scalars(query.order_by(Reading.id)).all()
    key = canonical(site.base_url)
    front = next((one for one in readings if one.address_key == key), None)
    return Progress(site, readings, front, feed_of(site.id), _last_posts(site.id))


def threads_of_site(site_id: int) -> int:
    """How many discussions of the site can be seen."""
    query = select(func.count()).select_from(Thread)
    query = query.where(Thread.site_id == site_id, Thread.status != ThreadStatus.HIDDEN.value)
    return db.session.scalars(query).one()


def youngest_thread(site_id: int) -> Thread | None:
    query = select(Thread).where(Thread.site_id == site_id, Thread.status != ThreadStatus.HIDDEN.value)
    return db.session.scalars(query.order_by(Thread.id.desc()).limit(1)).first()


def waiting_drafts(site_id: int) -> int:
    """How many prompts of the site wait for a yes, and would open something."""
    query = select(func.count()).select_from(Draft).where(Draft.site_id == site_id, opens_something())
    return db.session.scalars(query).one()


def unfinished_sites() -> Sequence[Site]:
    """Sites that somebody began with and that have no discussion yet, by name."""
    begun = select(Reading.site_id).where(Reading.why == Why.START.value)
    has_threads = select(Thread.id).where(Thread.site_id == Site.id).exists()
    query = select(Site).where(Site.id.in_(begun), ~has_threads).order_by(func.lower(Site.name), Site.id)
    return db.session.scalars(query).all()


def has_posts(site_id: int) -> bool:
    return db.session.scalars(select(Post.id).where(Post.site_id == site_id).limit(1)).first() is not None


def _is_awaited(reading: Reading) -> bool:
    return reading.state == ReadingState.WAITING and not reading.said


def _last_posts(site_id: int) -> list[Found]:
    latest = func.coalesce(Post.published_at, Post.created_at)
    query = select(Post).where(Post.site_id == site_id, Post.merged_into_id.is_(None))
    posts = db.session.scalars(query.order_by(latest.desc(), Post.id.desc()).limit(LAST_POSTS)).all()
    drafts = db.session.scalars(
        select(Draft)
        .where(Draft.post_id.in_([post.id for post in posts]), Draft.state.in_(SHOWN))
        .options(joinedload(Draft.thread))
        .order_by(Draft.block, Draft.id)
    )
    by_post: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_post[draft.post_id].append(draft)
    return [Found(post, by_post[post.id]) for post in posts]
