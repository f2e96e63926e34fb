"""When a mail may leave: as often as its reader wants, and never often because an evening is lively. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from board.subscriptions.models import Rate, Topic

BETWEEN_MAILS = timedelta(
    hours=1
)  # about one thread, at least: the source is SECURITY 7.6, rate and batching
DEFAULTS = {
    Topic.REPLIES: Rate.AT_ONCE,
    Topic.THREAD: Rate.AT_ONCE,
    Topic.PROMPTS: Rate.AT_ONCE,
    Topic.OWN: Rate.AT_ONCE,
}
MONDAY = 0


@dataclass(frozen=True)
class Rhythm:
    """How this board paces its mail. delay: for second thoughts. quiet: how long nothing must have happened
    in a thread before its followers hear of it. hour: of the day (UTC) at which digests leave."""

    delay: timedelta
    quiet: timedelta
    hour: int


@dataclass(frozen=True)
class Waiting:
    """One notice that waits, as far as its time goes. happened_at: of what it tells."""

    topic: Topic
    happened_at: datetime
    due_at: datetime


def due_at(topic: Topic, rate: Rate, happened_at: datetime, rhythm: Rhythm) -> datetime:
    """The earliest moment at which a notice may leave. rate: not NEVER."""
    if rate is Rate.AT_ONCE:
        pause = max(rhythm.delay, rhythm.quiet) if topic is Topic.THREAD else rhythm.delay
        return happened_at + pause
    earliest = happened_at + rhythm.delay
    if rate is Rate.HOURLY:
        return _next_hour(earliest)
    day = _next_time(earliest, rhythm.hour)
    if rate is Rate.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return day


def leaves_at(waiting: Sequence[Waiting], last_mail: datetime | None, rhythm: Rhythm) -> datetime:
    """When the mail with all these may leave: at-once notices of one reader about one thread.

    At most once in BETWEEN_MAILS. An answer to the reader takes along whatever else waits; without one, the
    thread has to be quiet, but nobody waits longer than BETWEEN_MAILS for that. waiting: at least one.
    """
    of_thread = [one for one in waiting if one.topic is Topic.THREAD]
    ways = [one.due_at for one in waiting if one.topic is not Topic.THREAD]
    if of_thread:
        ways.append(_quiet_at(of_thread, rhythm))
    moment = min(ways)
    return moment if last_mail is None else max(moment, last_mail + BETWEEN_MAILS)


def _quiet_at(waiting: Sequence[Waiting], rhythm: Rhythm) -> datetime:
    first, newest = (choose(one.happened_at for one in waiting) for choose in (min, max))
    quiet = min(newest + rhythm.quiet, first + BETWEEN_MAILS)
    return max(quiet, min(one.due_at for one in waiting))


def _next_hour(moment: datetime) -> datetime:
    full = moment.replace(minute=0, second=0, microsecond=0)
    return full if full == moment else full + timedelta(hours=1)


def _next_time(moment: datetime, hour: int) -> datetime:
    today = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today >= moment else today + timedelta(days=1)
