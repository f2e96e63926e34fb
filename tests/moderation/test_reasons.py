"""Why a comment was held, in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from board.comments.admission import CODES, Arrival, judge
from board.moderation.reasons import WORDS, reason_in_words

WORST = Arrival(
    policy_publishes=False,
    link_count=7,
    honeypot_filled=True,
    seconds_open=0.4,
    repeated_elsewhere=True,
    was_published=True,
)


@pytest.fixture
def speaking(app: Flask) -> Any:
    with app.test_request_context():
        yield


@pytest.mark.databases("sqlite")
def test_every_reason_that_admission_knows_has_words(speaking: None) -> None:
    reasons = [reason.as_json() for reason in judge(WORST)[1]]
    assert {reason["code"] for reason in reasons} == set(CODES) == set(WORDS)
    sentences = [reason_in_words(reason) for reason in reasons]
    assert len(set(sentences)) == len(CODES)
    assert "It holds 7 links." in sentences
    assert "It was sent 0.4 seconds after the form was opened." in sentences


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "reason", [{"code": "from_the_future"}, {}, {"code": "links"}, {"code": None, "count": 1}]
)
def test_a_reason_of_another_version_is_still_a_sentence(speaking: None, reason: dict[str, Any]) -> None:
    assert reason_in_words(reason).startswith("Held by a check")
