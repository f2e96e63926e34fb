"""A page of the desk: comments with all that somebody needs who decides about them.

A fixed number of statements, whatever the number of comments on the page, in the queue or on the board.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, literal, select
from sqlalchemy.orm import aliased, joinedload

from board.comments.models import Comment, CommentVersion, Status
from board.comments.versions import versions_of
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.moderation.acts import HELD_BACK
from board.moderation.answering import open_reports
from board.moderation.matching import ids_before, ids_from, ordering, place_of
from board.moderation.models import Decision, Report
from board.moderation.queries import allowed_on, latest_decisions
from board.moderation.selection import Selection
from board.threads.models import Thread

ITEMS_PER_PAGE = 30
MOST_COUNTED = 100  # of somebody's other comments: nobody asks whether it were 100 or 1,000
OTHER, ITS_THREAD, OTHERS_THREAD = aliased(Comment), aliased(Thread), aliased(Thread)


@dataclass(frozen=True)
class History:
    """What became of a writer's other comments on the same site, each up to MOST_COUNTED.

    Those of a known reader; of a guest, of whom nothing else is known, those under the same name. `nearby`:
    how many came from the same network on the same day.
    """

    published: int = 0
    held_back: int = 0
    nearby: int = 0


@dataclass(frozen=True)
class Item:
    """A comment to decide about. `history`: None for staff. `reports`: the open ones. `former`: the words it
    had, oldest first. `decision`: the last one that stands."""

    comment: Comment
    history: History | None
    reports: Sequence[Report] = ()
    former: Sequence[CommentVersion] = ()
    decision: Decision | None = None


def queue_page(actor: Actor, selection: Selection, *, limit: int = ITEMS_PER_PAGE) -> Page[Item]:
    """One page of the desk. Begins with the place of `from_id`, even if that was decided meanwhile."""
    start = place_of(actor, selection.from_id)
    ids = ids_from(actor, selection, start, limit + 1)
    before = ids_before(actor, selection, start, limit) if start is not None else []
    query = _with_context().where(Comment.id.in_(ids[:limit]))
    comments = db.session.scalars(query.order_by(*ordering(selection.order))).all()
    following = ids[limit] if len(ids) > limit else None
    return Page(_items(comments), following, before[-1] if before else None)


def item_for(action: Action, actor: Actor, comment_id: int) -> Item:
    """One comment as the desk shows it. Raises NotFound."""
    query = _with_context().join(Thread, Thread.id == Comment.thread_id)
    query = query.where(Comment.id == comment_id, allowed_on(actor, Thread.site_id, action))
    comments = db.session.scalars(query).all()
    if not comments:
        raise NotFound
    return _items(comments)[0]


def _items(comments: Sequence[Comment]) -> list[Item]:
    ids = [comment.id for comment in comments]
    histories = _histories(ids)
    reports = open_reports([comment.id for comment in comments if comment.open_reports])
    former = versions_of([comment.id for comment in comments if comment.words_changed_at])
    decisions = latest_decisions(ids)
    return [
        Item(
            comment,
            None if comment.is_staff else histories[comment.id],
            reports.get(comment.id, ()),
            former.get(comment.id, ()),
            decisions.get(comment.id),
        )
        for comment in comments
    ]


def _with_context() -> Select[Comment]:
    """Load all that an item of the queue shows, in the same statement."""
    thread = joinedload(Comment.thread, innerjoin=True)
    return select(Comment).options(
        thread.joinedload(Thread.post, innerjoin=True),
        thread.joinedload(Thread.site, innerjoin=True),
        joinedload(Comment.parent),
        joinedload(Comment.reader),
    )


def _histories(comment_ids: Collection[int]) -> Mapping[int, History]:
    """By comment, the comment itself left out. One statement, which stops counting at MOST_COUNTED."""
    published = _status_of_other() == Status.PUBLISHED.value
    held_back = _status_of_other().in_([status.value for status in HELD_BACK])
    query = (
        select(Comment.id, _by_writer(published), _by_writer(held_back), _number(*_same_network()))
        .join(ITS_THREAD, ITS_THREAD.id == Comment.thread_id)
        .where(Comment.id.in_(comment_ids))
    )
    return {comment_id: History(*numbers) for comment_id, *numbers in db.session.execute(query)}


def _by_writer(which: ColumnElement[bool]) -> ColumnElement[int]:
    """How many of the writer's other comments are so."""
    known = OTHER.reader_id == Comment.reader_id
    namesake = and_(
        OTHER.author_name == Comment.author_name,
        OTHER.reader_id.is_(None),
        OTHER.account_id.is_(None),
        _on_same_site(),
    )
    return case((Comment.reader_id.is_not(None), _number(known, which)), else_=_number(namesake, which))


def _same_network() -> tuple[ColumnElement[bool], ...]:
    """The digest of a network is another one each day, and staff have none."""
    return OTHER.network == Comment.network, OTHER.account_id.is_(None), _on_same_site()


def _on_same_site() -> ColumnElement[bool]:
    there = exists().where(OTHERS_THREAD.id == OTHER.thread_id, OTHERS_THREAD.site_id == ITS_THREAD.site_id)
    return there.correlate(OTHER, ITS_THREAD)


def _number(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    some = select(literal(1)).where(*conditions, OTHER.id != Comment.id).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.correlate(Comment, ITS_THREAD).subquery()).scalar_subquery()


def _status_of_other() -> ColumnElement[str]:
    """Hidden from the planner, which would rather read off all comments of a status."""
    return func.coalesce(OTHER.status, "")
