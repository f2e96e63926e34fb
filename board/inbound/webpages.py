"""A mail that is a web page, as lines of text without what it quotes. Pure."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

MAX_HTML_CHARS = 300_000
QUOTED = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_quote ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_quote_container ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_signature ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_extra ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' yahoo_quoted ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' protonmail_quote ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' moz-cite-prefix ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' moz-signature ')]"
    " | //blockquote[@type='cite'] | //*[@id='Signature'] | //*[@id='ms-outlook-mobile-signature']"
)
REST_QUOTED = (  # from here to the end, as Outlook does
    "//*[@id='appendonsend' or @id='divRplyFwdMsg' or @id='mail-editor-reference-message-container']"
    " | //div[contains(translate(@style, ' ', ''), 'border-top:solid#E1E1E1')"
    " or contains(translate(@style, ' ', ''), 'border-top:solid#B5C4DF')]"
)
UNSEEN = "//script | //style | //head | //title | //template | //comment() | //processing-instruction()"
GAPS = frozenset(["p", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"])
BLOCKS = GAPS | {"article", "center", "div", "dd", "dl", "dt", "hr", "li", "main", "section", "table", "tr"}


def lines_of(page: str) -> list[str]:
    """What the page says; [] for one that cannot be read."""
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        tree = html.document_fromstring(page[:MAX_HTML_CHARS].encode("utf-8", "replace"), parser=parser)
        for place in _all(tree, f"{QUOTED} | {UNSEEN}"):
            _drop(place)
        for place in _all(tree, REST_QUOTED)[:1]:
            _drop_from(place)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if isinstance(element.tag, str):
            _say(event, element, pieces)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", text).split("\n")


def _say(event: str, element: html.HtmlElement, pieces: list[str]) -> None:
    tag = element.tag
    edge = "\n\n" if tag in GAPS else "\n" if tag in BLOCKS else ""
    if event == "start":
        pieces.append(_edge(pieces, edge))
        if tag == "li":
            pieces.append("- ")
        pieces.append(_words(element.text))
        return
    pieces.append("\n" if tag == "br" else _edge(pieces, edge))
    pieces.append(_words(element.tail))


def _edge(pieces: list[str], edge: str) -> str:
    """What is still missing of an edge: a block that begins where another ended has one."""
    last = next((piece for piece in reversed(pieces) if piece), "\n\n")
    if last.endswith("\n\n"):
        return ""
    return edge[1:] if last.endswith("\n") else edge


def _words(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f\u00a0]+", " ", text or "")


def _drop(place: html.HtmlElement) -> None:
    """Take it out, and leave the words behind it."""
    if place.getparent() is not None:
        place.drop_tree()


def _drop_from(place: html.HtmlElement) -> None:
    """Take out everything from there to the end of the page."""
    here: html.HtmlElement | None = place
    while here is not None and (parent := here.getparent()) is not None:
        for later in list(here.itersiblings()):
            parent.remove(later)
        here.tail = None
        here = parent
    _drop(place)


def _all(tree: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    found: Any = tree.xpath(path)
    return list(found)
