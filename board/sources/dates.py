"""Moments as feeds, exports and front matter write them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

MONTH_OR_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")  # W3C, "Date and Time Formats"
LOOSE = re.compile(  # 2014-01-02 9:05, 2014-01-02 10:00:00 +0100, 2014/01/02
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
)


def moment(said: object) -> dt.datetime | None:
    """The moment that `said` names, in UTC, which is also what counts where no zone is named.

    said: text, a date or a datetime. None for what names none.
    """
    try:
        found = _moment(said)
        return found and (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _moment(said: object) -> dt.datetime | None:
    if isinstance(said, dt.datetime):
        return said
    if isinstance(said, dt.date):
        return dt.datetime(said.year, said.month, said.day)  # noqa: DTZ001  # gets its zone above
    if not isinstance(said, str) or not said.strip():
        return None
    text = said.strip()
    if found := MONTH_OR_YEAR.fullmatch(text):
        return dt.datetime(int(found[1]), int(found[2] or 1), 1)  # noqa: DTZ001  # as above
    if found := LOOSE.fullmatch(text):
        return _loose(found)
    return parsedate_to_datetime(text)  # RFC 822, with two or four digits of the year


def _loose(found: re.Match[str]) -> dt.datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = (found[7] or "Z").replace(":", "")
    offset = dt.timedelta()
    if zone not in {"Z", "UTC"}:
        offset = dt.timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.timezone(offset))
