"""What becomes of a comment on arrival."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.comments.admission import CODES, Arrival, Verdict, judge


def verdict(**facts: Any) -> tuple[Verdict, list[str]]:
    result, reasons = judge(Arrival(**{"policy_publishes": True, "link_count": 0, **facts}))
    return result, [reason.code for reason in reasons]


def test_a_comment_against_which_nothing_speaks_is_published_where_the_site_says_so() -> None:
    assert verdict() == (Verdict.PUBLISH, [])


@pytest.mark.parametrize(
    ("facts", "expected", "code"),
    [
        ({"policy_publishes": False}, Verdict.HOLD, "policy_holds"),
        ({"link_count": 3}, Verdict.HOLD, "links"),
        ({"honeypot_filled": True}, Verdict.SPAM, "honeypot"),
        ({"seconds_open": 0.4}, Verdict.HOLD, "too_fast"),
        ({"repeated_elsewhere": True}, Verdict.HOLD, "repeated"),
        ({"policy_publishes": False, "was_published": True}, Verdict.HOLD, "edited_after_publication"),
    ],
)
def test_each_doubt_holds_a_comment_and_says_why(facts: dict[str, Any], expected: Verdict, code: str) -> None:
    result, codes = verdict(**facts)
    assert result is expected
    assert code in codes


@pytest.mark.parametrize("facts", [{"link_count": 2}, {"seconds_open": None}, {"seconds_open": 3}])
def test_two_links_and_a_reader_without_script_are_no_reason_for_doubt(facts: dict[str, Any]) -> None:
    assert verdict(**facts) == (Verdict.PUBLISH, [])


ARRIVALS = st.builds(
    Arrival,
    policy_publishes=st.booleans(),
    link_count=st.integers(0, 50),
    honeypot_filled=st.booleans(),
    seconds_open=st.none() | st.floats(0, 1e6),
    repeated_elsewhere=st.booleans(),
    was_published=st.booleans(),
)


@given(ARRIVALS)
def test_nothing_is_held_without_a_reason_and_nothing_doubtful_is_published(arrival: Arrival) -> None:
    result, reasons = judge(arrival)
    assert (result is Verdict.PUBLISH) == (not reasons)
    assert result == max((reason.verdict for reason in reasons), default=Verdict.PUBLISH)
    assert {reason.code for reason in reasons} <= set(CODES)
