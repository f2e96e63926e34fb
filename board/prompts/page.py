"""The article on a web page: its blocks of text, without what themes put around and into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from board.prompts.article import find_article, is_around
from board.prompts.document import Block, Document

# The last dash of several: a title may hold one of its own.
WITH_SITE_NAME = re.compile(r"(.+)\s[|–—·«»-]\s.*")
MAX_TITLE_CHARS = 1000
HEADINGS = {f"h{level}": level for level in range(1, 7)}
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
    article = find_article(root)
    title = _title(root, article)  # before the blocks, which take the page apart
    blocks = tuple(_blocks(article))
    return Document(title, blocks, _canonical_address(root), _first(root, "//html/@lang"), from_page=True)


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


def _blocks(article: HtmlElement) -> Iterator[Block]:
    """The article's blocks in reading order, walked without recursion."""
    etree.strip_elements(article, "script", "style", "noscript", with_tail=False)
    for br in article.iter("br"):
        br.tail = "\n" + (br.tail or "")
    waiting: list[tuple[HtmlElement | str, bool, int]] = [(article, False, 0)]
    while waiting:
        part, quoted, depth = waiting.pop()
        if isinstance(part, str):
            yield from _paragraphs(part, "quote" if quoted else "text")
        elif depth > MAX_DEPTH or (depth and is_around(part)):
            continue
        elif part.tag in HEADINGS:
            yield from _block("heading", part.text_content(), HEADINGS[part.tag])
        elif part.tag == "pre":
            yield from _block("code", part.text_content())
        else:
            inner = quoted or part.tag == "blockquote"
            waiting.extend((one, inner, depth + 1) for one in reversed(_parts(part)))


def _parts(element: HtmlElement) -> list[HtmlElement | str]:
    """What stands in a container, in order: its blocks, and between them the text that is in none of them."""
    parts: list[HtmlElement | str] = []
    loose = element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or (is_around(child) and child.tag not in BREAKERS):
            loose += child.tail or ""
        elif any(one.tag in BREAKERS for one in child.iter()):
            parts += [loose, child]
            loose = child.tail or ""
        else:
            loose += child.text_content() + (child.tail or "")
    return [*parts, loose]


def _paragraphs(text: str, kind: str) -> Iterator[Block]:
    """Two line breaks in a row part paragraphs, as old editors wrote them."""
    for part in re.split(r"\n[^\S\n]*\n\s*", text) if "\n" in text else (text,):
        yield from _block(kind, part)


def _block(kind: str, text: str, level: int = 0) -> Iterator[Block]:
    folded = _folded(text)
    if folded:
        yield Block(kind, folded, level)  # type: ignore[arg-type]
