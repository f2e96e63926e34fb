"""What somebody types becomes what comments are compared with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.comments.models import BlockKind
from board.comments.traces import Traces, addresses_of, hosts_of, words_of
from board.screening.values import ValueRefused, normal


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        (BlockKind.WORD, "  Viagra! ", "viagra"),
        (BlockKind.WORD, "Cheap   Loans", "cheap loans"),
        (BlockKind.WORD, "Éclair", "eclair"),
        (BlockKind.HOST, "https://Shop.Example/offer?a=b#c", "shop.example"),
        (BlockKind.HOST, "shop.example.", "shop.example"),
        (BlockKind.HOST, "http://user@shop.example:8080/", "shop.example"),
        (BlockKind.HOST, "bücher.example", "xn--bcher-kva.example"),
        (BlockKind.HOST, "example", "example"),
        (BlockKind.ADDRESS, "mailto:Spam@Mail.Example", "spam@mail.example"),
        (BlockKind.NETWORK, "a" * 32, "a" * 32),
    ],
)
def test_what_is_typed_is_brought_into_form(kind: BlockKind, said: str, value: str) -> None:
    assert normal(kind, said) == value


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (BlockKind.WORD, ""),
        (BlockKind.WORD, "!?…"),
        (BlockKind.WORD, "x" * 101),
        (BlockKind.HOST, ""),
        (BlockKind.HOST, "https://"),
        (BlockKind.HOST, "a" * 300),
        (BlockKind.HOST, "shop_.example-"),
        (BlockKind.ADDRESS, "nobody"),
        (BlockKind.ADDRESS, "a b@mail.example"),
        (BlockKind.ADDRESS, "a@" + "b" * 300),
        (BlockKind.NETWORK, "192.0.2.1"),
    ],
)
def test_what_no_comment_can_meet_is_refused(kind: BlockKind, said: str) -> None:
    with pytest.raises(ValueRefused):
        normal(kind, said)


@given(said=st.text(max_size=120), kind=st.sampled_from([BlockKind.WORD, BlockKind.HOST, BlockKind.ADDRESS]))
def test_whatever_is_taken_is_in_form_and_stays_so(kind: BlockKind, said: str) -> None:
    try:
        value = normal(kind, said)
    except ValueRefused:
        return
    assert normal(kind, value) == value


@given(said=st.from_regex(r"[A-Za-z]{2,12}( [a-z]{2,12})?", fullmatch=True))
def test_a_blocked_word_is_met_by_a_text_that_says_just_that(said: str) -> None:
    value = normal(BlockKind.WORD, said)
    assert words_of(f"Well, {said}!").met([value]) == [value]


def test_a_blocked_host_and_address_are_met_where_they_are_used() -> None:
    traces = Traces(
        hosts=hosts_of("", "see www.shop.example/x"), addresses=addresses_of("spam+x@mail.example")
    )
    assert normal(BlockKind.HOST, "https://shop.example") in traces.hosts
    assert normal(BlockKind.ADDRESS, "Spam@mail.example") in traces.addresses
