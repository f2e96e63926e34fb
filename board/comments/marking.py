"""Marking a comment for readers: the one that stands first, and those that are worth reading.

Whoever marks holds the comment's thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from board.comments.events import CommentHighlighted
from board.comments.lifecycle import touch
from board.comments.models import Comment
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.events import publish


class CannotBeMarked(BoardError):
    """Readers do not see the comment."""

    status = 409
    title = _l("This comment cannot be marked")
    words = _l("Only a comment that readers can see can be pinned or highlighted. Nothing was changed.")


class CannotBePinned(BoardError):
    """It is a reply."""

    status = 409
    title = _l("A reply cannot be pinned")
    words = _l("A reply stands below what it answers. Pin the comment at the top, or highlight the reply.")


def pin(comment: Comment, now: datetime) -> Sequence[int]:
    """Let `comment` stand first in its thread, in place of the one that did: the ids of what did.

    Raises CannotBeMarked, CannotBePinned.
    """
    _require_published(comment)
    if comment.depth > 0:
        raise CannotBePinned
    query = select(Comment).where(
        Comment.thread_id == comment.thread_id, Comment.pinned_at.is_not(None), Comment.id != comment.id
    )
    former = db.session.scalars(query).all()
    for other in former:
        other.pinned_at = None
    if comment.pinned_at is None:
        comment.pinned_at = now
        _changed(comment)
    return [other.id for other in former]


def unpin(comment: Comment, now: datetime) -> None:  # the four marks are called alike
    if comment.pinned_at is not None:
        comment.pinned_at = None
        _changed(comment)


def highlight(comment: Comment, now: datetime) -> None:
    """Mark `comment` as worth reading. Publishes CommentHighlighted. Raises CannotBeMarked."""
    _require_published(comment)
    if comment.highlighted_at is None:
        comment.highlighted_at = now
        _changed(comment)
        publish(CommentHighlighted(comment, now))


def unhighlight(comment: Comment, now: datetime) -> None:
    if comment.highlighted_at is not None:
        comment.highlighted_at = None
        _changed(comment)


def _require_published(comment: Comment) -> None:
    if not comment.is_published:
        raise CannotBeMarked


def _changed(comment: Comment) -> None:
    db.session.flush()
    touch(comment.thread_id)
