"""Which words changed between two wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

# A word with the space after it; where a script writes without spaces, a character.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]\s*|\w+(?:['’]\w+)*\s*|[^\w\s]\s*|\s+")
# Where more lies between the first change and the last, all of it counts as changed: comparing takes time
# with the product of the lengths.
MOST_WORDS = 600


@dataclass(frozen=True)
class Piece:
    """A stretch of a wording. `is_changed`: the other wording does not have it here."""

    text: str
    is_changed: bool


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings in pieces; joined, the pieces are the wordings."""
    olds, news = WORD.findall(old), WORD.findall(new)
    same = _same(_bare(olds), _bare(news))
    return (
        list(_pieces(olds, [(stretch.a, stretch.size) for stretch in same])),
        list(_pieces(news, [(stretch.b, stretch.size) for stretch in same])),
    )


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip() for word in words]


def _same(olds: Sequence[str], news: Sequence[str]) -> list[Match]:
    """The stretches that both have: what they begin with, what is alike in between, what they end with."""
    begins = _alike(olds, news)
    olds, news = olds[begins:], news[begins:]
    ends = _alike(olds[::-1], news[::-1])
    olds, news = olds[: len(olds) - ends], news[: len(news) - ends]
    between = [Match(len(olds), len(news), 0)]
    if max(len(olds), len(news)) <= MOST_WORDS:
        between = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()
    last = Match(len(olds), len(news), ends)
    return [Match(0, 0, begins), *(Match(begins + a, begins + b, size) for a, b, size in [*between, last])]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pieces(words: Sequence[str], same: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """`same`: where each stretch that both have begins, and how many words it has; the last one ends them."""
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
