"""What a person calls themselves, fit to stand in a line of ours and in a mail header."""

from __future__ import annotations

import re
import unicodedata

from board.text.source import is_invisible

DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # private ones could imitate a badge of ours
MARKS = frozenset({"Mn", "Me"})
MAX_MARKS = 3  # on one letter: Vietnamese needs two, Hebrew and Thai three; more is a tower over other lines


def clean_name(name: str) -> str:
    """The name in NFC, without characters that hide, reorder or tower; white space collapsed.

    Format characters go, the zero-width joiners and all bidirectional controls among them, so two names
    that look alike are alike. Idempotent, never raises. May return "". Does not shorten.
    """
    spaced = (" " if c.isspace() else c for c in name)
    visible = _without_towers([c for c in spaced if c == " " or not _is_dropped(c)])
    return re.sub(" +", " ", unicodedata.normalize("NFC", visible)).strip()


def _is_dropped(character: str) -> bool:
    return unicodedata.category(character) in DROPPED or is_invisible(character)


def _without_towers(characters: list[str]) -> str:
    kept: list[str] = []
    marks = MAX_MARKS  # a mark at the start would sit on whatever stands before the name
    for character in characters:
        marks = marks + 1 if unicodedata.category(character) in MARKS else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
