"""What the web is asked for, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import IO

from board.sources.charsets import charset_of

XML = frozenset({"application/xml", "text/xml"})
TEXT = frozenset({"text/html", "application/xhtml+xml", "text/markdown", "text/plain"})
FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
FILES = frozenset({"application/octet-stream", "application/gzip", "application/x-gzip"})
MB = 1024 * 1024


@dataclass(frozen=True)
class Wanted:
    """A kind of thing to ask for: of these `types`, at most `max_bytes`, within `seconds` in all.

    `words`: what it should be, for the sentence that refuses another. `etag`, `last_modified`: of the answer
    that is known; the server may say that nothing changed.
    """

    words: str
    types: frozenset[str]
    accept: str
    max_bytes: int
    seconds: float
    etag: str = ""
    last_modified: str = ""

    def unless(self, *, etag: str, last_modified: str) -> Wanted:
        """The same, unless it is still what these stand for."""
        return replace(self, etag=etag, last_modified=last_modified)

    @property
    def is_known(self) -> bool:
        return bool(self.etag or self.last_modified)

    @property
    def headers(self) -> dict[str, str]:
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        said = {name: value for name, value in known.items() if value}
        return {"Accept": self.accept, "Accept-Encoding": "identity", **said}


PAGE = Wanted(
    words="a page of text",
    types=TEXT | XML,
    accept="text/html,application/xhtml+xml,*/*;q=0.5",
    max_bytes=2 * MB,
    seconds=20,
)
FEED = Wanted(  # some servers know no better than to call a feed a page or a file
    words="a feed",
    types=FEEDS | XML | TEXT | {"application/octet-stream"},
    accept="application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5",
    max_bytes=8 * MB,
    seconds=30,
)
ARCHIVE = Wanted(  # sitemaps.org: "no larger than 50MB"
    words="a sitemap, an export or a feed",
    types=FEEDS | XML | TEXT | FILES,
    accept="application/xml,application/gzip,*/*;q=0.5",
    max_bytes=50 * MB,
    seconds=300,
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Where from in the end, and of which kind. `said_charset`: as its header has it.

    `moved_to`: where the address leads for good, if it does. `is_unchanged`: it is still what the `etag` and
    `last_modified` of the question stood for; no bytes came.
    """

    final_address: str
    content_type: str
    said_charset: str | None = None
    etag: str = ""
    last_modified: str = ""
    moved_to: str | None = None
    is_unchanged: bool = False


@dataclass(frozen=True, kw_only=True)
class Fetched(Answer):
    """An answer in memory."""

    body: bytes

    @property
    def charset(self) -> str:
        return charset_of(self.body, self.said_charset)

    @property
    def text(self) -> str:
        """The page as text; what cannot be read in its charset is replaced."""
        return self.body.decode(self.charset, "replace")


@dataclass(frozen=True, kw_only=True)
class Download(Answer):
    """An answer as a file, at its beginning; in memory while it is small."""

    file: IO[bytes]
