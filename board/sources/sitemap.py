"""The pages that a sitemap names, through its index if it has one.

Source: sitemaps.org, "Sitemaps XML format".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from board.sources.answers import ARCHIVE
from board.sources.dates import moment
from board.sources.fetching import FetchRefused, Web
from board.sources.records import Shape, XmlRefused, records
from board.sources.unpacking import pieces_of
from board.sources.xml_text import mended, xml_text

SITEMAP = Shape(
    names=frozenset({"url", "sitemap"}),
    keep=frozenset({"loc", "lastmod"}),
    roots=frozenset({"urlset", "sitemapindex"}),
)
MAX_PLACES = 50_000  # sitemaps.org: "no more than 50,000 URLs"
MAX_DEPTH = 2
MAX_SITEMAPS = 500
# Lists of lists, as WordPress, its plugins and Ghost name them: no posts there.
NO_POSTS = re.compile(r"(^|[/_-])(categor(y|ies)|post_tag|tags?|taxonomies|authors?|users?)([-_.]|$)")


@dataclass(frozen=True)
class Place:
    address: str
    changed_at: datetime | None


@dataclass
class Places:
    """`found`: the pages, each once. `failed`: the sitemaps that could not be read, and why.

    `is_cut`: there were more than are read.
    """

    found: dict[str, Place] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False


class SitemapReader:
    """Reads a sitemap and those that its index names."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._asked: set[str] = set()
        self._places = Places()

    def read(self, text: Iterable[str]) -> Places:
        """All pages of the sitemap that `text` brings in pieces. Raises XmlRefused."""
        self._read(text, depth=0)
        return self._places

    def _read(self, text: Iterable[str], *, depth: int) -> None:
        """Its own pages, then those of the sitemaps it names."""
        nested: list[str] = []
        for record in records(text, SITEMAP):
            if len(nested) + len(self._places.found) >= MAX_PLACES:
                self._places.is_cut = True
                break
            address = record.text("loc")
            if record.name == "sitemap":
                nested.append(address)
            elif address:
                self._places.found.setdefault(address, Place(address, moment(record.text("lastmod"))))
        for address in nested:
            self._fetch(address, depth=depth + 1)

    def _fetch(self, address: str, *, depth: int) -> None:
        if address in self._asked or NO_POSTS.search(address.lower().rpartition("/")[2]):
            return
        if depth > MAX_DEPTH or len(self._asked) >= MAX_SITEMAPS:
            self._places.is_cut = True
            return
        self._asked.add(address)
        try:
            with self._web.download(address, ARCHIVE) as file:
                self._read(mended(xml_text(pieces_of(file.file), file.said_charset)), depth=depth)
        except (FetchRefused, XmlRefused) as refusal:
            self._places.failed[address] = str(refusal)
