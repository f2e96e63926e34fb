"""Examining posts in a process of its own: what it may cost is bounded, and the next post is read all the same."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from board.prompts import examine
from board.sources.child import main
from board.sources.detecting import Detector, Unreadable

POST = "We mended the kettle.\n\nWhat do you mend? Tell me in the comments."
SLOW = "[" * 500_000  # Markdown that takes its parser some seconds


@pytest.fixture
def detector() -> Iterator[Detector]:
    with Detector() as detector:
        yield detector


def test_it_finds_what_is_found_without_it(detector: Detector) -> None:
    examined = detector.examine(POST, "markdown")
    assert examined == examine(POST, "markdown")
    assert examined.closing is not None
    assert examined.closing.text == "What do you mend? Tell me in the comments."


def test_line_breaks_and_half_characters_cross_safely(detector: Detector) -> None:
    assert detector.examine(f"{POST}\n\x00\ud800\u2028", "text").closing is not None


def test_a_post_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    with Detector(seconds=1.0) as detector:
        assert detector.examine("Warm up.", "text").closing is None
        began = time.monotonic()
        with pytest.raises(Unreadable, match="longer than 1 seconds"):
            detector.examine(SLOW, "markdown")
        assert time.monotonic() - began < 5
        patient = Detector()
        assert patient.examine(POST, "markdown").closing is not None
        patient.close()


def test_a_process_that_was_killed_costs_one_post(detector: Detector) -> None:
    detector.examine(POST, "text")
    assert detector._child is not None
    detector._child.kill()
    detector._child.wait()
    assert detector.examine(POST, "text").closing is not None


def test_a_process_that_is_well_is_taken_again_and_never_by_two_at_once() -> None:
    with Detector() as first:
        first.examine(POST, "text")
        assert first._child is not None
        number = first._child.pid
    with Detector() as second, Detector() as third:
        second.examine(POST, "text")
        assert third.examine(POST, "text").closing is not None
        assert second._child is not None
        assert third._child is not None
        assert second._child.pid == number
        assert third._child.pid != number


def test_a_process_that_died_while_it_waited_is_not_taken() -> None:
    with Detector() as first:
        first.examine(POST, "text")
        child = first._child
    assert child is not None
    child.kill()
    child.wait()
    with Detector() as second:
        assert second.examine(POST, "text").closing is not None


def test_the_process_cannot_take_more_memory_than_it_may() -> None:
    """It asks for a gigabyte itself: the limit is the system's, not ours to forget."""
    script = f"import {main.__module__} as child; child.limit_memory(); bytearray(1024 ** 3)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "MemoryError" in answer.stderr


def test_lines_are_answered_in_order(run_command) -> None:
    lines = [
        {"id": "a", "format": "markdown", "title": "Kettles", "body": POST},
        {"id": "b", "format": "text", "title": "", "body": "Nothing is asked."},
        {"id": "c", "format": "html", "body": "<h1>K</h1><p>What do you mend?</p>"},
    ]
    told = run_command("prompts", "detect", stdin="\n".join(json.dumps(line) for line in lines))
    [first, second, third] = [json.loads(line) for line in told.output.splitlines()]
    assert first["id"] == "a"
    assert first["prompt_text"] == "What do you mend? Tell me in the comments."
    assert first["kind"] == "reaction"
    assert first["heading"] is None
    assert first["confidence"] > 0.9
    assert second == {
        "id": "b",
        "prompt_text": None,
        "heading": None,
        "kind": "none",
        "confidence": 0.0,
        "others": [],
    }
    assert third["prompt_text"] == "What do you mend?"


def test_a_line_that_says_nothing_is_answered_with_a_reason_and_the_rest_is_read(run_command) -> None:
    lines = ["{", "[]", '{"id": 1, "format": "pdf", "body": ""}', '{"id": 2, "format": "text", "body": ""}']
    told = run_command("prompts", "detect", stdin="\n".join(lines))
    answers = [json.loads(line) for line in told.output.splitlines() if line.startswith("{")]
    assert [answer["id"] for answer in answers] == [None, None, 1, 2]
    assert [answer.get("error", "")[:6] for answer in answers] == ["line 1", "line 2", "line 3", ""]
    assert told.exit_code == 1
    assert "3 could not be read" in told.output
