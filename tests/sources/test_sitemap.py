"""Sitemaps, alone and in an index."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from board.sources import sitemap as reading
from board.sources.fetching import Web
from board.sources.records import XmlRefused
from board.sources.sitemap import Places, SitemapReader
from tests.support.exports import address_of, sitemap, sitemap_index
from tests.support.web import Reply, WebServer

XML = "application/xml"


def places(web: Web, text: str) -> Places:
    return SitemapReader(web).read([text])


def test_a_sitemap_names_each_page_once_in_its_order(web: Web) -> None:
    found = places(web, sitemap([address_of(2), address_of(1), address_of(2)])).found
    assert list(found) == [address_of(2), address_of(1)]
    assert found[address_of(1)].changed_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_an_index_leads_to_others_packed_or_not_but_not_to_lists_of_lists(
    web: Web, web_server: WebServer
) -> None:
    base = web_server.address
    web_server.replies["/post-sitemap.xml"] = Reply(sitemap([address_of(1)]), XML)
    web_server.replies["/post-sitemap2.xml.gz"] = Reply(
        gzip.compress(sitemap([address_of(2)]).encode()), "application/gzip"
    )
    names = ["post-sitemap.xml", "post-sitemap2.xml.gz", "post_tag-sitemap.xml", "author-sitemap.xml",
             "wp-sitemap-taxonomies-category-1.xml", "wp-sitemap-users-1.xml", "missing.xml"]  # fmt: skip
    read = places(web, sitemap_index(f"{base}/{name}" for name in names))
    assert list(read.found) == [address_of(1), address_of(2)]
    assert read.failed == {f"{base}/missing.xml": "the server answered 404"}
    assert web_server.paths_asked() == ["/post-sitemap.xml", "/post-sitemap2.xml.gz", "/missing.xml"]


def test_an_index_that_leads_to_itself_or_ever_deeper_comes_to_an_end(
    web: Web, web_server: WebServer
) -> None:
    base = web_server.address
    for depth in range(6):
        web_server.replies[f"/{depth}"] = Reply(
            sitemap_index([f"{base}/{depth}", f"{base}/{depth + 1}"]), XML
        )
    read = places(web, sitemap_index([f"{base}/0"]))
    assert read.is_cut
    assert web_server.paths_asked() == ["/0", "/1"]


def test_what_an_index_names_inside_the_house_is_not_asked(web_server: WebServer) -> None:
    read = places(Web(), sitemap_index([f"{web_server.address}/0", "http://169.254.169.254/x"]))
    assert set(read.failed.values()) == {
        "only the usual ports of the web are asked", "its host is not on the public internet"
    }  # fmt: skip
    assert web_server.asked == []


def test_more_pages_than_a_sitemap_may_hold_are_cut_off(web: Web) -> None:
    read = places(web, sitemap(address_of(number) for number in range(reading.MAX_PLACES + 10)))
    assert read.is_cut
    assert len(read.found) == reading.MAX_PLACES


def test_something_else_is_refused(web: Web) -> None:
    with pytest.raises(XmlRefused, match="something else"):
        places(web, "<rss/>")
