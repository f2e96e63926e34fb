"""Stored HTML as readable plain text, for mail, feeds and excerpts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

PARAGRAPHS = frozenset({"p", "pre", "blockquote", "ul", "ol", "table", "hr"})
CELLS = frozenset({"td", "th"})


def plain(html: str) -> str:
    """The text of stored `html`: paragraphs apart, lists and quotes marked, links as "text (address)".

    A link whose words are its address is written once. Contains no markup of ours; a "<" in it was
    typed by the reader. Never raises.
    """
    return _read(_Reader(), html)


def excerpt(html: str, limit: int) -> str:
    """The words of stored `html` in one line of at most `limit` characters, cut at a word with "…".

    Without addresses of links and marks of lists. A first word longer than `limit` is cut itself.
    """
    line = " ".join(words(html).split())
    if len(line) <= limit:
        return line
    kept = line[: max(limit - 1, 0)]
    if not line[len(kept)].isspace():
        kept = kept.rpartition(" ")[0] or kept
    return kept.rstrip(" ,;:.–-") + "…"


def words(html: str) -> str:
    """Only what the reader wrote: no address, no mark of a list, no rule."""
    return _read(_Words(), html)


def _read(reader: _Words, html: str) -> str:
    reader.feed(html)
    reader.close()
    return reader.text()


class _Words(HTMLParser):
    """Gathers the words, with white space between blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PARAGRAPHS | CELLS | {"br", "li", "tr"}:
            self.parts.append(" ")

    def text(self) -> str:
        return "".join(self.parts)


class _Reader(_Words):
    """Lays the text out in lines, each with the marks of the quotes and lists it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.margins: list[str] = []  # what every further line of the open quotes and items begins with
        self.bullet = ""  # what the next line begins with instead of its last margin
        self.counters: list[int | None] = []  # the next number of each open list; None: bullets
        self.links: list[tuple[str, int]] = []
        self.in_pre = False
        self.gap: str | None = None  # the line wanted between two paragraphs

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in PARAGRAPHS or tag in {"li", "tr", "br"}:
            self._end_line()
        if tag == "blockquote":
            self.margins.append("> ")
        elif tag in {"ul", "ol"}:
            start = values.get("start", "1")
            self.counters.append(None if tag == "ul" else int(start) if start.isdecimal() else 1)
        elif tag == "li":
            self._begin_item()
        elif tag == "a":
            self.links.append((values.get("href", ""), len(self.parts)))
        elif tag in CELLS and "".join(self.parts):
            self.parts.append(" | ")
        elif tag == "hr":
            self.parts.append("---")
            self.handle_endtag("hr")
        self.in_pre = self.in_pre or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self._tell_address(*self.links.pop())
        if tag in PARAGRAPHS or tag in {"li", "tr"}:
            self._end_line()
        if tag == "pre":
            self.in_pre = False
        elif tag in {"blockquote", "li"} and self.margins:
            self.margins.pop()
            self.bullet = ""
        elif tag in {"ul", "ol"} and self.counters:
            self.counters.pop()
        if tag in PARAGRAPHS and not (self.counters and tag in {"ul", "ol"}):
            self.gap = "".join(self.margins).rstrip()

    def handle_data(self, data: str) -> None:
        if not self.in_pre:
            between_blocks = data.isspace() and "\n" in data
            self.parts.append("" if between_blocks else re.sub(r"[ \t\n]+", " ", data))
            return
        first, *others = data.split("\n")
        self.parts.append(first)
        for line in others:
            self._end_line(keep_empty=True)
            self.parts.append(line)

    def text(self) -> str:
        self._end_line()
        return "\n".join(self.lines).strip("\n")

    def _begin_item(self) -> None:
        number = self.counters[-1] if self.counters else None
        self.bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self.counters[-1] = number + 1
        self.margins.append(" " * len(self.bullet))

    def _tell_address(self, address: str, since: int) -> None:
        label = "".join(self.parts[since:]).strip()
        shown = address.removeprefix("mailto:")
        if shown and unquote(label) not in {shown, unquote(address)}:
            self.parts.append(f" ({shown})")

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = "".join(self.parts) if self.in_pre else "".join(self.parts).strip(" ")
        self.parts.clear()
        if not line and not keep_empty:
            return
        if self.gap is not None and self.lines:
            self.lines.append(self.gap)
        self.gap = None
        margins = [*self.margins[:-1], self.bullet] if self.bullet else self.margins
        self.bullet = ""
        self.lines.append(("".join(margins) + line).rstrip())
