"""The article on a web page: its blocks of text, without what themes put around and into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from board.prompts.document import Block, Document

DROPPED_TAGS = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "form", "nav",
    "aside", "footer", "button", "select", "textarea", "figcaption",
})  # fmt: skip
# Words in a class or id that mark what surrounds an article, as the common themes write them.
SURROUNDINGS = re.compile(
    r"(^|[-_\s])(comments?|respond|reply|share|sharing|sharedaddy|social|related|jp-relatedposts|sidebar|widget|"
    r"newsletter|subscribe|signup|sign-up|optin|popup|modal|cookie|breadcrumbs?|author-(box|bio|info)|post-author|"
    r"menu|navigation|nav|pagination|tags?-links|entry-(footer|meta)|post-(meta|footer|tags)|byline|promo|advert|ads)"
    r"([-_\s]|$)",
    re.IGNORECASE,
)
ARTICLES = (
    "//*[contains(@itemprop, 'articleBody')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' entry-content ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' post-content ')]",
    "//article",
    "//main",
    "//*[@role = 'main']",
)
# What page builders and themes write on everything: nothing about the element, all about the layout.
OF_LAYOUT = ("has-", "no-", "with-", "without-", "elementor-", "tag-", "category-", "js-", "is-")
# The last dash of several: a title may hold one of its own.
WITH_SITE_NAME = re.compile(r"(.+)\s[|–—·«»-]\s.*")
MAX_TITLE_CHARS = 1000
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TEXT_TAGS = frozenset({"p", "li", "dd", "dt", "td", "pre"})
BREAKERS = frozenset({
    "p", "div", "ul", "ol", "li", "dl", "dd", "dt", "table", "tr", "td", "section", "article", "blockquote",
    "pre", "figure", *HEADINGS,
})  # fmt: skip
MAX_DEPTH = 200  # deeper nesting is no writing; the parser itself stops a little later


def read_page(source: str) -> Document:
    """The article of a full page, or a fragment as a feed carries it. Never raises for bad HTML."""
    root = _parsed(source)
    if root is None:
        return Document("", ())
    article = _article(root)
    title = _title(root, article)  # before the blocks, which take the page apart
    return Document(title, tuple(_blocks(article)), _canonical_address(root), _first(root, "//html/@lang"))


def _parsed(source: str) -> HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _first(root: HtmlElement, *paths: str) -> str | None:
    for path in paths:
        for found in root.xpath(path)[:1]:
            if str(found).strip():
                return str(found).strip()
    return None


def _canonical_address(root: HtmlElement) -> str | None:
    """Where the page says it stands; a path alone says nothing to us, who may have read it from a file."""
    links = root.xpath("//link[@rel and @href]")[:200]
    said = [one.get("href") for one in links if "canonical" in one.get("rel").lower().split()]
    said += root.xpath("//meta[@property='og:url']/@content")
    addresses = (str(one).strip() for one in said)
    return next((one for one in addresses if one.lower().startswith(("https://", "http://"))), None)


def _title(root: HtmlElement, article: HtmlElement) -> str:
    """What the page calls the post, without the site's name.

    Its first heading where the window's title agrees; else what other sites are told, the heading of the
    article, the window's title, and any heading, in this order.
    """
    shared = _folded(_first(root, "//meta[@property='og:title']/@content") or "")
    window = _folded(_first(root, "//title//text()") or "")
    inner = [] if article.tag == "body" else _headings(article)
    headings = [*inner, *_headings(root)]
    agreed = [heading for heading in headings if (shared or window).startswith(heading)]
    titles = [*agreed, _without_site_name(shared), *inner, _without_site_name(window), *headings]
    return next(filter(None, titles), "")


def _without_site_name(title: str) -> str:
    found = WITH_SITE_NAME.fullmatch(title[:MAX_TITLE_CHARS])
    return found[1] if found else title


def _headings(element: HtmlElement) -> list[str]:
    texts = (_folded(heading.text_content()) for heading in element.xpath(".//h1")[:3])
    return [text for text in texts if text]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _article(root: HtmlElement) -> HtmlElement:
    """The element that holds the post: the longest of the first kind there is, else the whole body."""
    for path in ARTICLES:
        found = root.xpath(path)[:50]
        if found:
            longest: HtmlElement = max(found, key=lambda one: len(one.text_content()))
            if longest.text_content().strip():
                return longest
    bodies = root.xpath("//body")
    return bodies[0] if bodies else root


def _blocks(article: HtmlElement) -> Iterator[Block]:
    """The article's blocks in reading order, walked without recursion."""
    waiting: list[tuple[HtmlElement, bool, int]] = [(article, False, 0)]
    while waiting:
        element, quoted, depth = waiting.pop()
        if not isinstance(element.tag, str) or depth > MAX_DEPTH or (depth and _is_around(element)):
            continue
        inner = quoted or element.tag == "blockquote"
        if element.tag in HEADINGS:
            yield from _block("heading", element.text_content(), HEADINGS[element.tag])
        elif element.tag in TEXT_TAGS and not any(child.tag in BREAKERS for child in element):
            yield from _lines(element, "quote" if inner else "text")
        else:
            yield from _loose(element, "quote" if inner else "text")
            waiting.extend((child, inner, depth + 1) for child in reversed(element))


def _is_around(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].lower().split()
    return (
        element.tag in DROPPED_TAGS
        or element.get("aria-hidden") == "true"
        or any(SURROUNDINGS.search(name) for name in names if not name.startswith(OF_LAYOUT))
    )


def _lines(element: HtmlElement, kind: str) -> Iterator[Block]:
    """A paragraph; two line breaks in a row part it, as old editors wrote paragraphs."""
    for br in element.iter("br"):
        br.tail = "\n" + (br.tail or "")
    for part in re.split(r"\n\s*\n", element.text_content()):
        yield from _block(kind, part)


def _loose(element: HtmlElement, kind: str) -> Iterator[Block]:
    """Text that stands in a container beside inline elements only, without a paragraph of its own."""
    if not any(isinstance(child.tag, str) and child.tag in BREAKERS for child in element):
        yield from _lines(element, kind)
        for child in list(element):
            element.remove(child)


def _block(kind: str, text: str, level: int = 0) -> Iterator[Block]:
    folded = _folded(text)
    if folded:
        yield Block(kind, folded, level)  # type: ignore[arg-type]
