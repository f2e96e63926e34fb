"""The feed of a blog, found from its front page."""

from __future__ import annotations

import pytest

from board.sources.discovery import FeedMissing, find_feed, linked_feeds
from board.sources.fetching import FetchRefused, Web
from tests.support.exports import rss
from tests.support.web import Reply, WebServer

RSS_TYPE = "application/rss+xml"
FRONT = "<!doctype html><html><head>{}</head><body>Posts</body></html>"
LINK = '<link rel="alternate" type="{}" title="{}" href="{}">'


def test_the_front_page_names_the_feed(web: Web, web_server: WebServer) -> None:
    web_server.page("/", FRONT.format(LINK.format("application/atom+xml", "Posts", "/all.atom")))
    web_server.replies["/all.atom"] = Reply(rss([1, 2]), RSS_TYPE, headers={"ETag": '"1"'})
    found = find_feed(web, web_server.address)
    assert found.address == f"{web_server.address}/all.atom"
    assert len(found.read.entries) == 2
    assert found.fetched.etag == '"1"'
    assert web_server.paths_asked() == ["/", "/all.atom"]


def test_the_feed_of_posts_comes_before_that_of_comments() -> None:
    page = FRONT.format(
        LINK.format(RSS_TYPE, "The Desk » Comments Feed", "/comments/feed/")
        + LINK.format("application/json", "Posts", "/feed.json")
        + LINK.format(RSS_TYPE, "The Desk » Feed", "feed/")
        + LINK.format("application/atom+xml", "Kommentare", "/a")
    )
    assert linked_feeds(page, "https://blog.test/blog/") == [
        "https://blog.test/blog/feed/",
        "https://blog.test/comments/feed/",
        "https://blog.test/a",
    ]


def test_links_count_from_where_the_page_says() -> None:
    page = FRONT.format('<base href="https://www.blog.test/x/">' + LINK.format(RSS_TYPE, "", "feed"))
    assert linked_feeds(page, "https://blog.test/") == ["https://www.blog.test/x/feed"]


@pytest.mark.parametrize(
    "page", ["", "<", "<link rel=alternate>", '<link rel="alternate" type="application/rss+xml">']
)
def test_a_page_may_name_no_feed(page: str) -> None:
    assert linked_feeds(page, "https://blog.test/") == []


def test_usual_places_are_tried_in_turn_until_one_holds_a_feed(web: Web, web_server: WebServer) -> None:
    web_server.page("/blog/", FRONT.format(LINK.format(RSS_TYPE, "", "/dead.xml")))
    web_server.page("/blog/feed", FRONT)
    web_server.replies["/blog/atom.xml"] = Reply(rss([1]), "text/xml")
    web_server.replies["/blog/index.xml"] = Reply(rss([2]), "text/xml")
    assert find_feed(web, f"{web_server.address}/blog/").address == f"{web_server.address}/blog/atom.xml"
    assert web_server.paths_asked() == [
        "/blog/", "/dead.xml", "/blog/feed", "/blog/feed/", "/blog/rss.xml", "/blog/atom.xml"
    ]  # fmt: skip


def test_the_address_of_a_feed_is_taken_as_it_is(web: Web, web_server: WebServer) -> None:
    web_server.replies["/old.xml"] = Reply(status=301, headers={"Location": "/feed.xml"})
    web_server.replies["/feed.xml"] = Reply(rss([1]), RSS_TYPE)
    assert find_feed(web, f"{web_server.address}/old.xml").address == f"{web_server.address}/feed.xml"


def test_a_blog_without_a_feed_is_told_from_one_that_is_away(web: Web, web_server: WebServer) -> None:
    web_server.page("/", FRONT)
    with pytest.raises(FeedMissing):
        find_feed(web, web_server.address)
    with pytest.raises(FetchRefused, match="the server answered 404"):
        find_feed(web, f"{web_server.address}/elsewhere")
