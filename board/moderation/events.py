"""What others may want to know about a decision. Who listens is listed in `board/wiring.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from board.comments.models import Comment, Status


@dataclass(frozen=True)
class CommentsJudged:
    """A moderator gave comments another status, or took that back. `judged`: each, with its old status."""

    judged: Sequence[tuple[Comment, Status]]
    now: datetime
