"""Which comments a selection holds, in order, a page at a time: by key, never by counting from the start.

Two ways lead to them. Where few are meant (one thread, one reader, some words), those are looked up and
sorted. Where a status or a site is meant, ids are read off the queue's index one status at a time, until
the page is full. Everything is limited to the sites on which the asking person may decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from board.comments.models import Comment, Status
from board.comments.searching import ids_with, terms_of
from board.comments.tree import Order
from board.extensions import db
from board.foundation.permissions import Actor
from board.moderation.acts import View
from board.moderation.queries import IS_REPORTED, allowed_on
from board.moderation.selection import Selection
from board.threads.models import Thread

Place = tuple[datetime, int]


def ids_from(actor: Actor, selection: Selection, start: Place | None, limit: int) -> Sequence[int]:
    """The first `limit` ids from a place on, which belongs to them; None: from the beginning."""
    found = _in_order(actor, selection, selection.order, limit, _from(start, selection.order))
    return [row.id for row in db.session.execute(found)]


def ids_before(actor: Actor, selection: Selection, start: Place, limit: int) -> Sequence[int]:
    """The last `limit` ids before a place, the nearest first."""
    order = Order.NEWEST if selection.order is Order.OLDEST else Order.OLDEST
    found = _in_order(actor, selection, order, limit, _behind(start, order))
    return [row.id for row in db.session.execute(found)]


def places_behind(
    actor: Actor, selection: Selection, start: Place | None, limit: int, *, until: datetime
) -> Sequence[Place]:
    """The next `limit` places behind one, of comments that arrived and were last changed before `until`."""
    bounds = [Comment.created_at <= until, or_(Comment.edited_at.is_(None), Comment.edited_at <= until)]
    if start is not None:
        bounds.append(_behind(start, selection.order))
    found = _in_order(actor, selection, selection.order, limit, *bounds)
    return [(row.created_at, row.id) for row in db.session.execute(found)]


def count(
    actor: Actor, selection: Selection, *, since: datetime | None = None, most: int | None = None
) -> int:
    """How many comments a selection holds, all of them looked at, or `most`. since: arrived after that."""
    bounds = [] if since is None else [Comment.created_at > since]
    stretches = [stretch.limit(most) for stretch in _stretches(actor, selection, *bounds)]
    found = union_all(*[select(stretch.subquery()) for stretch in stretches]).subquery()
    return int(db.session.scalar(select(func.count()).select_from(found)) or 0)


def place_of(actor: Actor, comment_id: int | None) -> Place | None:
    """Where a comment stands, even if it was decided about meanwhile. None: nowhere."""
    if comment_id is None:
        return None
    query = select(Comment.created_at, Comment.id).join(Comment.thread)
    query = query.where(Comment.id == comment_id, allowed_on(actor, Thread.site_id))
    row = db.session.execute(query).first()
    return (row.created_at, row.id) if row else None


def ordering(order: Order, columns: Sequence[Any] = (Comment.created_at, Comment.id)) -> tuple[Any, ...]:
    return tuple(column.asc() if order is Order.OLDEST else column.desc() for column in columns)


def _in_order(
    actor: Actor, selection: Selection, order: Order, limit: int, *bounds: ColumnElement[bool]
) -> Select[datetime, int]:
    stretches = _stretches(actor, selection, *bounds)
    ordered = [stretch.order_by(*ordering(order)).limit(limit) for stretch in stretches]
    if len(ordered) == 1:
        return ordered[0]
    found = union_all(*[select(stretch.subquery()) for stretch in ordered]).subquery()
    columns = (found.c.created_at, found.c.id)
    return select(*columns).order_by(*ordering(order, columns)).limit(limit)


def _stretches(
    actor: Actor, selection: Selection, *bounds: ColumnElement[bool]
) -> list[Select[datetime, int]]:
    """One query for each stretch of an index.

    A thread is asked about for each comment rather than joined: with a join SQLite began at the
    threads and sorted every comment there is (measured with 200,000 of them: 100 ms instead of 0.2).
    Where an index on something else than the status is to be used, the status is hidden from the planner.
    """
    query = select(Comment.created_at, Comment.id).where(*_conditions(actor, selection), *bounds)
    statuses = [status.value for status in selection.statuses]
    if selection.is_narrow or selection.view is View.REPORTED:
        is_meant = func.coalesce(Comment.status, "").in_(statuses)
        return [query if len(statuses) == len(Status) else query.where(is_meant)]
    return [query.where(Comment.status == status) for status in statuses]


def _conditions(actor: Actor, selection: Selection) -> list[ColumnElement[bool]]:
    allowed = [allowed_on(actor, Thread.site_id)]
    if selection.site_id is not None:
        allowed.append(Thread.site_id == selection.site_id)
    conditions: list[ColumnElement[bool]] = [exists().where(Thread.id == Comment.thread_id, *allowed)]
    if selection.view is View.REPORTED:
        conditions.append(IS_REPORTED)
    equal = {Comment.thread_id: selection.thread_id, Comment.reader_id: selection.reader_id}
    conditions += [column == value for column, value in equal.items() if value is not None]
    if selection.name is not None:
        conditions.append(Comment.author_name == selection.name)
    if selection.near_id is not None:
        conditions.append(Comment.network == _network_of(actor, selection.near_id))
    if selection.reason is not None:
        conditions.append(
            cast(Comment.reasons, Text).contains(f'"code": "{selection.reason}"', autoescape=True)
        )
    if selection.words is not None:
        conditions.append(Comment.id.in_(ids_with(terms_of(selection.words))))
    return conditions


def _network_of(actor: Actor, comment_id: int) -> Any:
    query = select(Comment.network).join(Comment.thread)
    return query.where(Comment.id == comment_id, allowed_on(actor, Thread.site_id)).scalar_subquery()


def _from(start: Place | None, order: Order) -> Any:
    if start is None:
        return literal(True)
    return _here() >= _bound(start) if order is Order.OLDEST else _here() <= _bound(start)


def _behind(start: Place, order: Order) -> Any:
    return _here() > _bound(start) if order is Order.OLDEST else _here() < _bound(start)


def _here() -> Any:
    return tuple_(Comment.created_at, Comment.id)


def _bound(place: Place) -> Any:
    return tuple_(literal(place[0], Comment.created_at.type), literal(place[1]))
