"""What of a comment a block can be about: words in their disguises, hosts, addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.comments.traces import addresses_of, hosts_of, normal_words, words_of

TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(["viagra", "v1agra", "a.b", "買う", " ", "\u0301", "ﷺ", "!!!", "aaaa", "@", "1"])
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "Buy Viagra!",
        "VIAGRA",
        "a viágra b",
        "V1AGRA now",
        "vi@gra",
        "v.i.a.g.r.a",
        "via*gra",
        "via-gra",
        "v i a g r a",
        "viaaagra",
        "vіаgrа",  # with Cyrillic letters
        "Ｖｉａｇｒａ",
        "vi\u200bagra",
        "vi\u00adagra",
        "(viagra)",
        "see https://pills.example/viagra",
    ],
)
def test_a_blocked_word_is_met_in_its_disguises(text: str) -> None:
    assert words_of(text).met(["viagra"]) == ["viagra"]


@pytest.mark.parametrize("text", ["viagras", "aviagra", "via gra", "Viareggio", "", "I a m", "v 1 a"])
def test_a_blocked_word_is_not_met_inside_others(text: str) -> None:
    assert words_of(text).met(["viagra", "ass"]) == []


def test_words_beside_a_blocked_one_stay_free() -> None:
    """Whoever blocks these did not mean those."""
    assert words_of("The class was as glassy as a bass in 2013.").met(["ass", "a s", "lass", "oi"]) == []


@pytest.mark.parametrize(
    ("phrase", "text", "is_met"),
    [
        ("Buy now", "You should BUY, now.", True),
        ("buy now", "buy it now", False),
        ("buy now", "buy n0w", True),
        ("買う", "これを買うね", True),
        ("買う", "買いたい", False),
        ("élan vital", "Elan  vital", True),
    ],
)
def test_several_words_must_follow_each_other(phrase: str, text: str, is_met: bool) -> None:
    value = normal_words(phrase)
    assert words_of(text).met([value]) == ([value] if is_met else [])


def test_a_link_a_named_host_and_an_address_show_their_hosts_with_all_they_are_part_of() -> None:
    html = (
        '<p><a href="https://User.Blog.Spam.EXAMPLE:81/x?y">x</a> <a href="mailto:a@mail.example">m</a></p>'
    )
    found = hosts_of(html, "and www.other.example/path", "ada@mx.third.test")
    assert {"user.blog.spam.example", "spam.example", "example", "mail.example"} <= found
    assert {"www.other.example", "other.example", "mx.third.test", "third.test"} <= found
    assert "lam.example" not in found


def test_a_tag_makes_no_other_mailbox() -> None:
    assert addresses_of("ada+spam@example.test") == {"ada+spam@example.test", "ada@example.test"}
    assert addresses_of("") == frozenset()


@given(TEXTS)
def test_reading_a_text_never_fails_and_finds_what_stands_there(text: str) -> None:
    found = words_of(text)
    value = normal_words(text)
    assert found.met([value]) == ([value] if value else [])
    assert hosts_of("", text) is not None


@given(TEXTS)
def test_what_a_text_shows_grows_with_its_length_and_no_faster(text: str) -> None:
    assert len(words_of(text).single) <= 18 * len(text) + 1
    assert len(words_of(text * 4).single) <= 4 * 18 * len(text) + 1
