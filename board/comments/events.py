"""What others may want to know about a comment. Who listens is listed in `board/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.comments.models import Comment


@dataclass(frozen=True)
class CommentSubmitted:
    """A reader sent a comment. `email` is what they gave, or empty."""

    comment: Comment
    email: str
    wants_reply_notices: bool
    now: datetime


@dataclass(frozen=True)
class CommentPublished:
    """A comment can be seen by everybody: for the first time or again."""

    comment: Comment
    now: datetime


@dataclass(frozen=True)
class CommentUnpublished:
    """A comment that could be seen can be seen no longer."""

    comment: Comment
    now: datetime
