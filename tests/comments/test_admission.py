"""What becomes of a comment on arrival."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.comments.admission import ASKS_AKISMET, CHECKS, CODES, OF_BLOCK, Arrival, Hit, Verdict, judge
from board.comments.models import BlockKind, BlockVerdict
from board.sites.models import Policy
from board.text import MAX_SOURCE_CHARS
from tests.comments.arrivals import ARRIVALS

HELD_BY_POLICY = {"policy_holds", "first_comments", "edited_after_publication", ASKS_AKISMET}


def verdict(**facts: Any) -> tuple[Verdict, list[str]]:
    result, reasons = judge(Arrival(**{"policy": Policy.PUBLISH, **facts}))
    return result, [reason.code for reason in reasons]


def block(kind: BlockKind, verdict: BlockVerdict) -> tuple[Hit, ...]:
    return (Hit(kind, "something", verdict),)


def test_a_comment_against_which_nothing_speaks_is_published_where_the_site_says_so() -> None:
    assert verdict() == (Verdict.PUBLISH, [])


@pytest.mark.parametrize(
    ("facts", "expected", "code"),
    [
        ({"accepts_comments": False}, Verdict.REFUSE, "closed"),
        ({"char_count": MAX_SOURCE_CHARS + 1}, Verdict.REFUSE, "too_long"),
        ({"char_count": 0}, Verdict.REFUSE, "empty"),
        ({"blocks": block(BlockKind.NETWORK, BlockVerdict.HOLD)}, Verdict.HOLD, "blocked_network"),
        ({"blocks": block(BlockKind.ADDRESS, BlockVerdict.SPAM)}, Verdict.SPAM, "blocked_address"),
        ({"blocks": block(BlockKind.HOST, BlockVerdict.REFUSE)}, Verdict.REFUSE, "blocked_host"),
        ({"blocks": block(BlockKind.WORD, BlockVerdict.HOLD)}, Verdict.HOLD, "blocked_word"),
        ({"honeypot_filled": True}, Verdict.SPAM, "honeypot"),
        ({"seconds_open": 0.4}, Verdict.HOLD, "too_fast"),
        ({"times_sent": 1}, Verdict.HOLD, "repeated"),
        ({"times_sent": 3}, Verdict.SPAM, "repeated_often"),
        ({"link_count": 3}, Verdict.HOLD, "links"),
        ({"link_count": 1, "letters_beside_links": 5}, Verdict.HOLD, "only_links"),
        ({"imitates": "Ada"}, Verdict.HOLD, "lookalike"),
        ({"policy": Policy.HOLD}, Verdict.HOLD, "policy_holds"),
        ({"policy": Policy.HOLD_FIRST}, Verdict.HOLD, "first_comments"),
        ({"policy": Policy.HOLD_FIRST, "approvals_needed": 2, "approved": 1}, Verdict.HOLD, "first_comments"),
        ({"policy": Policy.HOLD_FIRST, "address_unproven": True}, Verdict.HOLD, "unproven_address"),
        ({"policy": Policy.HOLD, "was_published": True}, Verdict.HOLD, "edited_after_publication"),
        ({"asks_akismet": True}, Verdict.HOLD, ASKS_AKISMET),
    ],
)
def test_each_doubt_is_a_reason_with_its_verdict(facts: dict[str, Any], expected: Verdict, code: str) -> None:
    result, codes = verdict(**facts)
    assert result is expected
    assert code in codes


@pytest.mark.parametrize(
    "facts",
    [
        {"link_count": 2},
        {"seconds_open": None},
        {"seconds_open": 3},
        {"letters_beside_links": 0},
        {"address_unproven": True},
        {"char_count": MAX_SOURCE_CHARS},
        {"policy": Policy.HOLD_FIRST, "approvals_needed": 2, "approved": 2},
        {"policy": Policy.HOLD_FIRST, "was_published": True, "was_admitted": True},
        {"policy": Policy.HOLD, "trusted": True, "was_published": True},
    ],
)
def test_what_is_no_reason_for_doubt_raises_none(facts: dict[str, Any]) -> None:
    assert verdict(**facts) == (Verdict.PUBLISH, [])


def test_an_approved_text_that_was_changed_is_read_again_though_its_writer_is_no_beginner() -> None:
    edited = {"was_published": True, "approved": 1}
    assert verdict(policy=Policy.HOLD_FIRST, **edited) == (Verdict.HOLD, ["edited_after_publication"])


def test_of_several_blocks_the_strictest_counts_and_three_are_named() -> None:
    hits = tuple(
        Hit(BlockKind.WORD, str(number), verdict)
        for number, verdict in enumerate(
            (BlockVerdict.HOLD, BlockVerdict.REFUSE, BlockVerdict.SPAM, BlockVerdict.HOLD)
        )
    )
    result, [reason] = judge(Arrival(policy=Policy.PUBLISH, blocks=hits))
    assert result is Verdict.REFUSE
    assert reason.data == {"values": ["0", "1", "2"]}


def test_staff_are_judged_by_nothing_but_whether_it_can_be_stored() -> None:
    worst = {"honeypot_filled": True, "imitates": "Ada", "asks_akismet": True, "policy": Policy.HOLD}
    assert verdict(by_staff=True, **worst) == (Verdict.PUBLISH, [])
    assert verdict(by_staff=True, accepts_comments=False) == (Verdict.REFUSE, ["closed"])


@given(ARRIVALS)
def test_nothing_is_held_without_a_reason_and_nothing_doubtful_is_published(arrival: Arrival) -> None:
    result, reasons = judge(arrival)
    assert (result is Verdict.PUBLISH) == (not reasons)
    assert result == max((reason.verdict for reason in reasons), default=Verdict.PUBLISH)
    assert {reason.code for reason in reasons} <= set(CODES)


@given(ARRIVALS, st.randoms())
def test_the_order_of_the_checks_changes_no_verdict(arrival: Arrival, random: Any) -> None:
    shuffled = list(CHECKS)
    random.shuffle(shuffled)
    said = [reason for check in shuffled if (reason := check(arrival))]
    judged = judge(replace(arrival, by_staff=False))[0]
    assert max((reason.verdict for reason in said), default=Verdict.PUBLISH) == judged


@given(ARRIVALS)
def test_one_more_block_never_makes_it_milder(arrival: Arrival) -> None:
    before = judge(replace(arrival, by_staff=False, blocks=()))[0]
    after = judge(replace(arrival, by_staff=False))[0]
    assert after >= before
    if arrival.blocks:
        assert after >= max(OF_BLOCK[hit.verdict] for hit in arrival.blocks)


@given(ARRIVALS)
def test_trust_spares_a_reader_the_sites_policy_and_nothing_else(arrival: Arrival) -> None:
    arrival = replace(arrival, by_staff=False)
    trusted = {reason.code for reason in judge(replace(arrival, trusted=True))[1]}
    others = {reason.code for reason in judge(replace(arrival, trusted=False))[1]}
    assert trusted == others - HELD_BY_POLICY


@given(ARRIVALS)
def test_akismet_is_asked_about_nothing_that_is_spam_or_refused(arrival: Arrival) -> None:
    result, reasons = judge(arrival)
    if ASKS_AKISMET in {reason.code for reason in reasons}:
        assert result is Verdict.HOLD
