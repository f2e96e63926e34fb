"""What an examination finds, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """doubtful: mail goes, and would go better. bad: it will not arrive everywhere, or not at all."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """`words`: one or two sentences. `record`: where to write which TXT record, if that would help."""

    grade: Grade
    words: str
    record: tuple[str, str] | None = None
