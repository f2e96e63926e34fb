"""What became of an act, for whoever did it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from board.comments.models import Comment
from board.moderation.acts import ACTS, Act
from board.moderation.models import Decision
from board.moderation.queries import latest_decisions


@dataclass(frozen=True)
class Skipped:
    """A comment that was left as it is. `by`: the decision that came first, None if it was no decision."""

    comment: Comment
    by: Decision | None


@dataclass(frozen=True)
class Outcome:
    """What became of one act. `batch` names what can be undone together. `reworded`: comments that do not say
    any more what whoever decided had read; they were left alone."""

    batch: str
    act: Act
    decided: list[Comment] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    reworded: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Undone:
    """`restored` are as they were; `kept` were changed by somebody since. `taken_back`: answers of moderators
    that are not shown any more."""

    restored: list[Comment] = field(default_factory=list)
    kept: list[Skipped] = field(default_factory=list)
    taken_back: list[Comment] = field(default_factory=list)


def explained(comments: Collection[Comment], act: Act | None = None) -> list[Skipped]:
    """Each with the decision that made it what it is, if one did. act: what was wanted and fits no more."""
    ids = [comment.id for comment in comments]
    latest = latest_decisions(ids, of_status=act in ACTS) if ids else {}
    return [Skipped(comment, _maker_of(comment, latest.get(comment.id))) for comment in comments]


def _maker_of(comment: Comment, decision: Decision | None) -> Decision | None:
    made_it_so = decision is not None and decision.new_status == comment.status
    return decision if made_it_so else None
