"""What a blog is called, and in which language it is written. Pure."""

from __future__ import annotations

import html
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from board.sources.entries import plain_title
from board.sources.xml_text import xml_text

MAX_PAGE_CHARS = 512 * 1024
MAX_HEAD_CHARS = 20_000  # of a feed, before its first entry
ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
TITLE = re.compile(r"<(?:atom:)?title\b[^<>]{0,300}>(.{0,2000}?)</(?:atom:)?title>", re.DOTALL)
MARKED = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
WITH_REGION = frozenset({"pt-br", "zh-hant"})  # which the region tells apart to their readers


def blog_name(page: str, feed: bytes | None = None) -> str:
    """What the blog calls itself to others, else in its feed, else in the window; empty when nowhere."""
    root = _parsed(page)
    shared = _first(root, "//meta[@property='og:site_name']/@content")
    window = _first(root, "//head//title//text()")
    titles = (plain_title(one) for one in (shared, feed_title(feed or b""), window))
    return next(filter(None, titles), "")


def feed_title(feed: bytes) -> str:
    """The title of a feed, not of its entries; empty when it has none."""
    text = "".join(xml_text([feed[:MAX_HEAD_CHARS]]))
    first = ENTRY.search(text)
    found = TITLE.search(text[: first.start()] if first else text)
    return plain_title(html.unescape(MARKED.sub(r"\1", found[1]))) if found else ""


def blog_language(page: str) -> str:
    """The code of the language that the page says it is written in, such as de or pt-BR; or nothing."""
    said = _first(_parsed(page), "/html/@lang").strip().replace("_", "-")
    if not LANGUAGE.fullmatch(said):
        return ""
    return said if said.lower() in WITH_REGION else said.partition("-")[0].lower()


def _parsed(page: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        return document_fromstring(page[:MAX_PAGE_CHARS].encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _first(root: HtmlElement | None, path: str) -> str:
    found = [] if root is None else root.xpath(path)
    return str(found[0]) if found else ""
