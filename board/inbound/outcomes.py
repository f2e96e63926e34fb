"""What can become of an incoming mail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The code that is kept beside every mail that was read; `wording.py` says it in words."""

    COMMENT = "comment"
    NOT_TAKEN = "not_taken"
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCE = "soft_bounce"
    REPORT = "report"
    COMPLAINT = "complaint"
    AUTOMATIC = "automatic"
    STRANGER = "stranger"
    FORGED = "forged"
    NOT_FOR_US = "not_for_us"
    UNREADABLE = "unreadable"
    BROKEN = "broken"


@dataclass(frozen=True)
class Verdict:
    """detail: numbers and codes, never an address or words of the mail."""

    outcome: Outcome
    detail: str = ""
