"""Passwords that are too easy to guess. Pure: says why as a code, in no language.

Source: OWASP ASVS 5.0, 6.2; no rules of composition, only length and what guessers try first.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

from board.accounts.passwords import MAX_CHARS, MIN_CHARS

COMMON = Path(__file__).with_name("common_passwords.txt")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
RUN = 4  # so many neighbours of a row in a row count as one character
MIN_FREE_CHARS = 6  # that are neither a run nor a repetition nor a word everybody knows about this person
MIN_WORD_CHARS = 3
MIN_DIFFERENT_CHARS = 4
BOARD_WORDS = ("reflectionboard", "reflection", "password", "passwort", "moderator", "comment", "board")
LOOKALIKES = str.maketrans("013457@$!", "oleastasi")


def weakness(password: str, own_words: Iterable[str] = ()) -> str | None:
    """Why `password` must not be used: short, long, common, pattern or personal. None when it may.

    own_words: names and addresses that others know of this person.
    """
    if len(password) < MIN_CHARS:
        return "short"
    if len(password) > MAX_CHARS:
        return "long"
    folded = "".join(password.casefold().split())
    if folded.translate(LOOKALIKES) in common():
        return "common"
    if len(set(folded)) < MIN_DIFFERENT_CHARS or _repeats(folded) or _is_short(folded):
        return "pattern"
    rest = folded
    for word in _words((*own_words, *BOARD_WORDS)):
        rest = rest.replace(word, "")
    return "personal" if _is_short(rest) else None


@functools.cache
def common() -> frozenset[str]:
    """The list, with figures that stand for letters read as letters."""
    lines = COMMON.read_text("utf-8").splitlines()
    words = ("".join(line.casefold().split()) for line in lines if line and not line.startswith("#"))
    return frozenset(word.translate(LOOKALIKES) for word in words)


def _repeats(text: str) -> bool:
    """Whether it is one short piece over and over, as in `abcabcabcabc`."""
    return any((text[:size] * len(text))[: len(text)] == text for size in range(1, MIN_FREE_CHARS))


def _is_short(text: str) -> bool:
    """Whether too little is left when each run along a row of letters, digits or keys counts as one."""
    return len(re.sub(_runs(), lambda run: run.group()[0], text)) < MIN_FREE_CHARS


@functools.cache
def _runs() -> re.Pattern[str]:
    pieces = {
        row[start : start + length]
        for one in ROWS
        for row in (one, one[::-1])
        for start in range(len(row))
        for length in range(RUN, len(row) + 1)
        if start + length <= len(row)
    }
    return re.compile("|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True)))


def _words(phrases: Iterable[str]) -> list[str]:
    """The words of names and addresses, the longest first."""
    found = {word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.casefold())}
    return sorted((word for word in found if len(word) >= MIN_WORD_CHARS), key=len, reverse=True)
