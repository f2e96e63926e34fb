"""Reading what belongs to an address: what was written and followed. A fixed number of statements each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from board.comments.models import Comment
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.sites.models import Site
from board.subscriptions.models import Subscription
from board.threads.models import Thread, ThreadStatus

COMMENTS_PER_PAGE = 50


@dataclass(frozen=True)
class Followed:
    """A subscription, with what it is about in words: the thread, or (None) all prompts of `site`."""

    subscription: Subscription
    site: Site

    @property
    def thread(self) -> Thread | None:
        """None also for one that nobody is to see any more."""
        thread = self.subscription.discussion
        return thread if thread is not None and thread.status != ThreadStatus.HIDDEN else None


def comments_page(reader_ids: Collection[int], start: int | None) -> Page[Comment]:
    """What those readers wrote, the newest first, with thread, post and site; from the id `start` on down."""
    query = _written(reader_ids).order_by(Comment.id.desc()).limit(COMMENTS_PER_PAGE + 1)
    if start is not None:
        query = query.where(Comment.id <= start)
    found = db.session.scalars(query).all()
    following = found[COMMENTS_PER_PAGE].id if len(found) > COMMENTS_PER_PAGE else None
    return Page(found[:COMMENTS_PER_PAGE], following)


def all_comments(reader_ids: Collection[int]) -> Sequence[Comment]:
    """All of it, oldest first, with the words it had before."""
    query = _written(reader_ids).options(selectinload(Comment.versions)).order_by(Comment.id)
    return db.session.scalars(query).all()


def followed_by(reader_ids: Collection[int]) -> list[Followed]:
    """What those readers asked to hear of, over or not: what goes on first, then the newest."""
    by_comment = joinedload(Subscription.comment).joinedload(Comment.thread)
    by_thread = joinedload(Subscription.thread)
    query = (
        select(Subscription)
        .where(Subscription.reader_id.in_(reader_ids))
        .options(joinedload(Subscription.reader), by_comment.joinedload(Thread.post))
        .options(by_thread.joinedload(Thread.post))
        .order_by(Subscription.ended_at.is_not(None), Subscription.id.desc())
    )
    found = db.session.scalars(query).all()
    sites = sites_with({one.reader.site_id for one in found})
    return [Followed(one, sites[one.reader.site_id]) for one in found]


def own_subscription(reader_ids: Collection[int], subscription_id: int) -> Subscription:
    """That subscription, which is one of those readers'. Raises NotFound."""
    query = select(Subscription).where(
        Subscription.id == subscription_id, Subscription.reader_id.in_(reader_ids)
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def is_shown(comment: Comment) -> bool:
    """Whether everybody can see it. comment: with its thread."""
    return comment.is_published and comment.thread.status != ThreadStatus.HIDDEN


def sites_with(site_ids: Collection[int]) -> dict[int, Site]:
    return {site.id: site for site in db.session.scalars(select(Site).where(Site.id.in_(site_ids)))}


def _written(reader_ids: Collection[int]) -> Select[Comment]:
    thread = joinedload(Comment.thread)
    return (
        select(Comment)
        .where(Comment.reader_id.in_(reader_ids))
        .options(thread.joinedload(Thread.post), thread.joinedload(Thread.site))
    )
