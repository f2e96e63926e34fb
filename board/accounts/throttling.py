"""How fast passwords of one account may be tried: pure. An account is never closed for good.

Beside this, views limit each network; a guesser with many networks still meets the account's delay.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_TRIES = 4  # people mistype; after these each further try doubles the wait
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)  # some hundred guesses a day at most, and a short wait for its owner
FORGIVEN_AFTER = timedelta(days=1)


def delay_after(tries: int) -> timedelta:
    """How long after so many failed tries the next one is not looked at."""
    if tries <= FREE_TRIES:
        return timedelta(0)
    doublings = min(tries - FREE_TRIES - 1, 10)  # more would overflow and the longest delay is reached
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    return locked_until is not None and now < locked_until


def tries_that_count(tries: int, locked_until: datetime | None, now: datetime) -> int:
    """Failed tries so far; none when the last delay ended long ago."""
    return 0 if locked_until is not None and now - locked_until > FORGIVEN_AFTER else tries
