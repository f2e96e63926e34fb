"""One post under all its addresses."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.threads.addresses import AddressRefused, believable, canonical, host_of, origin_of, standing

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
    "http://blog.example:443/on-silence",
    "https://blog.example:80/on-silence/default.aspx",
    "https://blog.example/2021/../on-silence/.",
    "https://blog.example/2021/%2E%2e/./on-silence",
    "https://blog.example/../on-silence",
    "https://blog.example//on-silence//",
    "https://blog.example/%6f%6E-silence",
    "https://blog.example/on-silence?",
    "https://blog.example/on-silence?&&",
    "https://blog.example/on-silence?gclid=1&_ga=2&mtm_campaign=3&__hstc=4&MC_CID=5&igsh=6&replytocom=7#respond",
    "https://blog.example/on-silence/?amp",
    "https://blog.example/on-silence?amp=1",
    "https://www.BLOG.example./on-silence?utm_source=a&amp=true",
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
        ("https://blog.example/a%2Fb", "https://blog.example/a%2Fb"),
        ("https://blog.example/a%2fb/%2F", "https://blog.example/a%2Fb/%2F"),
        ("https://blog.example/a%252e%3F", "https://blog.example/a%252e%3F"),
        ("https://blog.example/a//../b", "https://blog.example/a/b"),
        ("https://blog.example/guitars/amp", "https://blog.example/guitars/amp"),
        ("https://blog.example/amp/", "https://blog.example/amp"),
        ("https://blog.example/a?amp=60W", "https://blog.example/a?amp=60W"),
        ("https://blog.example/a?ref=main&share=1", "https://blog.example/a?ref=main&share=1"),
        ("https://blog.example/a?q=%E4", "https://blog.example/a?q=%E4"),
        ("https://blog.example/a?q=%F6", "https://blog.example/a?q=%F6"),
        ("https://blog.example/a?q=ä+b%20c", "https://blog.example/a?q=%C3%A4+b+c"),
        ("https://blog.example/a?b", "https://blog.example/a?b="),
        ("https://blog.example/a?b=1&b=2;c=3", "https://blog.example/a?b=1&b=2%3Bc%3D3"),
        ("https://m.blog.example/a.html", "https://m.blog.example/a.html"),
        ("https://www.blog.example:8443/index", "https://blog.example:8443/index"),
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
    "..",
    "//",
    "%E4",
    "amp",
    ":443",
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


OWN = ("https://blog.example", "https://old.example/journal")


@pytest.mark.parametrize(
    ("claim", "address"),
    [
        ("https://blog.example/on-silence", "https://blog.example/on-silence?utm_source=feed"),
        ("https://blog.example/2024/on-silence", "https://blog.example/?p=12"),
        ("https://blog.example/on-silence", "http://old.example/journal/on-silence"),
        ("https://blog.example/on-silence", "https://elsewhere.example/copy-of-on-silence"),
        ("https://elsewhere.example/a", "https://elsewhere.example/a?session=3"),
        ("https://blog.example/on-silence", "https://blog.example/on-silence/amp/"),
        ("https://blog.example/on-silence", "https://blog.example/on-silence/page/2/"),
        ("https://blog.example/on-silence", "https://blog.example/on-silence/comment-page-3#comments"),
        ("https://blog.example/on-silence", "https://blog.example/on-silence/2"),
        ("https://blog.example/on-silence", "https://blog.example/on-silence-2"),
        ("https://blog.example/on-silence", "https://blog.example/on-silence?share=mail"),
        ("https://blog.example/", "https://www.blog.example/index.html"),
        ("https://old.example/journal/", "http://old.example/journal"),
    ],
)  # fmt: skip
def test_a_canonical_link_is_believed(claim: str, address: str) -> None:
    assert believable(claim, address, OWN)
    assert standing(claim, [address], OWN) == claim


@pytest.mark.parametrize(
    ("claim", "address"),
    [
        ("https://elsewhere.example/on-silence", "https://blog.example/on-silence"),
        ("http://localhost:1313/on-silence", "https://blog.example/on-silence"),
        ("https://theme-author.example/", "https://blog.example/on-silence"),
        ("https://third.example/a", "https://elsewhere.example/a"),
        ("https://blog.example", "https://blog.example/on-silence"),
        ("https://www.blog.example/?utm_source=x", "https://blog.example/on-silence"),
        ("https://blog.example/index.php", "https://blog.example/?p=12"),
        ("https://old.example/journal/", "https://old.example/journal/on-silence"),
        ("https://old.example/", "https://old.example/journal/on-silence"),
        ("https://elsewhere.example/", "https://elsewhere.example/a"),
        ("https://blog.example/posts/", "https://blog.example/posts/on-silence"),
        ("https://blog.example/2024", "https://blog.example/2024/05/on-silence"),
        ("https://blog.example/journal/", "https://blog.example/journal/?p=12"),
        ("https://blog.example/read.php", "https://blog.example/read.php?lang=en&id=12"),
        ("/on-silence", "https://blog.example/on-silence"),
        ("https://", "https://blog.example/on-silence"),
    ],
)  # fmt: skip
def test_a_canonical_link_that_cannot_be_true_is_not_believed(claim: str, address: str) -> None:
    """Themes print the front page, their author's demo or a section as the canonical link of every post."""
    assert not believable(claim, address, OWN)
    assert standing(claim, [address], OWN) == address


def test_what_nobody_can_check_stands() -> None:
    assert standing("https://elsewhere.example/a", [], OWN) == "https://elsewhere.example/a"
    assert standing("https://elsewhere.example/a", ["no address"], OWN) == "https://elsewhere.example/a"


def test_one_address_that_bears_a_claim_out_is_enough() -> None:
    found = ["https://blog.example/on-silence", "https://short.example/x"]
    assert standing("https://blog.example/on-silence/", found, OWN) == "https://blog.example/on-silence/"
    assert standing("https://blog.example/", found, OWN) == found[0]


def test_a_site_without_addresses_of_its_own_goes_by_the_pages_host() -> None:
    assert believable("https://blog.example/a", "https://blog.example/?p=1", ())
    assert not believable("https://other.example/a", "https://blog.example/?p=1", ())


def test_a_host_is_known_by_its_name_and_unusual_port() -> None:
    assert host_of("http://www.Blog.example:80/x") == "blog.example"
    assert host_of("http://blog.example:8001/x") == "blog.example:8001"
