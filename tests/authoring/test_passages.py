"""A prompt in its surroundings."""

from __future__ import annotations

import pytest

from board.authoring.passages import AROUND_CHARS, Passage, passage


def test_short_surroundings_are_shown_whole() -> None:
    assert passage(" One. ", "Two", "Three?", "Four.") == Passage("One.", "Two", "Three?", "Four.")


def test_long_surroundings_are_cut_between_words() -> None:
    shown = passage("lead " * 60, "", "Three?", "trail " * 60)
    assert shown.before.startswith("… lead lead")
    assert shown.before.endswith("lead")
    assert shown.after.startswith("trail trail")
    assert shown.after.endswith("trail …")
    assert max(len(shown.before), len(shown.after)) <= AROUND_CHARS + 2


@pytest.mark.parametrize("text", ["", " ", "x" * 400, "字" * 400])
def test_what_has_no_words_is_cut_all_the_same(text: str) -> None:
    shown = passage(text, "", "Three?", text)
    assert max(len(shown.before), len(shown.after)) <= AROUND_CHARS + 2
    assert bool(shown.before) == bool(text.strip())


def test_a_heading_that_is_the_prompt_is_said_once() -> None:
    assert passage("", "And you?", "And you?", "").heading == ""
