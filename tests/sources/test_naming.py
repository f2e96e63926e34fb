"""What a blog is called, and its language."""

from __future__ import annotations

import pytest

from board.sources.naming import blog_language, blog_name, feed_title

FEED = "<rss><channel><title>{title}</title><link>x</link><item><title>A post</title></item></channel></rss>"


def page(head: str, lang: str = "") -> str:
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body><svg><title>Logo</title></svg></body></html>'


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("The Desk", "The Desk"),
        ("<![CDATA[Tea &amp; Kettles]]>", "Tea & Kettles"),
        ("Tea &amp;amp; Kettles", "Tea & Kettles"),
        ("  The\n  Desk ", "The Desk"),
        ("", ""),
    ],
)
def test_a_feed_has_a_title_of_its_own(said: str, title: str) -> None:
    assert feed_title(FEED.format(title=said).encode()) == title


def test_the_title_of_an_entry_is_not_the_feeds() -> None:
    assert feed_title(b"<feed xmlns='x'><entry><title>A post</title></entry></feed>") == ""
    assert feed_title(b"<feed xmlns='x'><title type='text'>Lid</title><entry/></feed>") == "Lid"
    assert (
        feed_title('<?xml version="1.0" encoding="iso-8859-1"?><rss><title>Tée</title>'.encode("latin-1"))
        == "Tée"
    )
    assert feed_title(b"") == feed_title(b"\xff\xfe\x00") == feed_title(b"<title>" * 9000) == ""


def test_what_a_blog_tells_others_goes_before_its_feed_and_its_window() -> None:
    window, shared = "<title>The Desk | Home</title>", '<meta property="og:site_name" content="The Desk">'
    feed = FEED.format(title="The Desk's posts").encode()
    assert blog_name(page(window + shared), feed) == "The Desk"
    assert blog_name(page(window), feed) == "The Desk's posts"
    assert blog_name(page(window)) == "The Desk | Home"
    assert blog_name(page("")) == blog_name("") == blog_name("\x00") == ""


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("de", "de"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("pt-BR", "pt-BR"),
        ("zh-Hant", "zh-Hant"),
        ("", ""),
        ("x", ""),
        ("<b>", ""),
    ],
)
def test_the_language_is_what_the_page_says(said: str, language: str) -> None:
    assert blog_language(page("", said)) == language
