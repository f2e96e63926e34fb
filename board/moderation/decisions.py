"""Deciding about comments: logged acts that can be taken back. Nothing here commits."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.errors import BoardError, NotFound
from board.foundation.permissions import Actor
from board.moderation import queries
from board.moderation.acts import ACTS, Act
from board.moderation.models import Decision
from board.threads.models import Thread

UNDO_WINDOW = timedelta(hours=24)  # long enough for a second thought, too short to rewrite history


class UndoTooLate(BoardError):
    """The decision has stood for so long that it is taken back by a new one, not by undoing."""

    status = 409
    title = _l("This decision is too old to undo")
    words = _l("Decisions can be undone for a day. Find the comment in the queue and decide anew.")


@dataclass(frozen=True)
class Skipped:
    """A comment that was left as it is. `by`: the decision that came first, None if it was no decision."""

    comment: Comment
    by: Decision | None


@dataclass(frozen=True)
class Outcome:
    """What became of one act. `batch` names what can be undone together."""

    batch: str
    act: Act
    decided: list[Comment] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True)
class Undone:
    """`restored` have their old status again; `kept` were changed by somebody since."""

    restored: list[Comment] = field(default_factory=list)
    kept: list[Skipped] = field(default_factory=list)


def decide(comments: Collection[Comment], act: Act, actor: Actor, *, now: datetime) -> Outcome:
    """Do `act` on each of `comments` and log it; skip those it no longer fits.

    comments: loaded through an access function, which authorises them. The rows are read again
    under lock, so of two moderators with the same comment before them exactly one decides.
    """
    outcome = Outcome(secrets.token_hex(16), act)
    passed_over: list[Comment] = []
    for comment in hold([comment.id for comment in comments]):
        if comment.status in ACTS[act].old:
            _decide_one(comment, outcome, actor, now)
        else:
            passed_over.append(comment)
    outcome.skipped.extend(_explained(passed_over))
    return outcome


def undo(batch: str, actor: Actor, *, now: datetime) -> Undone:
    """Give the comments of `batch` their old status back, except where somebody changed them since.

    Undoing twice does nothing the second time. Only what `actor` may decide about is touched.
    Raises NotFound, UndoTooLate.
    """
    comment_ids = [decision.comment_id for decision in queries.decisions_of(batch, actor)]
    if not comment_ids:
        raise NotFound
    comments = {comment.id: comment for comment in hold(comment_ids)}
    decisions = queries.decisions_of(batch, actor)  # once more, now that nobody else can undo them
    if any(now - decision.created_at > UNDO_WINDOW for decision in decisions):
        raise UndoTooLate
    latest = queries.latest_decisions(comment_ids)
    result = Undone()
    kept: list[Comment] = []
    for decision in decisions:
        if decision.undone_at is not None:
            continue
        comment = comments[decision.comment_id]
        if comment.status == decision.new_status and latest[comment.id].id == decision.id:
            change_status(comment, Status(decision.old_status), now=now)
            decision.undone_at, decision.undone_by = now, actor.name
            result.restored.append(comment)
        else:
            kept.append(comment)
    result.kept.extend(_explained(kept))
    return result


def may_undo(decision: Decision, now: datetime) -> bool:
    return decision.undone_at is None and now - decision.created_at <= UNDO_WINDOW


def hold(comment_ids: Collection[int]) -> Sequence[Comment]:
    """Those comments as they are now, with their threads, held until the transaction ends.

    Threads first, as a submission does, then comments, each by id: everybody who locks in this
    order waits for the others and never in a circle. SQLite has one writer and needs none of it.
    """
    threads = select(Comment.thread_id).where(Comment.id.in_(comment_ids))
    db.session.execute(
        select(Thread.id).where(Thread.id.in_(threads)).order_by(Thread.id).with_for_update()
    ).all()
    query = select(Comment).where(Comment.id.in_(comment_ids)).order_by(Comment.id).with_for_update()
    query = query.options(selectinload(Comment.thread)).execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def _decide_one(comment: Comment, outcome: Outcome, actor: Actor, now: datetime) -> None:
    old, new = comment.status, ACTS[outcome.act].new
    decision = Decision(
        site_id=comment.thread.site_id,
        comment_id=comment.id,
        account_id=actor.account_id,
        actor_name=actor.name,
        act=outcome.act.value,
        old_status=old,
        new_status=new.value,
        batch=outcome.batch,
        created_at=now,
    )
    db.session.add(decision)
    change_status(comment, new, now=now)
    outcome.decided.append(comment)


def _explained(comments: Collection[Comment]) -> list[Skipped]:
    """Each with the decision that made it what it is, if one did."""
    latest = queries.latest_decisions([comment.id for comment in comments]) if comments else {}
    explained = []
    for comment in comments:
        decision = latest.get(comment.id)
        made_it_so = decision is not None and decision.new_status == comment.status
        explained.append(Skipped(comment, decision if made_it_so else None))
    return explained
