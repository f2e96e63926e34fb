"""The judgement on arrival: small checks over plain values, each with a reason or none. Pure.

Every check speaks; the strictest verdict counts, and all reasons are kept for the moderator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

MAX_LINKS = 2  # WordPress holds comments with two links and more; a reflection may cite two sources
MIN_SECONDS = 3  # reported by script only; nobody reads a prompt and answers it sooner


class Verdict(IntEnum):
    """What becomes of a comment, mildest first."""

    PUBLISH = 0
    HOLD = 1
    SPAM = 2


@dataclass(frozen=True)
class Arrival:
    """What is known of a comment when it arrives.

    seconds_open: how long the form was open, where script told; None says nothing against anyone.
    """

    policy_publishes: bool
    link_count: int
    honeypot_filled: bool = False
    seconds_open: float | None = None
    repeated_elsewhere: bool = False
    was_published: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a check spoke. `code` is put into words for moderators; `data` fills them."""

    verdict: Verdict
    code: str
    data: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, **self.data}


Check = Callable[[Arrival], Reason | None]


def policy_holds(arrival: Arrival) -> Reason | None:
    return None if arrival.policy_publishes else Reason(Verdict.HOLD, "policy_holds", {})


def too_many_links(arrival: Arrival) -> Reason | None:
    if arrival.link_count <= MAX_LINKS:
        return None
    return Reason(Verdict.HOLD, "links", {"count": arrival.link_count})


def honeypot(arrival: Arrival) -> Reason | None:
    return Reason(Verdict.SPAM, "honeypot", {}) if arrival.honeypot_filled else None


def too_fast(arrival: Arrival) -> Reason | None:
    if arrival.seconds_open is None or arrival.seconds_open >= MIN_SECONDS:
        return None
    return Reason(Verdict.HOLD, "too_fast", {"seconds": round(arrival.seconds_open, 1)})


def repeated(arrival: Arrival) -> Reason | None:
    return Reason(Verdict.HOLD, "repeated", {}) if arrival.repeated_elsewhere else None


def edited_after_publication(arrival: Arrival) -> Reason | None:
    """An approved text was approved as it stood; another one in its place is judged anew."""
    if not arrival.was_published or arrival.policy_publishes:
        return None
    return Reason(Verdict.HOLD, "edited_after_publication", {})


CHECKS: tuple[Check, ...] = (
    policy_holds,
    too_many_links,
    honeypot,
    too_fast,
    repeated,
    edited_after_publication,
)
CODES = ("policy_holds", "links", "honeypot", "too_fast", "repeated", "edited_after_publication")


def judge(arrival: Arrival) -> tuple[Verdict, list[Reason]]:
    """The strictest verdict of all checks and every reason, in the order of the checks."""
    reasons = list(_reasons(arrival))
    return max((reason.verdict for reason in reasons), default=Verdict.PUBLISH), reasons


def _reasons(arrival: Arrival) -> Iterator[Reason]:
    for check in CHECKS:
        if reason := check(arrival):
            yield reason
