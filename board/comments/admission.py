"""The judgement on arrival: small checks over plain values, each with a reason or none. Pure.

Every check speaks; the strictest verdict counts, and all reasons are kept for the moderator. Nobody who is
signed in as staff is judged. A trusted reader is spared what the site's policy and Akismet would say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from board.comments.models import BlockKind, BlockVerdict
from board.sites.models import Policy
from board.text import MAX_SOURCE_CHARS

MAX_LINKS = 2  # WordPress holds comments with two links and more; a reflection may cite two sources
MIN_LETTERS_BESIDE_LINKS = 20  # "Look at this:" is no reflection
MIN_SECONDS = 3  # reported by script only; nobody reads a prompt and answers it sooner
SENT_OFTEN = 3  # the same words so often within a day are sent by a program
MOST_NAMED = 3  # of the blocked words that it says; a moderator needs no fourth
ASKS_AKISMET = "akismet_pending"


class Verdict(IntEnum):
    """What becomes of a comment, mildest first. refuse: it is not stored, and its writer is told."""

    PUBLISH = 0
    HOLD = 1
    SPAM = 2
    REFUSE = 3


OF_BLOCK = {
    BlockVerdict.HOLD: Verdict.HOLD,
    BlockVerdict.SPAM: Verdict.SPAM,
    BlockVerdict.REFUSE: Verdict.REFUSE,
}


@dataclass(frozen=True)
class Hit:
    """A block that a comment meets. value: in the normal form of its kind."""

    kind: BlockKind
    value: str
    verdict: BlockVerdict


@dataclass(frozen=True)
class Arrival:
    """What is known of a comment when it arrives.

    letters_beside_links: letters and digits that are not part of a link. seconds_open: how long the form was
    open, where script told; None says nothing against anyone. times_sent: the same words before, within a
    day. approved: comments of a confirmed address that were published and that the writer showed to be
    theirs. address_unproven: the address is a known reader's, and nothing shows that it is the writer's.
    was_published, was_admitted: of a comment that is edited: readers see it, and no moderator was needed
    for that. imitates: whose name theirs passes for.
    """

    policy: Policy = Policy.HOLD
    approvals_needed: int = 1
    accepts_comments: bool = True
    by_staff: bool = False
    char_count: int = 1
    link_count: int = 0
    letters_beside_links: int = MIN_LETTERS_BESIDE_LINKS
    blocks: tuple[Hit, ...] = ()
    honeypot_filled: bool = False
    seconds_open: float | None = None
    times_sent: int = 0
    imitates: str = ""
    approved: int = 0
    trusted: bool = False
    address_unproven: bool = False
    was_published: bool = False
    was_admitted: bool = False
    asks_akismet: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a check spoke. `code` is put into words for moderators; `data` fills them."""

    verdict: Verdict
    code: str
    data: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, **self.data}


Check = Callable[[Arrival], Reason | None]


def closed(arrival: Arrival) -> Reason | None:
    return None if arrival.accepts_comments else Reason(Verdict.REFUSE, "closed", {})


def length(arrival: Arrival) -> Reason | None:
    if 0 < arrival.char_count <= MAX_SOURCE_CHARS:
        return None
    return Reason(
        Verdict.REFUSE, "too_long" if arrival.char_count else "empty", {"count": arrival.char_count}
    )


def blocked_network(arrival: Arrival) -> Reason | None:
    return _blocked(arrival, BlockKind.NETWORK)


def blocked_address(arrival: Arrival) -> Reason | None:
    return _blocked(arrival, BlockKind.ADDRESS)


def blocked_host(arrival: Arrival) -> Reason | None:
    return _blocked(arrival, BlockKind.HOST)


def blocked_word(arrival: Arrival) -> Reason | None:
    return _blocked(arrival, BlockKind.WORD)


def honeypot(arrival: Arrival) -> Reason | None:
    return Reason(Verdict.SPAM, "honeypot", {}) if arrival.honeypot_filled else None


def too_fast(arrival: Arrival) -> Reason | None:
    """The form's age. That it is not too old, its token has shown."""
    if arrival.seconds_open is None or arrival.seconds_open >= MIN_SECONDS:
        return None
    return Reason(Verdict.HOLD, "too_fast", {"seconds": round(arrival.seconds_open, 1)})


def repeated(arrival: Arrival) -> Reason | None:
    if arrival.times_sent >= SENT_OFTEN:
        return Reason(Verdict.SPAM, "repeated_often", {"count": arrival.times_sent})
    return Reason(Verdict.HOLD, "repeated", {}) if arrival.times_sent else None


def too_many_links(arrival: Arrival) -> Reason | None:
    if arrival.link_count <= MAX_LINKS:
        return None
    return Reason(Verdict.HOLD, "links", {"count": arrival.link_count})


def hardly_more_than_links(arrival: Arrival) -> Reason | None:
    if not arrival.link_count or arrival.letters_beside_links >= MIN_LETTERS_BESIDE_LINKS:
        return None
    return Reason(Verdict.HOLD, "only_links", {})


def lookalike(arrival: Arrival) -> Reason | None:
    if not arrival.imitates:
        return None
    return Reason(Verdict.HOLD, "lookalike", {"name": arrival.imitates})


def policy(arrival: Arrival) -> Reason | None:
    """hold_first asks for approved comments of a confirmed address; what an edit takes along, it has."""
    if arrival.trusted or arrival.policy is Policy.PUBLISH:
        return None
    if arrival.policy is Policy.HOLD:
        return Reason(Verdict.HOLD, "policy_holds", {})
    if arrival.approved >= arrival.approvals_needed or arrival.was_admitted:
        return None
    return Reason(
        Verdict.HOLD, "first_comments", {"count": arrival.approved, "needed": arrival.approvals_needed}
    )


def unproven_address(arrival: Arrival) -> Reason | None:
    """Said beside the policy's reason, lest a moderator takes the known reader's history for the writer's."""
    if not arrival.address_unproven or arrival.policy is Policy.PUBLISH:
        return None
    return Reason(Verdict.HOLD, "unproven_address", {})


def edited_after_publication(arrival: Arrival) -> Reason | None:
    """An approved text was approved as it stood; another one in its place is judged anew."""
    is_known = arrival.was_admitted and arrival.policy is Policy.HOLD_FIRST
    if not arrival.was_published or is_known or arrival.trusted or arrival.policy is Policy.PUBLISH:
        return None
    return Reason(Verdict.HOLD, "edited_after_publication", {})


def akismet(arrival: Arrival) -> Reason | None:
    """It waits until the answer is there."""
    if not arrival.asks_akismet or arrival.trusted:
        return None
    return Reason(Verdict.HOLD, ASKS_AKISMET, {})


CHECKS: tuple[Check, ...] = (
    closed,
    length,
    blocked_network,
    blocked_address,
    blocked_host,
    blocked_word,
    honeypot,
    too_fast,
    repeated,
    too_many_links,
    hardly_more_than_links,
    lookalike,
    policy,
    unproven_address,
    edited_after_publication,
    akismet,
)
FOR_STAFF: tuple[Check, ...] = (closed, length)
CODES = (
    "closed",
    "too_long",
    "empty",
    "blocked_network",
    "blocked_address",
    "blocked_host",
    "blocked_word",
    "honeypot",
    "too_fast",
    "repeated_often",
    "repeated",
    "links",
    "only_links",
    "lookalike",
    "policy_holds",
    "first_comments",
    "unproven_address",
    "edited_after_publication",
    ASKS_AKISMET,
)


def judge(arrival: Arrival) -> tuple[Verdict, list[Reason]]:
    """The strictest verdict of all checks and every reason, in the order of the checks.

    Akismet is not asked about what is spam or refused already.
    """
    reasons = list(_reasons(arrival))
    verdict = max((reason.verdict for reason in reasons), default=Verdict.PUBLISH)
    if verdict > Verdict.HOLD:
        reasons = [reason for reason in reasons if reason.code != ASKS_AKISMET]
    return verdict, reasons


def checks_for(arrival: Arrival) -> tuple[Check, ...]:
    return FOR_STAFF if arrival.by_staff else CHECKS


def _reasons(arrival: Arrival) -> Iterator[Reason]:
    for check in checks_for(arrival):
        if reason := check(arrival):
            yield reason


def _blocked(arrival: Arrival, kind: BlockKind) -> Reason | None:
    hits = [hit for hit in arrival.blocks if hit.kind is kind]
    if not hits:
        return None
    named = {} if kind is BlockKind.NETWORK else {"values": [hit.value for hit in hits][:MOST_NAMED]}
    return Reason(max(OF_BLOCK[hit.verdict] for hit in hits), f"blocked_{kind.value}", named)
