"""What the templates of the desk need to speak of comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from board.comments.models import Status
from board.moderation.acts import SHOWN_IN, View
from board.moderation.narrowing import REASON_LABELS
from board.moderation.reading import as_sent
from board.moderation.reasons import reason_in_words
from board.moderation.report_forms import REASON_LABELS as REPORT_LABELS
from board.moderation.selection import Selection
from board.moderation.surroundings import MOST_COUNTED, Item
from board.moderation.wording import (
    STATUS_LABELS,
    VIEW_LABELS,
    choices_in,
    choices_on,
    decided_in_words,
    key_rows,
)
from board.text.differences import Piece, differences
from board.threads.wording import STATUS_ACTS
from board.threads.wording import STATUS_LABELS as STATUS_LABELS_OF_THREADS


@dataclass(frozen=True)
class Changes:
    """Two wordings of a comment. `is_news`: nobody has decided about it since the old one was replaced.
    `by_staff`: a moderator replaced it."""

    old: Sequence[Piece]
    new: Sequence[Piece]
    is_news: bool
    by_staff: bool


def queue_words(selection: Selection) -> dict[str, Any]:
    """For moderation/queue.html."""
    return {
        "choices": choices_in(selection.view),
        "view_labels": VIEW_LABELS,
        "statuses": statuses_in(selection.view),
        "reason_labels": REASON_LABELS,
        "keys": key_rows(),
        "thread_labels": STATUS_LABELS_OF_THREADS,
        "thread_acts": STATUS_ACTS,
        **item_words(),
    }


def item_words() -> dict[str, Any]:
    """For moderation/_item.html and _comment.html."""
    return {
        "choices_on": choices_on,
        "status_labels": STATUS_LABELS,
        "report_labels": REPORT_LABELS,
        "in_words": reason_in_words,
        "changes_of": changes_of,
        "decided_in_words": decided_in_words,
        "as_sent": as_sent,
        "most_counted": MOST_COUNTED,
    }


def statuses_in(view: View) -> dict[Status, str]:
    """What a view can be narrowed to, with its name; nothing where there is no choice."""
    shown = SHOWN_IN[view]
    return {status: str(STATUS_LABELS[status]) for status in shown} if len(shown) > 1 else {}


def changes_of(item: Item) -> Changes | None:
    """What was changed since somebody decided about the comment; if nothing was, since it was written."""
    if not item.former:
        return None
    decided_at = item.decision.created_at if item.decision else None
    newer = [one for one in item.former if decided_at is None or one.replaced_at > decided_at]
    base = (newer or item.former)[0]
    old, new = differences(base.source, item.comment.source)
    return Changes(old, new, bool(newer), item.comment.staff_edited_at is not None)
