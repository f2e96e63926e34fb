"""The one way a comment changes its status, with every counter that hangs on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select, update

from board.comments.events import CommentsPublished
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.events import publish
from board.threads.models import Thread


def change_status(comment: Comment, status: Status, *, now: datetime) -> None:
    """Give `comment` the `status` and keep the counters of its thread and root true.

    Publishes CommentsPublished. Does nothing when the status is already that.
    """
    change_statuses([comment], status, now=now)


def change_statuses(comments: Collection[Comment], status: Status, *, now: datetime) -> None:
    """The same for several, with one statement for each thread and root however many hang on it.

    Counters change as SQL expressions, so that two decisions at once both count. comments: their threads are
    held, the lower ids first.
    """
    former = [(comment, Status(comment.status)) for comment in comments if comment.status != status]
    for comment, _ in former:
        comment.status = status.value
        if status == Status.PUBLISHED and comment.published_at is None:
            comment.published_at = now
    db.session.flush()
    changes = [
        (
            comment,
            (status == Status.PUBLISHED) - (old == Status.PUBLISHED),
            (status == Status.PENDING) - (old == Status.PENDING),
        )
        for comment, old in former
    ]
    _count_all(changes)
    published = [comment for comment, shown, _ in changes if shown > 0]
    if published:
        publish(CommentsPublished(published, now))


def count(comment: Comment, *, shown: int, waiting: int) -> None:
    """Add to the counters of the comment's thread and root. Readers see a change only when `shown`."""
    _count_all([(comment, shown, waiting)])


def _count_all(changes: Collection[tuple[Comment, int, int]]) -> None:
    """changes: comments, with what each adds to what is shown and to what waits."""
    threads: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    roots: Counter[int] = Counter()
    for comment, shown, waiting in changes:
        threads[comment.thread_id].append((shown, waiting))
        if comment.root_id is not None and shown:
            roots[comment.root_id] += shown
    for thread_id, added in sorted(threads.items()):
        _count_in_thread(thread_id, added)
    for root_id, replies in sorted(roots.items()):
        root = update(Comment).where(Comment.id == root_id)
        root = root.values({Comment.live_replies: Comment.live_replies + replies})
        db.session.execute(root, execution_options={"synchronize_session": False})


def _count_in_thread(thread_id: int, added: Sequence[tuple[int, int]]) -> None:
    changes: dict[Any, Any] = {
        Thread.published_count: Thread.published_count + sum(shown for shown, _ in added),
        Thread.pending_count: Thread.pending_count + sum(waiting for _, waiting in added),
    }
    if any(shown for shown, _ in added):
        changes[Thread.revision] = Thread.revision + 1
        changes[Thread.last_comment_at] = _latest_in(thread_id)
    counters = update(Thread).where(Thread.id == thread_id).values(changes)
    db.session.execute(counters, execution_options={"synchronize_session": False})


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
