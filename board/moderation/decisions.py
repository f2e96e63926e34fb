"""Deciding about comments: logged acts that can be taken back (undoing.py). Nothing here commits."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.events import publish
from board.foundation.permissions import Actor
from board.moderation.acts import Act, fits
from board.moderation.doing import Detail, Said, do
from board.moderation.events import CommentsJudged
from board.moderation.models import Decision
from board.moderation.outcomes import Outcome, explained
from board.moderation.reading import Marks, mark_of
from board.threads.models import Thread

UNDO_WINDOW = timedelta(hours=24)  # long enough for a second thought, too short to rewrite history


def decide(  # noqa: PLR0913  # who does what with which, when: and what they had read and wrote
    comments: Collection[Comment],
    act: Act,
    actor: Actor,
    *,
    now: datetime,
    said: Said | None = None,
    read: Marks | None = None,
    batch: str | None = None,
) -> Outcome:
    """Do `act` on each of `comments` and log it; skip those it no longer fits.

    comments: loaded through an access function, which authorises them. The rows are read again
    under lock, so of two moderators with the same comment before them exactly one decides.
    said: what goes with an act that takes words. read: what each was when the actor read it; a comment that
    is something else by now is left alone. batch: to be undone with others.
    """
    outcome, read = Outcome(batch or secrets.token_hex(16), act), read or {}
    passed_over: list[Comment] = []
    for comment in hold([comment.id for comment in comments]):
        if not still_fits(act, comment, read):
            passed_over.append(comment)
        elif says_something_else(comment, read):
            outcome.reworded.append(comment)
        else:
            outcome.decided.append(comment)
    do_and_log(outcome, said, actor, now)
    outcome.skipped.extend(explained(passed_over, act))
    return outcome


def still_fits(act: Act, comment: Comment, read: Marks) -> bool:
    """Whether nobody else has decided meanwhile, or not so that it matters."""
    mark = read.get(comment.id)
    is_as_read = mark is None or mark.status == comment.status
    return is_as_read and fits(act, comment, knowingly=mark is not None)


def says_something_else(comment: Comment, read: Marks) -> bool:
    mark = read.get(comment.id)
    return mark is not None and mark.words != mark_of(comment).words


def do_and_log(outcome: Outcome, said: Said | None, actor: Actor, now: datetime) -> None:
    """Do the outcome's act with what it decides about, and write each down. The comments are held."""
    comments = outcome.decided
    former = {comment.id: Status(comment.status) for comment in comments}
    details = do(outcome.act, comments, said, actor, now)
    write_down(outcome.act, comments, former, details, actor=actor, batch=outcome.batch, now=now)
    judged = [(one, former[one.id]) for one in comments if one.status != former[one.id]]
    if judged:
        publish(CommentsJudged(judged, now))


def write_down(  # noqa: PLR0913  # a line of the log has that many columns
    act: Act,
    comments: Collection[Comment],
    former: Mapping[int, Status],
    details: Mapping[int, Detail],
    *,
    actor: Actor,
    batch: str,
    now: datetime,
) -> None:
    """Log what was done. comments: with their threads, and their new status."""
    lines = [
        {
            "site_id": comment.thread.site_id,
            "comment_id": comment.id,
            "account_id": actor.account_id,
            "actor_name": actor.name,
            "act": act.value,
            "old_status": former[comment.id].value,
            "new_status": comment.status,
            "detail": details[comment.id],
            "batch": batch,
            "created_at": now,
        }
        for comment in comments
    ]
    if lines:
        db.session.execute(insert(Decision), lines)


def may_undo(decision: Decision, now: datetime) -> bool:
    return decision.undone_at is None and now - decision.created_at <= UNDO_WINDOW


def hold(comment_ids: Collection[int]) -> Sequence[Comment]:
    """Those comments as they are now, with their threads and sites, held until the transaction ends.

    Threads first, as a submission does, then comments, each by id: everybody who locks in this
    order waits for the others and never in a circle. SQLite has one writer and needs none of it.
    """
    threads = select(Comment.thread_id).where(Comment.id.in_(comment_ids))
    db.session.execute(
        select(Thread.id).where(Thread.id.in_(threads)).order_by(Thread.id).with_for_update()
    ).all()
    query = select(Comment).where(Comment.id.in_(comment_ids)).order_by(Comment.id).with_for_update()
    query = query.options(selectinload(Comment.thread).joinedload(Thread.site, innerjoin=True))
    query = query.execution_options(populate_existing=True)
    return db.session.scalars(query).all()
