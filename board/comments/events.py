"""What others may want to know about a comment. Who listens is listed in `board/wiring.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from board.comments.models import Comment
from board.foundation.networks import Sender


@dataclass(frozen=True)
class CommentSubmitted:
    """A reader sent a comment. `email` is what they gave, or empty."""

    comment: Comment
    email: str
    wants_reply_notices: bool
    now: datetime
    sender: Sender | None = None


@dataclass(frozen=True)
class CommentEdited:
    """Its writer replaced the words of a comment, and they were judged anew."""

    comment: Comment
    now: datetime
    sender: Sender | None = None


@dataclass(frozen=True)
class CommentsPublished:
    """Comments can be seen by everybody: for the first time or again, together."""

    comments: Sequence[Comment]
    now: datetime


@dataclass(frozen=True)
class CommentReturned:
    """A moderator sent a comment back to its writer, with a note."""

    comment: Comment
    now: datetime


@dataclass(frozen=True)
class CommentHighlighted:
    """A moderator marked a comment as worth reading."""

    comment: Comment
    now: datetime


@dataclass(frozen=True)
class CommentWithdrawn:
    """Its writer took a comment back, whatever had become of it."""

    comment: Comment
    now: datetime
