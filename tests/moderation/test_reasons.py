"""Why a comment was held, in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from board.comments.admission import CODES, Arrival, Hit, judge
from board.comments.models import BlockKind, BlockVerdict
from board.moderation.reasons import WORDS, reason_in_words
from board.sites.models import Policy

WORST = Arrival(
    accepts_comments=False,
    char_count=20_000,
    blocks=tuple(Hit(kind, f"a {kind}", BlockVerdict.HOLD) for kind in BlockKind),
    link_count=7,
    letters_beside_links=3,
    honeypot_filled=True,
    seconds_open=0.4,
    times_sent=1,
    imitates="Ada",
    address_unproven=True,
    was_published=True,
)
OTHERWISE = (
    Arrival(char_count=0, times_sent=4, policy=Policy.HOLD_FIRST, approvals_needed=3),
    Arrival(asks_akismet=True),
)
OF_OTHER_ROOMS = {"revised", "reported"}
ANSWERS = {"akismet_silent", "akismet_failed", "akismet_spam", "akismet_discard"}


@pytest.fixture
def speaking(app: Flask) -> Any:
    with app.test_request_context():
        yield


@pytest.mark.databases("sqlite")
def test_every_reason_that_admission_knows_has_words(speaking: None) -> None:
    reasons = [reason.as_json() for arrival in (WORST, *OTHERWISE) for reason in judge(arrival)[1]]
    by_code = {reason["code"]: reason_in_words(reason) for reason in reasons}
    assert set(by_code) == set(CODES) == set(WORDS) - OF_OTHER_ROOMS - ANSWERS
    assert len(set(by_code.values())) == len(CODES)
    assert not [sentence for sentence in by_code.values() if sentence.startswith("Held by a check")]
    assert by_code["links"] == "It holds 7 links."
    assert by_code["too_fast"] == "It was sent 0.4 seconds after the form was opened."
    assert by_code["blocked_word"] == "It says what is blocked here: a word."
    assert "0 of 3 approved comments" in by_code["first_comments"]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "reason", [{"code": "from_the_future"}, {}, {"code": "links"}, {"code": None, "count": 1}]
)
def test_a_reason_of_another_version_is_still_a_sentence(speaking: None, reason: dict[str, Any]) -> None:
    assert reason_in_words(reason).startswith("Held by a check")
