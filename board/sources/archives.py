"""What there is to import in a file or at an address, told by what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from board.sources.answers import ARCHIVE, FEED, MB
from board.sources.entries import Entry
from board.sources.feeds import FeedBroken, FeedRead, read_feed
from board.sources.fetching import Web
from board.sources.records import XmlRefused
from board.sources.sitemap import Places, SitemapReader
from board.sources.unpacking import PackingBroken, pieces_of
from board.sources.wordpress import read_export
from board.sources.xml_text import mended, xml_text

WORDPRESS = "wordpress.org/export/"
ROOT = re.compile(r"<(?:\w+:)?(rss|RDF|feed|urlset|sitemapindex)\b")


class ImportRefused(Exception):
    """It is nothing that is imported here; the message says why, in plain words."""


class Kind(StrEnum):
    """The values are what people read."""

    EXPORT = "WordPress export"
    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True)
class Archive:
    """A file of posts, at its beginning. `size` in bytes; `address`: where it came from, empty for a file."""

    file: IO[bytes]
    size: int
    address: str = ""
    said_charset: str | None = None

    def kind(self) -> Kind:
        """What is in it. Raises ImportRefused."""
        try:
            beginning = next(self._text(), "")
        except PackingBroken as broken:
            raise ImportRefused(str(broken)) from None
        self.file.seek(0)
        root = ROOT.search(beginning)
        if root is None:
            raise ImportRefused("it is neither a WordPress export nor a feed nor a sitemap")
        if root[1] == "rss" and WORDPRESS in beginning:
            return Kind.EXPORT
        return Kind.SITEMAP if root[1] in {"urlset", "sitemapindex"} else Kind.FEED

    def exported(self) -> Iterator[Entry]:
        """The posts of a WordPress export. Raises ImportRefused, perhaps after some."""
        try:
            yield from read_export(self._text())
        except (XmlRefused, PackingBroken) as refusal:
            raise ImportRefused(str(refusal)) from None

    def feed(self, base: str) -> FeedRead:
        """The posts of a feed; `base`: what its addresses count from. Raises ImportRefused."""
        body = bytearray()
        try:
            for piece in pieces_of(self.file):
                body += piece
                if len(body) > FEED.max_bytes:
                    raise ImportRefused(f"it is larger than {FEED.max_bytes // MB} MB")
            return read_feed(bytes(body), self.address or base, said_charset=self.said_charset)
        except (FeedBroken, PackingBroken) as broken:
            raise ImportRefused(str(broken)) from None

    def places(self, web: Web) -> Places:
        """The pages that a sitemap names, and those that it leads to. Raises ImportRefused."""
        try:
            return SitemapReader(web).read(mended(self._text()))
        except (XmlRefused, PackingBroken) as refusal:
            raise ImportRefused(str(refusal)) from None

    def _text(self) -> Iterator[str]:
        return xml_text(pieces_of(self.file), self.said_charset)


@contextmanager
def opened(source: str, web: Web) -> Iterator[Archive]:
    """The archive in a file or at an address. Raises FetchRefused, OSError."""
    if source.startswith(("http://", "https://")):
        with web.download(source, ARCHIVE) as found:
            yield Archive(found.file, _size(found.file), found.final_address, found.said_charset)
    else:
        with Path(source).open("rb") as file:
            yield Archive(file, _size(file))


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
