"""A lively evening is one mail, and nobody hears more often than they want."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.subscriptions.models import Rate, Topic
from board.subscriptions.rates import BETWEEN_MAILS, Rhythm, Waiting, due_at, leaves_at

RHYTHM = Rhythm(delay=timedelta(seconds=30), quiet=timedelta(minutes=15), hour=6)
WEDNESDAY = datetime(2026, 3, 4, 17, 20, tzinfo=UTC)
MOMENTS = st.integers(0, 365 * 24 * 3600).map(lambda seconds: WEDNESDAY + timedelta(seconds=seconds))


def at(minutes: float) -> datetime:
    return WEDNESDAY + timedelta(minutes=minutes)


def waiting(topic: Topic, minutes: float) -> Waiting:
    return Waiting(topic, at(minutes), due_at(topic, Rate.AT_ONCE, at(minutes), RHYTHM))


@pytest.mark.parametrize(
    ("topic", "rate", "expected"),
    [
        (Topic.REPLIES, Rate.AT_ONCE, WEDNESDAY + timedelta(seconds=30)),
        (Topic.OWN, Rate.AT_ONCE, WEDNESDAY + timedelta(seconds=30)),
        (Topic.PROMPTS, Rate.AT_ONCE, WEDNESDAY + timedelta(seconds=30)),
        (Topic.THREAD, Rate.AT_ONCE, WEDNESDAY + timedelta(minutes=15)),
        (Topic.REPLIES, Rate.HOURLY, datetime(2026, 3, 4, 18, tzinfo=UTC)),
        (Topic.THREAD, Rate.DAILY, datetime(2026, 3, 5, 6, tzinfo=UTC)),
        (Topic.PROMPTS, Rate.WEEKLY, datetime(2026, 3, 9, 6, tzinfo=UTC)),
    ],
)
def test_a_notice_is_due_by_what_it_is_and_how_often_its_reader_wants_to_hear(
    topic: Topic, rate: Rate, expected: datetime
) -> None:
    assert due_at(topic, rate, WEDNESDAY, RHYTHM) == expected


def test_what_happens_right_at_the_hour_leaves_with_it_and_not_a_day_later() -> None:
    no_delay = Rhythm(timedelta(), timedelta(), 6)
    monday = datetime(2026, 3, 9, 6, tzinfo=UTC)
    for rate in (Rate.HOURLY, Rate.DAILY, Rate.WEEKLY):
        assert due_at(Topic.REPLIES, rate, monday, no_delay) == monday


@given(MOMENTS, st.sampled_from([Rate.HOURLY, Rate.DAILY, Rate.WEEKLY]), st.integers(0, 23))
def test_a_digest_never_leaves_before_the_delay_nor_later_than_its_period(
    moment: datetime, rate: Rate, hour: int
) -> None:
    period = {Rate.HOURLY: timedelta(hours=1), Rate.DAILY: timedelta(days=1), Rate.WEEKLY: timedelta(days=7)}
    rhythm = Rhythm(RHYTHM.delay, RHYTHM.quiet, hour)
    due = due_at(Topic.THREAD, rate, moment, rhythm)
    assert moment + rhythm.delay <= due < moment + rhythm.delay + period[rate]
    assert (due.minute, due.second, due.microsecond) == (0, 0, 0)
    assert rate is Rate.HOURLY or due.hour == hour
    assert rate is not Rate.WEEKLY or due.weekday() == 0


def test_followers_wait_until_the_thread_is_quiet() -> None:
    evening = [waiting(Topic.THREAD, minutes) for minutes in (0, 10, 20)]
    assert leaves_at(evening, None, RHYTHM) == at(35)


def test_an_evening_that_is_never_quiet_is_told_after_an_hour() -> None:
    evening = [waiting(Topic.THREAD, minutes) for minutes in range(0, 60, 5)]
    assert leaves_at(evening, None, RHYTHM) == at(60)


def test_an_answer_leaves_at_once_and_takes_along_what_waits() -> None:
    evening = [waiting(Topic.THREAD, 0), waiting(Topic.REPLIES, 1)]
    assert leaves_at(evening, None, RHYTHM) == at(1.5)


def test_there_is_an_hour_between_two_mails_about_one_thread() -> None:
    assert leaves_at([waiting(Topic.REPLIES, 0)], at(-20), RHYTHM) == at(40)
    assert leaves_at([waiting(Topic.REPLIES, 0)], at(-90), RHYTHM) == at(0.5)


@given(
    st.lists(
        st.tuples(st.sampled_from([Topic.THREAD, Topic.REPLIES]), st.integers(0, 300)),
        min_size=1,
        max_size=20,
    ),
    st.one_of(st.none(), st.integers(-300, 0)),
)
def test_nobody_waits_longer_than_an_hour_and_nobody_is_hurried(
    happened: list[tuple[Topic, int]], last: int | None
) -> None:
    notices = [waiting(topic, minutes) for topic, minutes in happened]
    last_mail = None if last is None else at(last)
    leaves = leaves_at(notices, last_mail, RHYTHM)
    first = min(one.happened_at for one in notices)
    latest = max(first + BETWEEN_MAILS, at(0) if last_mail is None else last_mail + BETWEEN_MAILS)
    assert min(one.due_at for one in notices) <= leaves <= latest
    assert last_mail is None or leaves >= last_mail + BETWEEN_MAILS
