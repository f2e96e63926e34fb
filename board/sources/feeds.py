"""Reading a feed: RSS 2.0 and 1.0, Atom. Pure.

Sources: RSS 2.0 (rssboard.org), RSS 1.0 with its content module, RFC 4287; and what blogs make of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urljoin, urlsplit

from board.sources.dates import moment
from board.sources.entries import Entry, plain_title
from board.sources.records import Field, Record, Shape, XmlRefused, records
from board.sources.xml_text import mended, xml_text

MAX_ENTRIES = 1000  # blogs list their newest ten to fifty; a whole archive is an export
PIECE_BYTES = 64 * 1024
FEED = Shape(
    names=frozenset({"item", "atom:entry"}),
    keep=frozenset({
        "title", "link", "guid", "description", "pubDate", "content:encoded", "dc:date",
        "feedburner:origLink", "atom:title", "atom:link", "atom:id", "atom:content", "atom:summary",
        "atom:published", "atom:issued", "atom:updated", "atom:modified",
    }),
    roots=frozenset({"rss", "rdf:RDF", "atom:feed"}),
)  # fmt: skip
# How a text ends that goes on elsewhere: themes cut by such signs, in any language.
CUT_OFF = re.compile(r"(\[\s*(…|\.\.\.|&hellip;|&#8230;)\s*\]|…|&hellip;|&#8230;|\.\.\.)\s*$")
READ_ON = re.compile(
    r"(continue reading|read (more|the rest|on)|weiterlesen|lire la suite|seguir leyendo)\W*$"
)
MARKUP_END = re.compile(r"(\s|<[^<>]{0,500}>)+$")
WHOLE_FROM_CHARS = 1500  # a description that is longer and has paragraphs is no summary
WHOLE_FROM_PARAGRAPHS = 3


class FeedBroken(Exception):
    """It cannot be read as a feed; the message says why, in plain words."""


@dataclass(frozen=True)
class FeedRead:
    """`entries` in the feed's own order, the youngest first as a rule. `skipped`: how many name no page."""

    entries: tuple[Entry, ...]
    skipped: int

    def oldest_first(self) -> list[Entry]:
        """So that the youngest post gets its thread last, and stands first where threads are listed."""
        backwards = list(reversed(self.entries))
        dated = [(entry.published_at, entry) for entry in backwards if entry.published_at]
        if len(dated) < len(backwards):
            return backwards
        return [entry for _, entry in sorted(dated, key=lambda one: one[0])]


def read_feed(body: bytes, address: str, *, said_charset: str | None = None) -> FeedRead:
    """The entries of a feed that was found at `address`. Raises FeedBroken."""
    try:
        try:
            found = list(_records(xml_text(_pieces(body), said_charset), address))
        except XmlRefused:
            found = list(_records(mended(xml_text(_pieces(body), said_charset)), address))
    except XmlRefused as refusal:
        raise FeedBroken(f"it cannot be read as a feed: {refusal}") from None
    entries = [entry for one in found if (entry := read_entry(one))]
    return FeedRead(_apart(entries), len(found) - len(entries))


def feed_records(text: Iterable[str], address: str) -> Iterator[Record]:
    """The entries of a feed, unread, one after the other. Raises XmlRefused."""
    return records(text, FEED, base=address)


def read_entry(record: Record) -> Entry | None:
    """What an entry says, or None where it names no page of the web."""
    address = _address(record)
    if address is None:
        return None
    html, is_whole = _html(record)
    published = moment(record.text("pubDate", "atom:published", "atom:issued", "dc:date", "atom:updated"))
    return Entry(
        address=address,
        title=plain_title(_title(record)),
        html=html,
        is_whole=is_whole and not record.is_cut,
        published_at=published,
        key=record.text("guid", "atom:id") or None,
        updated_at=moment(record.text("atom:updated", "atom:modified")) or published,
    )


def looks_cut(html: str) -> bool:
    """Whether a text ends as one does that goes on at the blog."""
    end = MARKUP_END.sub("", html[-3000:])
    return bool(CUT_OFF.search(end) or READ_ON.search(end.lower().rstrip(" »→>.…")))


def _records(text: Iterable[str], address: str) -> Iterator[Record]:
    for number, one in enumerate(feed_records(text, address)):
        if number >= MAX_ENTRIES:
            return
        yield one


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[start : start + PIECE_BYTES] for start in range(0, len(body), PIECE_BYTES))


def _address(record: Record) -> str | None:
    """Where the post stands: not where a service counts its readers, if the feed tells both."""
    said = [
        *((one.text, one.base) for one in record.all("feedburner:origLink", "link")),
        *((one.attributes.get("href", ""), one.base) for one in _alternates(record)),
        *((one.text, one.base) for one in record.all("guid") if _is_permalink(one)),
        (record.attributes.get("rdf:about", ""), record.base),
    ]
    found = (_on_the_web(base, text.strip()) for text, base in said if text.strip())
    return next(filter(None, found), None)


def _alternates(record: Record) -> list[Field]:
    links = record.all("atom:link")
    found = [one for one in links if one.attributes.get("rel", "alternate") == "alternate"]
    return sorted(found, key=lambda one: "html" not in one.attributes.get("type", "text/html"))


def _is_permalink(guid: Field) -> bool:
    return guid.attributes.get("isPermaLink", "true") != "false" and guid.text.strip().startswith("http")


def _on_the_web(base: str, said: str) -> str | None:
    try:
        address = urljoin(base, said)
        parts = urlsplit(address)
    except ValueError:
        return None
    is_page = parts.path.strip("/") or parts.query  # and not the blog's front page
    return address if parts.scheme in {"http", "https"} and parts.hostname and is_page else None


def _title(record: Record) -> str:
    return next(filter(None, map(_as_html, record.all("title", "atom:title"))), "")


def _html(record: Record) -> tuple[str | None, bool]:
    """What it carries of the post, and whether that is all of it."""
    for one in record.all("content:encoded", "atom:content", "description", "atom:summary"):
        if (html := _as_html(one)) and html.strip():
            is_meant = one.name in {"content:encoded", "atom:content"}
            return html, (is_meant or _is_long(html)) and not looks_cut(html)
    return None, False


def _is_long(html: str) -> bool:
    return len(html) >= WHOLE_FROM_CHARS and html.lower().count("<p") >= WHOLE_FROM_PARAGRAPHS


def _as_html(one: Field) -> str | None:
    """RFC 4287, 3.1 and 4.1.3: text, html, xhtml, or something else, of which only HTML is read."""
    if not one.name.startswith("atom:"):
        return one.text
    kind = one.attributes.get("type", "text").lower().partition(";")[0]
    if "src" in one.attributes or kind not in {"text", "html", "xhtml", "text/html", "text/plain"}:
        return None
    return escape(one.text, quote=False) if kind in {"text", "text/plain"} else one.text


def _apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Each page once, the first time; without the keys that several entries share, for they name none."""
    keys = Counter(entry.key for entry in entries)
    pages = {entry.address: entry for entry in reversed(entries)}
    return tuple(
        entry if keys[entry.key] == 1 else replace(entry, key=None)
        for entry in entries
        if pages[entry.address] is entry
    )
