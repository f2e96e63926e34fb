"""What the readers of the demo blog say. Written for the demo; the people are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """Somebody says something. `answers`: the name of whom they answer, or empty for the prompt."""

    name: str
    words: str
    answers: str = ""
    approved: bool = True


CONVERSATIONS: dict[str, tuple[Voice, ...]] = {}
