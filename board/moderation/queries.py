"""Finding comments and decisions for those who may decide about them, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, func, literal_column, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from board.comments.models import Comment
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor
from board.moderation.models import Decision
from board.readers.models import Reader
from board.sites.models import Site
from board.threads.models import Thread
from board.threads.queries import MAX_ID

IS_REPORTED = Comment.open_reports > literal_column("0")  # written out, or the index of these is not used


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


def reported_count(actor: Actor, site_id: int | None = None) -> int:
    """How many comments have reports that nobody answered. The thread is asked about for each of them:
    with a join SQLite began at the threads and looked at every comment there is."""
    allowed = [allowed_on(actor, Thread.site_id)]
    if site_id is not None:
        allowed.append(Thread.site_id == site_id)
    query = select(func.count(Comment.id)).where(
        IS_REPORTED, exists().where(Thread.id == Comment.thread_id, *allowed)
    )
    return int(db.session.scalars(query).one())


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


def thread_named(actor: Actor, thread_id: int) -> Thread:
    """A thread with its post, on a site where `actor` may decide. Raises NotFound."""
    query = select(Thread).where(Thread.id == thread_id, allowed_on(actor, Thread.site_id))
    thread = db.session.scalars(query.options(joinedload(Thread.post, innerjoin=True))).first()
    if thread is None:
        raise NotFound
    return thread


def reader_named(actor: Actor, reader_id: int) -> Reader:
    """A reader of a site where `actor` may decide. Raises NotFound."""
    query = select(Reader).where(Reader.id == reader_id, allowed_on(actor, Reader.site_id))
    reader = db.session.scalars(query).first()
    if reader is None:
        raise NotFound
    return reader


def decisions_of(batch: str, actor: Actor, *, after: int = 0, limit: int | None = None) -> Sequence[Decision]:
    """What was decided together and `actor` may decide about, by id, from behind the decision `after` on."""
    query = select(Decision).where(
        Decision.batch == batch, Decision.id > after, allowed_on(actor, Decision.site_id)
    )
    return db.session.scalars(query.order_by(Decision.id).limit(limit)).all()


def as_they_are(decision_ids: Collection[int]) -> Sequence[Decision]:
    """Those decisions as they are in the database now, by the comment's id."""
    query = select(Decision).where(Decision.id.in_(decision_ids)).order_by(Decision.comment_id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def latest_decisions(comment_ids: Collection[int], *, of_status: bool = False) -> dict[int, Decision]:
    """The last decision about each comment that was not undone, by the comment's id.

    of_status: the last that gave it another status, whatever else was done with it since.
    """
    last = (
        select(func.max(Decision.id))
        .where(Decision.comment_id.in_(comment_ids), Decision.undone_at.is_(None))
        .group_by(Decision.comment_id)
    )
    if of_status:
        last = last.where(Decision.old_status != Decision.new_status)
    decisions = db.session.scalars(select(Decision).where(Decision.id.in_(last)))
    return {decision.comment_id: decision for decision in decisions}


def allowed_on(
    actor: Actor, site_id: InstrumentedAttribute[int], action: Action = Action.DECIDE
) -> ColumnElement[bool]:
    """That the row of `site_id` is of a site where `actor` may do `action`."""
    allowed = actor.sites_for(action)
    return true() if allowed is None else site_id.in_(allowed)
