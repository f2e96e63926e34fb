"""QR codes as the path of an SVG image, so that a template draws them without trusted markup. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import segno

QUIET = 4  # modules of empty border without which cameras do not find the code: ISO/IEC 18004


class Drawing(NamedTuple):
    """`size`: width and height of the image in modules, border included; `path`: the dark ones."""

    size: int
    path: str


def draw(words: str) -> Drawing:
    """The smallest code that holds `words` and survives a smudge."""
    rows = segno.make(words, error="m", micro=False).matrix
    bars = (
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(row)
    )
    return Drawing(len(rows) + 2 * QUIET, "".join(bars))


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand in a line, and how many."""
    for is_dark, places in groupby(range(len(row)), key=lambda x: row[x]):
        run = list(places)
        if is_dark:
            yield run[0], len(run)
