"""What a moderator can do with a comment. Pure: the table that decisions and buttons both follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from board.comments.models import Status


class Act(StrEnum):
    """`restore` sends a comment back to the queue; it never publishes by itself."""

    PUBLISH = "publish"
    REJECT = "reject"
    SPAM = "spam"
    REMOVE = "remove"
    RESTORE = "restore"


@dataclass(frozen=True)
class Change:
    """From which statuses an act leads, and to which. `key` is pressed for it on the desk."""

    old: frozenset[Status]
    new: Status
    key: str


HELD_BACK = frozenset({Status.REJECTED, Status.SPAM, Status.REMOVED})
ACTS: dict[Act, Change] = {
    Act.PUBLISH: Change(frozenset({Status.PENDING}), Status.PUBLISHED, "a"),
    Act.REJECT: Change(frozenset({Status.PENDING}), Status.REJECTED, "r"),
    Act.SPAM: Change(frozenset({Status.PENDING}), Status.SPAM, "s"),
    Act.REMOVE: Change(frozenset({Status.PUBLISHED}), Status.REMOVED, "r"),
    Act.RESTORE: Change(HELD_BACK, Status.PENDING, "b"),
}


class View(StrEnum):
    """Which comments the desk shows."""

    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"


SHOWN_IN: dict[View, frozenset[Status]] = {
    View.PENDING: frozenset({Status.PENDING}),
    View.PUBLISHED: frozenset({Status.PUBLISHED}),
    View.HIDDEN: HELD_BACK,
}


def acts_in(view: View) -> tuple[Act, ...]:
    """The acts that fit the comments of a view, the usual one first."""
    return tuple(act for act, change in ACTS.items() if change.old & SHOWN_IN[view])
