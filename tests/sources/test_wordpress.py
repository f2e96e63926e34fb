"""Exports of WordPress, whatever their size."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from board.sources.entries import Entry
from board.sources.records import XmlRefused
from board.sources.wordpress import read_export, with_paragraphs
from board.sources.xml_text import xml_text
from tests.support.exports import wxr, wxr_item

MB = 1024 * 1024


def entries(pieces: Iterable[str], *, pages: bool = False) -> list[Entry]:
    return list(read_export(xml_text(piece.encode() for piece in pieces), pages=pages))


def test_an_export_tells_each_published_post() -> None:
    [first, second] = entries(wxr([7, 8]))
    assert (first.address, first.title) == ("https://blog.test/post-7/", "Kettle 7")
    assert first.html is not None
    assert "What have you mended 7 times?" in first.html
    assert first.published_at == datetime(2010, 1, 8, 8, tzinfo=UTC)
    assert first.key == "https://blog.test/?p=7"
    assert second.title == "Kettle 8"


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "trash"])
def test_what_is_not_published_is_left_out(status: str) -> None:
    assert entries(wxr([1], extra=wxr_item(2, status=status)))[1:] == []


def test_pages_come_where_they_are_wanted_and_pictures_never() -> None:
    export = list(wxr([1], extra=wxr_item(2, kind="page") + wxr_item(3, kind="attachment")))
    assert [entry.title for entry in entries(export)] == ["Kettle 1"]
    assert [entry.title for entry in entries(export, pages=True)] == ["Kettle 1", "Kettle 2"]


def test_a_post_behind_a_password_stays_there() -> None:
    locked = wxr_item(2).replace(
        "<wp:post_password><![CDATA[]]>", "<wp:post_password><![CDATA[open sesame]]>"
    )
    assert [entry.title for entry in entries(wxr([1], extra=locked))] == ["Kettle 1"]


def test_a_number_that_is_not_the_posts_own_is_no_name() -> None:
    copied = wxr_item(2).replace("/?p=2<", "/?p=3<")
    assert [entry.key for entry in entries(wxr([], extra=copied))] == [None]


def test_a_post_without_blocks_gets_its_paragraphs_as_wordpress_makes_them() -> None:
    written = 'One.\r\nStill one.\r\n\r\n[caption id="x"]<img src="k.png"> A kettle[/caption]\r\n\r\n<h2>Two</h2>\r\n\r\nThree?'
    assert with_paragraphs(written) == (
        '<p>One.\nStill one.</p>\n<p><img src="k.png"> A kettle</p>\n<h2>Two</h2>\n<p>Three?</p>'
    )
    blocks = "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->\n\n<p>Two.</p>"
    assert with_paragraphs(blocks) == blocks


def test_a_giant_among_posts_is_told_and_the_rest_read_in_little_memory() -> None:
    giant = wxr_item(2, content="x" * (40 * MB))
    pieces = [*wxr([1], extra=giant + wxr_item(3))]
    encoded = [piece.encode()[start : start + MB] for piece in pieces for start in range(0, len(piece), MB)]
    tracemalloc.start()
    found = [(entry.title, entry.html is None) for entry in read_export(xml_text(encoded))]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("Kettle 1", False), ("Kettle 2", True), ("Kettle 3", False)]
    assert peak < 25 * MB


def test_what_breaks_in_the_middle_has_told_what_came_before() -> None:
    read = read_export(xml_text([*(piece.encode() for piece in wxr([1])), b"<<"]))
    assert next(read).title == "Kettle 1"
    with pytest.raises(XmlRefused, match="not well-formed"):
        list(read)


def test_an_export_with_entities_of_its_own_is_refused() -> None:
    with pytest.raises(XmlRefused, match="never read"):
        entries(['<!DOCTYPE rss [<!ENTITY a "b">]>', *list(wxr([1]))[1:]])
