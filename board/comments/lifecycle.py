"""The one way a comment changes its status, with every counter that hangs on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select, update

from board.comments.events import CommentPublished, CommentUnpublished
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.events import publish
from board.threads.models import Thread


def change_status(comment: Comment, status: Status, *, now: datetime) -> None:
    """Give `comment` the `status` and keep the counters of its thread and root true.

    Counters change as SQL expressions, so that two decisions at once both count. Publishes
    CommentPublished or CommentUnpublished. Does nothing when the status is already that.
    """
    old = Status(comment.status)
    if old == status:
        return
    comment.status = status.value
    if status == Status.PUBLISHED and comment.published_at is None:
        comment.published_at = now
    db.session.flush()
    shown = (status == Status.PUBLISHED) - (old == Status.PUBLISHED)
    waiting = (status == Status.PENDING) - (old == Status.PENDING)
    count(comment, shown=shown, waiting=waiting)
    if shown > 0:
        publish(CommentPublished(comment, now))
    elif shown < 0:
        publish(CommentUnpublished(comment, now))


def count(comment: Comment, *, shown: int, waiting: int) -> None:
    """Add to the counters of the comment's thread and root. Readers see a change only when `shown`."""
    changes: dict[Any, Any] = {
        Thread.published_count: Thread.published_count + shown,
        Thread.pending_count: Thread.pending_count + waiting,
    }
    if shown:
        changes[Thread.revision] = Thread.revision + 1
        changes[Thread.last_comment_at] = _latest_in(comment.thread_id)
    db.session.execute(
        update(Thread)
        .where(Thread.id == comment.thread_id)
        .values(changes)
        .execution_options(synchronize_session=False)
    )
    if shown and comment.root_id is not None:
        db.session.execute(
            update(Comment)
            .where(Comment.id == comment.root_id)
            .values({Comment.live_replies: Comment.live_replies + shown})
            .execution_options(synchronize_session=False)
        )


def recount(thread_ids: Collection[int]) -> None:
    """Count the comments of those threads anew, after some went from one to another. Readers see a change.

    One statement. Whoever calls it holds the threads, or a comment that is sent meanwhile is not counted.
    """
    shown, waiting = (Comment.status == status.value for status in (Status.PUBLISHED, Status.PENDING))
    counted = (
        select(
            Thread.id,
            func.count(Comment.id).filter(shown).label("shown"),
            func.count(Comment.id).filter(waiting).label("waiting"),
            func.max(Comment.published_at).filter(shown).label("latest"),
        )
        .outerjoin(Comment, Comment.thread_id == Thread.id)
        .where(Thread.id.in_(thread_ids))
        .group_by(Thread.id)
        .subquery()
    )
    changes: dict[Any, Any] = {
        Thread.published_count: counted.c.shown,
        Thread.pending_count: counted.c.waiting,
        Thread.last_comment_at: counted.c.latest,
        Thread.revision: Thread.revision + 1,
    }
    counters = update(Thread).where(Thread.id == counted.c.id).values(changes)
    db.session.execute(counters, execution_options={"synchronize_session": False})


def touch(thread_id: int) -> None:
    """Say that something a reader of the thread can see has changed, as an edited text."""
    db.session.execute(
        update(Thread)
        .where(Thread.id == thread_id)
        .values({Thread.revision: Thread.revision + 1})
        .execution_options(synchronize_session=False)
    )


def _latest_in(thread_id: int) -> ScalarSelect[datetime | None]:
    return (
        select(func.max(Comment.published_at))
        .where(Comment.thread_id == thread_id, Comment.status == Status.PUBLISHED.value)
        .scalar_subquery()
    )
