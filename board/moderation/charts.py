"""Bars, drawn: where each stands and how high it is, in the units of an SVG picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 0.25  # of a bar's place that stays empty


@dataclass(frozen=True)
class Bar:
    """A rectangle from the ground up. `value` is what it stands for."""

    x: float
    y: float
    width: float
    height: float
    value: int


def bars(values: Sequence[int], *, width: float, height: float, highest: int | None = None) -> list[Bar]:
    """One bar for each value, side by side. highest: the value that reaches the top; by default the largest.

    Nothing is too small to be seen: a value above 0 is at least one unit high.
    """
    top = max(highest if highest is not None else max(values, default=0), 1)
    place = width / max(len(values), 1)
    drawn = []
    for number, value in enumerate(values):
        tall = max(height * min(value, top) / top, 1.0) if value > 0 else 0.0
        x = place * (number + GAP / 2)
        drawn.append(
            Bar(round(x, 2), round(height - tall, 2), round(place * (1 - GAP), 2), round(tall, 2), value)
        )
    return drawn
