"""Writing down what readers may want to hear of, in the transaction in which it happens.

One row, however many want to hear: a worker finds out who does (spreading.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from board.comments.events import CommentHighlighted, CommentReturned, CommentsPublished
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.upserts import insert
from board.moderation.events import CommentsJudged
from board.subscriptions.models import News, Occasion
from board.threads.events import ThreadOpened
from board.threads.models import Post

Row = dict[str, Any]
OLD = timedelta(days=7)  # what is older is no news when it is published with others, or asked in a post


def on_published(event: CommentsPublished) -> None:
    are_many = len(event.comments) > 1
    _keep(
        [
            _of_comment(
                Occasion.COMMENT, one, event.now, hushed=_why_no_news(one, event.now, are_many=are_many)
            )
            for one in event.comments
        ]
    )


def _why_no_news(comment: Comment, now: datetime, *, are_many: bool) -> str:
    """Old comments that are published together are no news, nor is one that was shown long ago before."""
    if comment.published_at is not None and now - comment.published_at > OLD:
        return "shown_again"
    return "old_together" if are_many and now - comment.created_at > OLD else ""


def on_judged(event: CommentsJudged) -> None:
    """Tell writers that their comment was published or removed; of what is spam nobody hears."""
    moves = {
        (Status.PENDING, Status.PUBLISHED): Occasion.APPROVED,
        (Status.PUBLISHED, Status.REMOVED): Occasion.REMOVED,
    }
    judged = [(moves.get((old, Status(comment.status))), comment) for comment, old in event.judged]
    rows = [_of_comment(occasion, one, event.now) for occasion, one in judged if occasion and one.reader_id]
    _keep(rows)


def on_returned(event: CommentReturned) -> None:
    moment = event.comment.returned_at or event.now
    _keep([_of_comment(Occasion.RETURNED, event.comment, event.now, turn=moment.isoformat())])


def on_highlighted(event: CommentHighlighted) -> None:
    _keep([_of_comment(Occasion.HIGHLIGHTED, event.comment, event.now)])


def on_opened(event: ThreadOpened) -> None:
    """A prompt is news while its post is: not from an archive, nor where nobody knows how old it is."""
    thread = event.thread
    post = db.session.get_one(Post, thread.post_id)
    is_fresh = post.published_at is not None and event.now - post.published_at <= OLD
    hushed = "archive" if event.is_archive else "" if is_fresh else "old_post"
    _keep(
        [
            _row(
                f"{Occasion.PROMPT.value}:{_name(thread.id, thread.created_at)}",
                thread.id,
                event.now,
                hushed=hushed,
            )
        ]
    )


def _of_comment(
    occasion: Occasion, comment: Comment, now: datetime, *, hushed: str = "", turn: str = ""
) -> Row:
    """turn: tells several of one kind apart, where each is news."""
    event = ":".join(filter(None, (occasion.value, _name(comment.id, comment.created_at), turn)))
    return _row(event, comment.thread_id, now, comment_id=comment.id, hushed=hushed)


def _name(number: int, created_at: datetime) -> str:
    """Tells a row from a later one with the same number: SQLite gives numbers of deleted rows again."""
    return f"{number}.{int(created_at.timestamp())}"


def _row(event: str, thread_id: int, now: datetime, *, comment_id: int | None = None, hushed: str) -> Row:
    delay = timedelta(seconds=current_app.config["BOARD"].notice_delay_seconds)
    return {
        "event": event,
        "occasion": event.partition(":")[0],
        "thread_id": thread_id,
        "comment_id": comment_id,
        "hushed": hushed,
        "happened_at": now,
        "due_at": now + delay,
        "reached": 0,
        "spread_at": None,
    }


def _keep(rows: list[Row]) -> None:
    """What happens again under the same name is spread again; who was told of it is not told twice."""
    if not rows:
        return
    statement = insert(News).values(rows)
    anew = ("hushed", "happened_at", "due_at", "reached", "spread_at")
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[News.event], set_={name: statement.excluded[name] for name in anew}
        )
    )
