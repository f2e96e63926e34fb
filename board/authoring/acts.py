"""What an author can do with a draft. Pure: the table that decisions and buttons both follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from board.threads.models import DraftState


class Act(StrEnum):
    """`take_back` lets a decided draft wait again."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    TAKE_BACK = "take_back"


@dataclass(frozen=True)
class Change:
    """From which states an act leads. `key` is pressed for it on the desk."""

    old: frozenset[DraftState]
    key: str


ACTS: dict[Act, Change] = {
    Act.ACCEPT: Change(frozenset({DraftState.WAITING, DraftState.DISMISSED}), "a"),
    Act.DISMISS: Change(frozenset({DraftState.WAITING}), "r"),
    Act.TAKE_BACK: Change(frozenset({DraftState.ACCEPTED, DraftState.DISMISSED}), "b"),
}


class View(StrEnum):
    """Which drafts the page shows."""

    WAITING = "waiting"
    OPENED = "opened"
    DISMISSED = "dismissed"


SHOWN_IN: dict[View, DraftState] = {
    View.WAITING: DraftState.WAITING,
    View.OPENED: DraftState.ACCEPTED,
    View.DISMISSED: DraftState.DISMISSED,
}


def acts_on(state: str) -> tuple[Act, ...]:
    """The acts that fit a draft in that state, the usual one first."""
    return tuple(act for act, change in ACTS.items() if state in change.old)
