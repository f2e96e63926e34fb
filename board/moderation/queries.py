"""What the desk shows: a fixed number of statements, whatever the number of comments.

Everything is limited to the sites on which the asking person may decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, true, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from board.comments.models import Comment, Status
from board.comments.tree import Order
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.moderation.acts import HELD_BACK, SHOWN_IN
from board.moderation.models import Decision
from board.moderation.selection import Selection
from board.sites.models import Site
from board.threads.models import Thread
from board.threads.queries import MAX_ID

ITEMS_PER_PAGE = 30


@dataclass(frozen=True)
class History:
    """What became of a known reader's other comments on the same site."""

    published: int = 0
    held_back: int = 0


@dataclass(frozen=True)
class Item:
    """A comment to decide about. `history` is None for a guest, of whom nothing is known."""

    comment: Comment
    history: History | None


def sites_of(actor: Actor) -> Sequence[Site]:
    """The sites on which `actor` may decide, by name."""
    query = select(Site).where(allowed_on(actor, Site.id)).order_by(func.lower(Site.name), Site.id)
    return db.session.scalars(query).all()


def waiting_count(actor: Actor, site_id: int | None = None) -> int:
    """How many comments wait for a decision."""
    query = select(func.coalesce(func.sum(Thread.pending_count), 0)).where(allowed_on(actor, Thread.site_id))
    if site_id is not None:
        query = query.where(Thread.site_id == site_id)
    return int(db.session.scalars(query).one())


def queue_page(actor: Actor, selection: Selection, *, limit: int = ITEMS_PER_PAGE) -> Page[Item]:
    """One page of the desk, each comment with thread, post, site, reader and the comment it answers.

    Four statements at most. Begins with the place of `from_id`, even if that was decided meanwhile.
    """
    ids = db.session.scalars(_ids(actor, selection, limit + 1)).all()
    query = _with_context(select(Comment)).where(Comment.id.in_(ids[:limit]))
    comments = db.session.scalars(query.order_by(*_ordering(selection.order))).all()
    histories = _histories(comments)
    items = [Item(comment, _history_of(comment, histories)) for comment in comments]
    return Page(items, ids[limit] if len(ids) > limit else None)


def comment_for(action: Action, actor: Actor, comment_id: int) -> Comment:
    """The comment with its thread, if `actor` may do `action` on its site. Raises NotFound."""
    found = comments_for(action, actor, [comment_id])
    if not found:
        raise NotFound
    return found[0]


def comments_for(action: Action, actor: Actor, comment_ids: Collection[int]) -> Sequence[Comment]:
    """Those of the comments that exist and on whose sites `actor` may do `action`, by id."""
    ids = [number for number in comment_ids if 0 < number <= MAX_ID]
    query = select(Comment).join(Comment.thread).options(contains_eager(Comment.thread))
    query = query.where(Comment.id.in_(ids), allowed_on(actor, Thread.site_id, action))
    return db.session.scalars(query.order_by(Comment.id)).all()


def decisions_of(batch: str, actor: Actor) -> Sequence[Decision]:
    """What was decided together and `actor` may decide about, as it is in the database now."""
    query = select(Decision).where(Decision.batch == batch, allowed_on(actor, Decision.site_id))
    return db.session.scalars(
        query.order_by(Decision.comment_id), execution_options={"populate_existing": True}
    ).all()


def latest_decisions(comment_ids: Collection[int]) -> dict[int, Decision]:
    """The last decision about each comment that was not undone, by the comment's id."""
    last = (
        select(func.max(Decision.id))
        .where(Decision.comment_id.in_(comment_ids), Decision.undone_at.is_(None))
        .group_by(Decision.comment_id)
    )
    decisions = db.session.scalars(select(Decision).where(Decision.id.in_(last)))
    return {decision.comment_id: decision for decision in decisions}


def allowed_on(
    actor: Actor, site_id: InstrumentedAttribute[int], action: Action = Action.DECIDE
) -> ColumnElement[bool]:
    """That the row of `site_id` is of a site where `actor` may do `action`."""
    allowed = actor.sites_for(action)
    return true() if allowed is None else site_id.in_(allowed)


def _ids(actor: Actor, selection: Selection, limit: int) -> Select[int]:
    """Ids in order, read off the queue's index one status at a time.

    A thread is asked about for each comment rather than joined: with a join SQLite began at the
    threads and sorted every comment there is (measured with 200,000 of them: 100 ms instead of 0.2).
    """
    allowed = [allowed_on(actor, Thread.site_id)]
    if selection.site_id is not None:
        allowed.append(Thread.site_id == selection.site_id)
    query = select(Comment.id, Comment.created_at).order_by(*_ordering(selection.order)).limit(limit)
    query = query.where(exists().where(Thread.id == Comment.thread_id, *allowed))
    start = _place_of(actor, selection.from_id)
    if start is not None:
        query = query.where(_not_before(start, selection.order))
    stretches = [
        query.where(Comment.status == status.value).subquery() for status in SHOWN_IN[selection.view]
    ]
    found = union_all(*[select(stretch) for stretch in stretches]).subquery()
    order = [
        column.asc() if selection.order is Order.OLDEST else column.desc()
        for column in (found.c.created_at, found.c.id)
    ]
    return select(found.c.id).order_by(*order).limit(limit)


def _with_context(query: Select[Comment]) -> Select[Comment]:
    """Load all that an item of the queue shows, in the same statement."""
    thread = joinedload(Comment.thread, innerjoin=True)
    return query.options(
        thread.joinedload(Thread.post, innerjoin=True),
        thread.joinedload(Thread.site, innerjoin=True),
        joinedload(Comment.parent),
        joinedload(Comment.reader),
    )


def _histories(comments: Sequence[Comment]) -> Mapping[int | None, History]:
    """By reader, without the comments that wait. Readers belong to one site, so their counts do too."""
    histories: defaultdict[int | None, History] = defaultdict(History)
    readers = {comment.reader_id for comment in comments if comment.reader_id is not None}
    held_back = Comment.status.in_([status.value for status in HELD_BACK])
    published = Comment.status == Status.PUBLISHED.value
    query = (
        select(Comment.reader_id, func.count().filter(published), func.count().filter(held_back))
        .where(Comment.reader_id.in_(readers))  # the reader alone: a status here leads SQLite astray
        .group_by(Comment.reader_id)
    )
    for reader_id, shown, refused in db.session.execute(query):
        histories[reader_id] = History(shown, refused)
    return histories


def _history_of(comment: Comment, histories: Mapping[int | None, History]) -> History | None:
    """The reader's history but for the comment itself."""
    if comment.reader_id is None:
        return None
    all_of_them = histories[comment.reader_id]
    return History(
        all_of_them.published - (comment.status == Status.PUBLISHED),
        all_of_them.held_back - (comment.status in HELD_BACK),
    )


def _place_of(actor: Actor, comment_id: int | None) -> tuple[datetime, int] | None:
    if comment_id is None:
        return None
    query = select(Comment).join(Comment.thread)
    query = query.where(Comment.id == comment_id, allowed_on(actor, Thread.site_id))
    comment = db.session.scalars(query).first()
    return (comment.created_at, comment.id) if comment else None


def _not_before(start: tuple[datetime, int], order: Order) -> ColumnElement[bool]:
    here = tuple_(Comment.created_at, Comment.id)
    bound = tuple_(literal(start[0], Comment.created_at.type), literal(start[1]))
    return here >= bound if order is Order.OLDEST else here <= bound


def _ordering(order: Order) -> tuple[ColumnElement[Any], ...]:
    columns = (Comment.created_at, Comment.id)
    return tuple(c.asc() if order is Order.OLDEST else c.desc() for c in columns)
