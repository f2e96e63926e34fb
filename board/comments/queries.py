"""Reading comments: a fixed number of statements, whatever the size of the thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from board.comments.models import Comment, Status
from board.comments.tree import Order
from board.extensions import db
from board.foundation.paging import Page
from board.sites.models import Site
from board.threads.models import Thread, ThreadStatus

ROOTS_PER_PAGE = 20
DOUBLE_CLICK = timedelta(minutes=10)  # a second click, a reload, an impatient retry; later it is meant
ONCE_SHOWN = Comment.published_at.is_not(None)


def roots_page(
    thread_id: int, order: Order, from_id: int | None, *, limit: int = ROOTS_PER_PAGE
) -> Page[Comment]:
    """One page of a thread's roots, beginning with the root `from_id` (else with the first in order).

    A root that was taken down is there as long as published replies hang on it. What is pinned stands
    before all others on the first page, and on no other; it takes nobody's place there.
    Three statements at most, whatever the thread's size.
    """
    start = _root_position(thread_id, from_id)
    ids = select(Comment.id).where(_shown_roots(thread_id), ~_is_pinned())
    if start is not None:
        ids = ids.where(_not_before(start, order))
    found = _pinned_and(thread_id, ids.order_by(*_ordering(order)).limit(limit + 1), order)
    pinned = [root for root in found if root.stands_first]
    roots = found[len(pinned) :]
    following = roots[limit].id if len(roots) > limit else None
    previous = _previous_start(thread_id, order, start, limit) if start is not None else None
    return Page([*(pinned if previous is None else []), *roots[:limit]], following, previous)


def replies_to(root_ids: Sequence[int]) -> Sequence[Comment]:
    """All replies below those roots that are or were shown, oldest first. One statement."""
    if not root_ids:
        return []
    query = select(Comment).where(Comment.root_id.in_(root_ids), ONCE_SHOWN)
    return db.session.scalars(query.order_by(Comment.created_at, Comment.id)).all()


def is_on_first_page(root: Comment, *, limit: int = ROOTS_PER_PAGE) -> bool:
    """Whether the thread's first page, oldest first, shows that root."""
    ids = select(Comment.id).where(_shown_roots(root.thread_id), ~_is_pinned())
    first = ids.order_by(*_ordering(Order.OLDEST)).limit(limit)
    return root.stands_first or root.id in db.session.scalars(first).all()


def comment_with_thread(comment_id: int) -> Comment | None:
    """A comment with its thread, post, site and the site's origins."""
    query = select(Comment).where(Comment.id == comment_id).options(*with_thread())
    return db.session.scalars(query).unique().first()


def root_of(comment: Comment) -> Comment | None:
    return db.session.get(Comment, comment.root_id or comment.id)


def answerable(thread_id: int, comment_id: int) -> Comment | None:
    """The published comment of that thread that a reply may answer."""
    query = select(Comment).where(
        Comment.id == comment_id, Comment.thread_id == thread_id, Comment.status == Status.PUBLISHED.value
    )
    return db.session.scalars(query).first()


def sent_just_before(fingerprint: str, now: datetime) -> Comment | None:
    """The comment that the same writer sent to the same place a moment ago: the first of two clicks."""
    query = select(Comment).where(Comment.fingerprint == fingerprint, Comment.created_at > now - DOUBLE_CLICK)
    return db.session.scalars(query.limit(1)).first()


def latest_published(
    *, thread_id: int | None = None, site_id: int | None = None, limit: int = 20
) -> Sequence[Comment]:
    """The newest published comments of a thread or a site, for a feed."""
    query = select(Comment).where(Comment.status == Status.PUBLISHED.value)
    if thread_id is not None:
        query = query.where(Comment.thread_id == thread_id)
    if site_id is not None:
        query = query.join(Comment.thread).where(
            Thread.site_id == site_id, Thread.status != ThreadStatus.HIDDEN.value
        )
    query = query.options(joinedload(Comment.thread).joinedload(Thread.post))
    return db.session.scalars(
        query.order_by(Comment.published_at.desc(), Comment.id.desc()).limit(limit)
    ).all()


def with_thread() -> tuple[ORMOption, ...]:
    """Options that load a comment's thread, post and site, and the origins that may embed them."""
    thread = joinedload(Comment.thread)
    return thread.joinedload(Thread.post), thread.joinedload(Thread.site).selectinload(Site.origins)


def _shown_roots(thread_id: int) -> ColumnElement[bool]:
    shown = or_(Comment.status == Status.PUBLISHED.value, Comment.live_replies > 0)
    return and_(Comment.thread_id == thread_id, Comment.depth == 0, ONCE_SHOWN, shown)


def _is_pinned() -> ColumnElement[bool]:
    return and_(Comment.pinned_at.is_not(None), Comment.status == Status.PUBLISHED.value)


def _pinned_and(thread_id: int, ids: Select[int], order: Order) -> Sequence[Comment]:
    """What is pinned in the thread, the latest first, and then the comments with those ids, in their order.

    Both sets of ids come off their own index, and one statement fetches the rows.
    """
    pinned = select(Comment.id).where(Comment.thread_id == thread_id, Comment.depth == 0, _is_pinned())
    chosen = union_all(pinned, select(ids.subquery().c.id)).subquery()
    query = select(Comment).where(Comment.id.in_(select(chosen.c.id)))
    first = case((_is_pinned(), Comment.pinned_at)).desc().nulls_last()
    return db.session.scalars(query.order_by(first, *_ordering(order))).all()


def _root_position(thread_id: int, from_id: int | None) -> tuple[datetime, int] | None:
    if from_id is None:
        return None
    query = select(Comment.created_at, Comment.id).where(
        Comment.id == from_id, Comment.thread_id == thread_id, Comment.depth == 0
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def _not_before(start: tuple[datetime, int], order: Order) -> ColumnElement[bool]:
    here = tuple_(Comment.created_at, Comment.id)
    bound = tuple_(*_bound(start))
    return here >= bound if order is Order.OLDEST else here <= bound


def _previous_start(thread_id: int, order: Order, start: tuple[datetime, int], limit: int) -> int | None:
    """The root that begins the page before `start`: walking back from it, at most one page."""
    here = tuple_(Comment.created_at, Comment.id)
    bound = tuple_(*_bound(start))
    before = here < bound if order is Order.OLDEST else here > bound
    backwards = Order.NEWEST if order is Order.OLDEST else Order.OLDEST
    ids = (
        select(Comment.id)
        .where(_shown_roots(thread_id), ~_is_pinned(), before)
        .order_by(*_ordering(backwards))
        .limit(limit)
    )
    return next(reversed(db.session.scalars(ids).all()), None)


def _ordering(order: Order) -> tuple[ColumnElement[Any], ...]:
    columns = (Comment.created_at, Comment.id)
    return tuple(c.asc() if order is Order.OLDEST else c.desc() for c in columns)


def _bound(start: tuple[datetime, int]) -> tuple[ColumnElement[Any], ...]:
    return literal(start[0], Comment.created_at.type), literal(start[1])
