"""What a comment was when somebody read it: a decision is about that and nothing else. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from board.comments.models import Comment

DIGEST_CHARS = 16
MARK = re.compile(r"(?P<id>[0-9]{1,18}):(?P<status>[a-z]{1,20}):(?P<words>[0-9a-f]{16})")


@dataclass(frozen=True)
class Mark:
    """The status that a comment had, and a digest of its name and words."""

    status: str
    words: str


Marks = dict[int, Mark]


def mark_of(comment: Comment) -> Mark:
    words = f"{comment.author_name}\x00{comment.source}"
    return Mark(comment.status, hashlib.sha256(words.encode()).hexdigest()[:DIGEST_CHARS])


def marks_of(comments: Iterable[Comment]) -> Marks:
    return {comment.id: mark_of(comment) for comment in comments}


def as_sent(comment: Comment) -> str:
    """As a page writes it, and sends it back: 12:pending:0123456789abcdef."""
    mark = mark_of(comment)
    return f"{comment.id}:{mark.status}:{mark.words}"


def marks_from(sent: Iterable[str]) -> Marks:
    """By the comment's id. What no page of ours sends counts as nothing."""
    found = [match for match in map(MARK.fullmatch, sent) if match]
    return {int(match["id"]): Mark(match["status"], match["words"]) for match in found}
