"""Moments, however they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from board.sources.dates import moment

TEN = datetime(2026, 1, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    ["Fri, 02 Jan 2026 10:00:00 GMT", "Fri, 02 Jan 2026 11:00:00 +0100", "02 Jan 26 10:00 UT", "2026-01-02T10:00:00Z",
     "2026-01-02T05:00:00-05:00", "2026-01-02T10:00:00.000Z", "2026-01-02 10:00:00", "2026-01-02 10:00", "2026/01/02 10:00",
     " 2026-01-02 11:00:00 +0100 ", datetime(2026, 1, 2, 10, tzinfo=UTC), datetime(2026, 1, 2, 10)],  # noqa: DTZ001
)  # fmt: skip
def test_one_moment_is_written_in_many_ways(said: object) -> None:
    assert moment(said) == TEN


@pytest.mark.parametrize("said", ["2026-01-02", date(2026, 1, 2), "2026/1/2"])
def test_a_day_begins_at_midnight(said: object) -> None:
    assert moment(said) == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "soon",
        "0000-00-00 00:00:00",
        "2026-13-01",
        "0001-01-01T00:00:00+23:00",
        7,
        "2026-01-02 25:00",
    ],
)
def test_what_names_no_moment_is_none(said: object) -> None:
    assert moment(said) is None


def test_a_year_or_a_month_is_enough() -> None:
    assert moment("2026-03") == datetime(2026, 3, 1, tzinfo=UTC)
    assert moment("2026") == datetime(2026, 1, 1, tzinfo=UTC)
