"""Finding the feed of a blog from its front page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree, html
from lxml.html import HtmlElement

from board.sources.answers import FEED, Fetched
from board.sources.feeds import FeedBroken, FeedRead, read_feed
from board.sources.fetching import FetchRefused, Web

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
USUAL_PLACES = ("feed", "feed/", "rss.xml", "atom.xml", "index.xml", "feed.xml")
MAX_PAGE_CHARS = 512 * 1024
MAX_LINKS = 20
COMMENTS = ("comment", "kommentar", "comentario", "commentaire")


class FeedMissing(Exception):
    """The blog has no feed that could be found."""


@dataclass(frozen=True)
class FoundFeed:
    """`fetched`: its answer, with what a conditional question needs. `read`: what is in it now."""

    address: str
    fetched: Fetched
    read: FeedRead


def find_feed(web: Web, blog: str) -> FoundFeed:
    """The feed of the posts of the blog at `blog`: the one its front page names, else one at a usual place.

    `blog` may be the address of a feed itself. Asks at most a few dozen addresses of the blog.
    Raises FetchRefused where the front page cannot be had, FeedMissing where there is no feed.
    """
    return feed_from(web, web.fetch(blog, FEED), blog)


def feed_from(web: Web, front: Fetched, blog: str) -> FoundFeed:
    """The same, with the front page at hand. Raises FeedMissing."""
    if itself := feed_in(front, blog):
        return itself
    for address in _candidates(front):
        try:
            fetched = web.fetch(address, FEED)
        except FetchRefused:
            continue
        if found := feed_in(fetched, address):
            return found
    raise FeedMissing


def feed_in(fetched: Fetched, address: str) -> FoundFeed | None:
    """The feed that was fetched from `address`, if it is one."""
    try:
        read = read_feed(fetched.body, fetched.final_address, said_charset=fetched.said_charset)
    except FeedBroken:
        return None
    return FoundFeed(fetched.moved_to or address, fetched, read)


def linked_feeds(page: str, address: str) -> list[str]:
    """The feeds that a page names, those of posts before those of comments."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        root = html.document_fromstring(page[:MAX_PAGE_CHARS].encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    base = next((one.get("href", "") for one in root.iter("base")), "")
    links = [one for one in root.iter("link") if _is_feed(one)][:MAX_LINKS]
    links.sort(key=_is_of_comments)
    return [found for one in links if (found := _joined(address, base, one.get("href", "")))]


def _candidates(front: Fetched) -> Iterator[str]:
    root = front.final_address.partition("?")[0].rstrip("/") + "/"
    usual = [urljoin(root, place) for place in USUAL_PLACES]
    yield from dict.fromkeys([*linked_feeds(front.text, front.final_address), *usual])


def _is_feed(link: HtmlElement) -> bool:
    kind = link.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in link.get("rel", "").lower().split() and kind in TYPES and bool(link.get("href"))


def _is_of_comments(link: HtmlElement) -> bool:
    words = f"{link.get('title', '')} {link.get('href', '')}".lower()
    return any(word in words for word in COMMENTS)


def _joined(address: str, base: str, href: str) -> str | None:
    try:
        return urljoin(urljoin(address, base), href.strip())
    except ValueError:
        return None
