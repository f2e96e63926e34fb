"""Which words changed between two wordings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from board.text.differences import MOST_WORDS, Piece, differences


def changed(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_changed]


def whole(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_words_that_came_and_went_are_marked() -> None:
    old, new = differences(
        "What is your reaction?\nWhat would you keep?",
        "What is your reaction?\nWhat would you never keep, and why?",
    )
    assert changed(old) == []
    assert changed(new) == ["never", ", and why"]


def test_a_word_is_marked_whole_and_without_the_space_after_it() -> None:
    old, new = differences("What were you about to say?", "What were you going to say?")
    assert changed(old) == ["about"]
    assert changed(new) == ["going"]


def test_space_between_the_same_words_is_no_change() -> None:
    assert [changed(side) for side in differences("What  do you\nthink?", "What do you think?")] == [[], []]


def test_a_script_without_spaces_is_compared_by_character() -> None:
    old, new = differences("あなたはどう思いますか", "あなたならどう思いますか")
    assert changed(old) == ["は"]
    assert changed(new) == ["なら"]


def test_what_is_too_long_to_compare_counts_as_changed() -> None:
    long = "word " * MOST_WORDS
    assert differences(f"one {long}end", f"two {long}stop") == (
        [Piece(f"one {long}end", True)],
        [Piece(f"two {long}stop", True)],
    )


def test_one_word_changed_in_a_long_text_is_found_whatever_its_length() -> None:
    around = "so it goes " * 1000
    old, new = differences(f"{around}Ada {around}", f"{around}Ben {around}")
    assert (changed(old), changed(new)) == (["Ada"], ["Ben"])


WORDS = st.lists(st.sampled_from(["what ", "you", "? ", "\n", "keep", "é", "思", "  "])).map("".join)


@given(st.one_of(WORDS, st.text()), st.one_of(WORDS, st.text()))
def test_nothing_is_lost_or_added(old: str, new: str) -> None:
    olds, news = differences(old, new)
    assert (whole(olds), whole(news)) == (old, new)
    same = ["".join(piece.text.split()) for piece in olds if not piece.is_changed]
    assert "".join(same) == "".join("".join(p.text.split()) for p in news if not p.is_changed)
