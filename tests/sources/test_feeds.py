"""Feeds as blogs make them: three dialects, many habits, some of them bad."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from board.sources.entries import Entry
from board.sources.feeds import FeedBroken, looks_cut, read_feed
from tests.support.exports import rss

ADDRESS = "https://blog.test/feed"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
LONG = "<p>The kettle has been mended three times, and it sings.</p>" * 40


def entries(source: str | bytes, said_charset: str | None = None) -> list[Entry]:
    body = source.encode() if isinstance(source, str) else source
    return list(read_feed(body, ADDRESS, said_charset=said_charset).entries)


def item(inner: str) -> str:
    return f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>{inner}</item></channel></rss>'


def test_rss_tells_address_title_text_and_time() -> None:
    [entry] = entries(rss([3]))
    assert entry.address == "https://blog.test/post-3/"
    assert entry.title == "Kettle 3"
    assert entry.html is not None
    assert "What have you mended 3 times?" in entry.html
    assert entry.is_whole
    assert entry.published_at == datetime(2010, 1, 4, 8, tzinfo=UTC)
    assert entry.key == "https://blog.test/?p=3"


def test_rss_1_is_read_too() -> None:
    [entry] = entries(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"/><item rdf:about="https://blog.test/k">'
        "<title>Kettles</title><dc:date>2026-01-02T10:00:00+02:00</dc:date></item></rdf:RDF>"
    )
    assert (entry.address, entry.title) == ("https://blog.test/k", "Kettles")
    assert entry.published_at == datetime(2026, 1, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<content type='html'>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</content>", "<p>A &amp; B</p>"),
        ("<content>1 &lt; 2</content>", "1 &lt; 2"),
        (
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p class='x'>1 &lt; 2</p></div></content>",
            '<div><p class="x">1 &lt; 2</p></div>',
        ),
        ("<content type='image/png'>iVBORw0</content>", None),
        ("<content src='/kettles.html' type='text/html'/>", None),
    ],
)
def test_atom_carries_text_html_or_xhtml(content: str, html: str | None) -> None:
    [entry] = entries(ATOM.format(f"<entry><link href='/k'/><title>K</title>{content}</entry>"))
    assert (entry.html, entry.is_whole) == (html, html is not None)


def test_atom_says_which_of_its_links_is_the_page_and_from_where_it_counts() -> None:
    [entry] = entries(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://blog.test/blog/'>"
        "<entry xml:base='2026/'><link rel='enclosure' href='sound.mp3'/><link type='application/json' href='k.json'/>"
        "<link rel='alternate' type='text/html' href='kettles'/><title type='html'>Salt &amp;amp; &lt;b&gt;tea&lt;/b&gt;</title>"
        "<id>tag:blog.test,2026:1</id><published>2026-01-02T10:00:00Z</published>"
        "<updated>2026-02-03T10:00:00Z</updated><summary>Short.</summary></entry></feed>"
    )
    assert entry.address == "https://blog.test/blog/2026/kettles"
    assert entry.title == "Salt & tea"
    assert entry.key == "tag:blog.test,2026:1"
    assert (entry.html, entry.is_whole) == ("Short.", False)
    assert entry.published_at == datetime(2026, 1, 2, 10, tzinfo=UTC)
    assert entry.updated_at == datetime(2026, 2, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("inner", "address"),
    [
        ("<link>/k?a=1&amp;b=2</link>", "https://blog.test/k?a=1&b=2"),
        ("<guid>https://blog.test/k</guid>", "https://blog.test/k"),
        (
            "<link>https://counter.example/1</link>"
            "<o:origLink xmlns:o='http://rssnamespace.org/feedburner/ext/1.0'>https://blog.test/k</o:origLink>",
            "https://blog.test/k",
        ),
        ("<a:link xmlns:a='http://www.w3.org/2005/Atom' href='https://blog.test/k'/>", "https://blog.test/k"),
    ],
)
def test_the_page_is_found_wherever_the_feed_names_it(inner: str, address: str) -> None:
    assert [entry.address for entry in entries(item(inner))] == [address]


@pytest.mark.parametrize(
    "inner",
    ["<title>No link</title>", "<link>mailto:ada@blog.test</link>", "<link>http://[</link>", "<link>/</link>",
     "<guid isPermaLink='false'>https://blog.test/?p=1</guid>"],
)  # fmt: skip
def test_an_entry_without_a_page_is_skipped_and_counted(inner: str) -> None:
    read = read_feed(rss([1], extra=f"<item>{inner}</item>").encode(), ADDRESS)
    assert ([entry.title for entry in read.entries], read.skipped) == (["Kettle 1"], 1)


def test_a_name_that_several_entries_share_names_none_of_them() -> None:
    shared = "<item><link>/{0}</link><guid isPermaLink='false'>same</guid></item>"
    read = entries(rss([], extra=shared.format("a") + shared.format("b") + shared.format("b")))
    assert [(entry.address, entry.key) for entry in read] == [
        ("https://blog.test/a", None),
        ("https://blog.test/b", None),
    ]


def test_a_summary_is_not_taken_for_the_post() -> None:
    [short] = entries(rss([1], whole=False))
    [long] = entries(item(f"<link>/k</link><description><![CDATA[{LONG}]]></description>"))
    [cut] = entries(item(f"<link>/k</link><description><![CDATA[{LONG}<p>And then […]</p>]]></description>"))
    assert (short.is_whole, long.is_whole, cut.is_whole) == (False, True, False)


@pytest.mark.parametrize(
    ("html", "is_cut"),
    [("<p>And then [&hellip;]</p>", True), ("<p>And then…</p>\n", True), ("x <a href='/k'>Continue reading →</a>", True),
     ("x <a class='more'>Weiterlesen</a></p>", True), ("<p>What do you think?</p>", False), ("", False)],
)  # fmt: skip
def test_a_text_that_goes_on_elsewhere_is_recognised(html: str, is_cut: bool) -> None:
    assert looks_cut(html) is is_cut


@pytest.mark.parametrize("source", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "gb18030"])
def test_a_feed_is_read_in_the_charset_it_says(source: str) -> None:
    title = "中文" if source == "gb18030" else "Grüße"
    name = source.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>{item(f"<link>/k</link><title>{title}</title>")}'
    assert [entry.title for entry in entries(text.encode(source))] == [title]


@pytest.mark.parametrize("said_charset", [None, "us-ascii", "iso-8859-1", "klingon"])
@pytest.mark.parametrize(
    ("says", "is_in"), [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("klingon", "utf-8")]
)
def test_a_feed_that_says_the_wrong_charset_is_read_all_the_same(
    says: str, is_in: str, said_charset: str | None
) -> None:
    text = f'<?xml version="1.0" encoding="{says}"?>{item("<link>/k</link><title>Grüße – “so”</title>")}'
    assert [entry.title for entry in entries(text.encode(is_in), said_charset)] == ["Grüße – “so”"]


def test_what_most_often_breaks_a_feed_is_mended() -> None:
    """Letters named as in HTML, lone ampersands, control characters, a byte from another charset."""
    source = rss([1]).replace("Kettle 1", "Salt&nbsp;& tea &ndash; A\x08&#8;T&T &eacute; &madeup;")
    assert [entry.title for entry in entries(source)] == ["Salt & tea – AT&T é &madeup;"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>', "of its own"),
        (b'<!DOCTYPE r SYSTEM "http://169.254.169.254/x.dtd"><rss/>', "of its own"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "it is a web page"),
        (b"<html/>", "it is a web page"),
        (b"<opml/>", "something else"),
        (b"<rss><channel><item><link>/k</link>", "not well-formed XML (line 1)"),
        (b"", "not well-formed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "not well-formed"),
        (b"<rss>" + b"<a>" * 300, "too deeply"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_in_plain_words(body: bytes, words: str) -> None:
    with pytest.raises(FeedBroken, match="it cannot be read as a feed: ") as broken:
        read_feed(body, ADDRESS)
    assert words in str(broken.value)


def test_an_entity_bomb_takes_no_time() -> None:
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 20}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(FeedBroken, match="never read"):
        read_feed(f"{bomb}]><rss><channel><item><title>&i;</title></item></channel></rss>".encode(), ADDRESS)


def test_an_entry_of_giant_size_is_no_whole_post_and_hurts_no_other() -> None:
    giant = f"<item><link>/g</link><description>{'x' * 3_000_000}</description></item>"
    read = entries(rss([1], extra=giant))
    assert [(entry.address, entry.is_whole) for entry in read][1] == ("https://blog.test/g", False)
    assert read[0].is_whole
