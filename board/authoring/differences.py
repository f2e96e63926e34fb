"""Which words of a prompt changed between two wordings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the space after it; where a script writes without spaces, a character.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]\s*|\w+(?:['’]\w+)*\s*|[^\w\s]\s*|\s+")
MOST_WORDS = 600  # beyond, everything counts as changed: comparing takes time with the product of the lengths


@dataclass(frozen=True)
class Piece:
    """A stretch of a wording. `is_changed`: the other wording does not have it here."""

    text: str
    is_changed: bool


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings in pieces; joined, the pieces are the wordings."""
    olds, news = WORD.findall(old), WORD.findall(new)
    if len(olds) > MOST_WORDS or len(news) > MOST_WORDS:
        return [Piece(old, True)], [Piece(new, True)]
    same = SequenceMatcher(None, _bare(olds), _bare(news), autojunk=False).get_matching_blocks()
    return (
        list(_pieces(olds, [(block.a, block.size) for block in same])),
        list(_pieces(news, [(block.b, block.size) for block in same])),
    )


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip() for word in words]


def _pieces(words: Sequence[str], same: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """`same`: where each stretch that both have begins, and how many words it has; the last one is empty."""
    place = 0
    for start, size in same:
        if place < start:
            yield from _changed("".join(words[place:start]))
        if size:
            yield Piece("".join(words[start : start + size]), False)
        place = start + size


def _changed(text: str) -> Iterator[Piece]:
    """The space after the last changed word belongs to nobody: a mark would reach into the next one."""
    bare = text.rstrip()
    yield Piece(bare, True)
    if bare != text:
        yield Piece(text[len(bare) :], False)
