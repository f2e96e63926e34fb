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
    head = {
        "title": _title(root),
        "canonical_address": _first(
            root, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"
        ),
        "language": _first(root, "//html/@lang", "/*/@lang"),
    }
    article = _article(root)
    return Document(blocks=tuple(_blocks(article)), **head)  # type: ignore[arg-type]


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


def _title(root: HtmlElement) -> str:
    """What the page calls itself, best source first; a site's name behind a dash is cut off."""
    said = _first(root, "//meta[@property='og:title']/@content")
    if not said:
        headings = [" ".join(one.text_content().split()) for one in root.xpath("//h1")[:3]]
        said = next((one for one in headings if one), None)
    if not said:
        said = re.split(r"\s[|–—-]\s", " ".join((_first(root, "//title/text()") or "").split()))[0]
    return " ".join(said.split())


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
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.tag in DROPPED_TAGS
        or element.get("aria-hidden") == "true"
        or bool(SURROUNDINGS.search(names[:300]))
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
    folded = " ".join(text.split())
    if folded:
        yield Block(kind, folded, level)  # type: ignore[arg-type]
