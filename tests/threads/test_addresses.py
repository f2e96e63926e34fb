"""One post under all its addresses."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.threads.addresses import AddressRefused, canonical, origin_of

SAME = [
    "https://blog.example/on-silence",
    "http://blog.example/on-silence",
    "https://www.blog.example/on-silence",
    "https://BLOG.example:443/on-silence/",
    "http://blog.example:80/on-silence/index.html",
    "https://blog.example/on-silence/index.php?utm_source=feed&fbclid=1#comment-3",
    "  https://blog.example/on%2Dsilence  ",
    "https://www.www.blog.example/on-silence/index.html/",
    "https://blog.example/on-silence//index.php/index.html",
]


@pytest.mark.parametrize("address", SAME)
def test_all_ways_of_writing_an_address_are_one(address: str) -> None:
    assert canonical(address) == "https://blog.example/on-silence"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://blog.example", "https://blog.example/"),
        ("https://blog.example/?p=12&utm_medium=x", "https://blog.example/?p=12"),
        ("https://blog.example/a?b=2&a=1", "https://blog.example/a?b=2&a=1"),
        ("https://blog.example:8443/a", "https://blog.example:8443/a"),
        ("https://bücher.example/ä b".replace(" ", "%20"), "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://blog.example/A", "https://blog.example/A"),
        ("http://[::1]:8000/x", "https://[::1]:8000/x"),
    ],
)
def test_what_tells_pages_apart_is_kept(address: str, expected: str) -> None:
    assert canonical(address) == expected


@pytest.mark.parametrize(
    "address",
    ["", "post", "javascript:alert(1)", "ftp://blog.example/", "//blog.example/x", "https://", "https://u:p@blog.example/",
     "https://blog.example:99999/", "http://[", "https://blog example/", "https://blog.example\\@evil.test/", "https://b\x00.example/",
     "https://blog.example/" + "x" * 1000, "https://blog.example/?q=\ud800", "https://blog.example/\ud800"],
)  # fmt: skip
def test_what_is_no_page_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        canonical(address)


def test_an_origin_keeps_its_scheme() -> None:
    assert origin_of("http://Blog.example:8001/post") == "http://blog.example:8001"


@pytest.mark.parametrize("tail", ["ä" * 900, "?q=" + "ä" * 300])
def test_a_key_never_outgrows_its_column(tail: str) -> None:
    """Each of these letters is six characters of the key: PostgreSQL refused the row."""
    with pytest.raises(AddressRefused):
        canonical(f"https://blog.example/{tail}")


PIECES = [
    "www.",
    "blog.example",
    "/",
    "index.html",
    "index.php",
    "%2e",
    "%2F",
    "?",
    "&",
    "utm_source=",
    "a=1",
    "#",
    ":80",
    "ä",
]


@given(
    st.one_of(st.text(), st.text(alphabet=st.characters()), st.lists(st.sampled_from(PIECES)).map("".join)),
    st.sampled_from(["", "https://", "http://blog.example/", "https://www."]),
)
def test_the_key_is_stable_and_nothing_else_is_raised(address: str, start: str) -> None:
    with contextlib.suppress(AddressRefused):
        key = canonical(start + address)
        assert canonical(key) == key
