"""What others may want to know about a decision. Who listens is listed in `board/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.comments.models import Comment, Status


@dataclass(frozen=True)
class CommentJudged:
    """A moderator gave a comment another status, or took that back. The comment has the new one."""

    comment: Comment
    old: Status
    now: datetime
