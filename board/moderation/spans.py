"""The stretches of time that figures are told in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Span(StrEnum):
    """How far back figures go, and in which steps: days, weeks that begin on a Monday, calendar months."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


STEPS = {Span.MONTH: 30, Span.QUARTER: 13, Span.YEAR: 12}


@dataclass(frozen=True)
class Step:
    """From `start`, midnight UTC, to before `end`."""

    start: datetime
    end: datetime


def steps_of(span: Span, now: datetime) -> tuple[Step, ...]:
    """The steps of a span, oldest first; the present one, which is not over, is the last."""
    return tuple(reversed(list(_backwards(span, now))))


def place_of(moment: datetime, steps: tuple[Step, ...]) -> int | None:
    """Which step a moment falls into, or None."""
    return next((place for place, step in enumerate(steps) if step.start <= moment < step.end), None)


def _backwards(span: Span, now: datetime) -> Iterator[Step]:
    start = _begin(span, now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
    end = _begin_next(span, start)
    for _ in range(STEPS[span]):
        yield Step(start, end)
        start, end = _begin(span, start - DAY), start


def _begin(span: Span, midnight: datetime) -> datetime:
    if span is Span.QUARTER:
        return midnight - midnight.weekday() * DAY
    return midnight.replace(day=1) if span is Span.YEAR else midnight


def _begin_next(span: Span, start: datetime) -> datetime:
    lengths = {Span.MONTH: DAY, Span.QUARTER: 7 * DAY, Span.YEAR: 32 * DAY}
    return _begin(span, start + lengths[span])
