"""Importing an archive or a folder, one post after the other.

An import may be broken off and begun again: what was taken is known, and nothing is taken twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from board.sources.answers import MB
from board.sources.archives import Archive, ImportRefused, Kind
from board.sources.entries import Entry
from board.sources.fetching import Web
from board.sources.folders import Folder
from board.sources.models import Why
from board.sources.records import MAX_RECORD_CHARS
from board.sources.sitemap import MAX_PLACES
from board.sources.taking import Result, Taken, Taker
from board.sources.tallying import Tally, Unusable

SPACING = timedelta(seconds=2)  # between two pages of a blog that the worker is to fetch


class Import:
    """A way of importing. `length`: what `run` counts up to. `tally`: what came of it so far."""

    def __init__(self, taker: Taker) -> None:
        self.taker = taker
        self.tally = Tally()
        self.length = 0

    def run(self) -> Iterator[int]:
        """Take one post after the other, and say after each how far it is."""
        raise NotImplementedError


class ExportImport(Import):
    """The posts of a WordPress export, in as little memory as one of them takes."""

    def __init__(self, taker: Taker, archive: Archive) -> None:
        super().__init__(taker)
        self._archive, self.length = archive, archive.size

    def run(self) -> Iterator[int]:
        try:
            for entry in self._archive.exported():
                with self.tally.trying(entry.address or entry.title):
                    self.tally.note(self._take(entry))
                yield self._archive.file.tell()
        except ImportRefused as refusal:
            self.tally.fail("the rest of the file", str(refusal))

    def _take(self, entry: Entry) -> Taken:
        if not entry.address:
            raise Unusable("it has no address")
        if entry.html is None:
            raise Unusable(f"it is larger than {MAX_RECORD_CHARS // MB} MB")
        return self.taker.entry(entry) if self.taker.fresh([entry]) else Taken(Result.KNOWN)


class EntriesImport(Import):
    """The posts of a feed or a sitemap. at_once: pages that must be fetched are fetched now, by us."""

    def __init__(self, taker: Taker, entries: Sequence[Entry], why: Why, web: Web, *, at_once: bool) -> None:
        super().__init__(taker)
        self._entries, self._why, self._web, self._at_once = entries, why, web, at_once
        self.length = len(entries)

    def run(self) -> Iterator[int]:
        for done, entry in enumerate(self._entries, start=1):
            with self.tally.trying(entry.address):
                self.tally.note(self._take(entry))
            yield done

    def _take(self, entry: Entry) -> Taken:
        self.taker.blog.require_own(entry.address)
        if not self.taker.fresh([entry]):
            return Taken(Result.KNOWN)
        if entry.is_whole and entry.html:
            return self.taker.entry(entry)
        if self._at_once:
            return self.taker.page(self._web, entry.address)
        return self.taker.later(entry, self._why, wait=SPACING * self.tally.queued)


class FolderImport(Import):
    """The posts in a folder of files."""

    def __init__(self, taker: Taker, folder: Folder, files: Sequence[Path]) -> None:
        super().__init__(taker)
        self._folder, self._files, self.length = folder, files, len(files)

    def run(self) -> Iterator[int]:
        for done, file in enumerate(self._files, start=1):
            with self.tally.trying(file.relative_to(self._folder.path).as_posix()):
                self.tally.note(self._take(file))
            yield done

    def _take(self, file: Path) -> Taken:
        post = self._folder.read(file, self.taker.now)
        found = self.taker.read(post.source, post.form, address=post.address)
        self.taker.blog.require_own(post.address or found.address)
        return self.taker.post(
            replace(found, title=post.title or found.title, published_at=post.published_at)
        )


def import_of(archive: Archive, taker: Taker, web: Web, *, at_once: bool) -> Import:
    """How to import what is in `archive`. Raises ImportRefused."""
    kind = archive.kind()
    if kind is Kind.EXPORT:
        return ExportImport(taker, archive)
    if kind is Kind.FEED:
        feed = archive.feed(taker.blog.address)
        found = EntriesImport(taker, feed.oldest_first(), Why.FEED, web, at_once=at_once)
        found.tally.left_out = feed.skipped
        return found
    return _of_sitemap(archive, taker, web, at_once=at_once)


def _of_sitemap(archive: Archive, taker: Taker, web: Web, *, at_once: bool) -> Import:
    places = archive.places(web)
    entries = [
        Entry(place.address, "", None, is_whole=False, published_at=None, updated_at=place.changed_at)
        for place in places.found.values()
        if not taker.blog.is_front(place.address)
    ]
    found = EntriesImport(taker, entries, Why.SITEMAP, web, at_once=at_once)
    for address, why in places.failed.items():
        found.tally.fail(address, why)
    if places.is_cut:
        found.tally.fail("further pages", f"a sitemap is read up to {MAX_PLACES:,} pages")
    return found
