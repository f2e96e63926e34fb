"""One domain gets so many mails and no more, and no other domain waits for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from board.mail.pacing import A_REST, AT_ONCE, Pace

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def recipient(domain: str = "big.example") -> str:
    return f"ada@{domain}"


def test_some_go_at_once_and_the_others_one_after_the_other() -> None:
    pace = Pace(60)
    slots = [pace.slot(number, recipient(), NOW) for number in range(AT_ONCE + 3)]
    assert all(slot <= NOW for slot in slots[: AT_ONCE + 1])
    assert slots[AT_ONCE + 1 :] == [NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)]


def test_a_mail_keeps_its_slot_and_needs_no_second() -> None:
    pace = Pace(60)
    for number in range(AT_ONCE + 3):
        pace.slot(number, recipient(), NOW)
    last = AT_ONCE + 2
    assert pace.slot(last, recipient(), NOW) == NOW + timedelta(seconds=2)
    assert pace.slot(last, recipient(), NOW + timedelta(seconds=2)) <= NOW + timedelta(seconds=2)


def test_other_domains_do_not_wait_for_it() -> None:
    pace = Pace(1)
    for number in range(AT_ONCE * 2):
        pace.slot(number, recipient(), NOW)
    assert pace.slot(999, recipient("small.example"), NOW) <= NOW


def test_a_domain_that_asks_for_less_rests() -> None:
    pace = Pace(60)
    pace.rest(recipient(), NOW)
    assert pace.slot(1, recipient(), NOW) >= NOW + A_REST
    assert pace.slot(2, recipient("small.example"), NOW) <= NOW


def test_without_a_pace_all_go_at_once() -> None:
    pace = Pace(0)
    assert all(pace.slot(number, recipient(), NOW) <= NOW for number in range(10_000))


@given(st.lists(st.integers(0, 600), min_size=1, max_size=300), st.integers(1, 600))
def test_never_more_than_the_pace_and_what_goes_at_once(seconds: list[int], per_minute: int) -> None:
    """In any minute, as many as the pace says, and once those that may go at once."""
    pace = Pace(per_minute)
    asked = [NOW + timedelta(seconds=one) for one in sorted(seconds)]
    gone = sorted(max(pace.slot(number, recipient(), at), at) for number, at in enumerate(asked))
    for first in gone:
        within = [one for one in gone if first <= one < first + timedelta(minutes=1)]
        assert len(within) <= per_minute + AT_ONCE + 1
