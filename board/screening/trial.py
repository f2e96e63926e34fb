"""Trying a text: what admission would say to it, check by check, with the code that judges readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from board.comments import admission
from board.comments.admission import Arrival, Check, Reason, Verdict
from board.comments.drafting import Draft
from board.comments.judging import arrival_of
from board.comments.recognising import recognised
from board.sites.models import Site

NOT_TRIED: tuple[Check, ...] = (  # what only a real request or a real discussion can show
    admission.closed,
    admission.blocked_network,
    admission.honeypot,
    admission.too_fast,
    admission.edited_after_publication,
    admission.akismet,
)


class Said(Enum):
    """What a check has to say."""

    NOTHING = "nothing against it"
    SOMETHING = "something"
    NOT_TRIED = "not tried"


@dataclass(frozen=True)
class Line:
    """One check and what it said."""

    check: Check
    said: Said
    reason: Reason | None = None


@dataclass(frozen=True)
class Trial:
    """`lines`: in the order of the checks."""

    verdict: Verdict
    lines: Sequence[Line]


def trial_of(site: Site, draft: Draft, now: datetime) -> Trial:
    """Judge `draft` as if a stranger sent it to an open discussion of `site`. Nothing is stored."""
    arrival = arrival_of(site, draft, recognised(site.id, draft.address, ()), now)
    verdict, _reasons = admission.judge(arrival)
    return Trial(verdict, [_line(check, arrival) for check in admission.checks_for(arrival)])


def _line(check: Check, arrival: Arrival) -> Line:
    if check in NOT_TRIED:
        return Line(check, Said.NOT_TRIED)
    reason = check(arrival)
    return Line(check, Said.SOMETHING if reason else Said.NOTHING, reason)
