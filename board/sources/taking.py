"""Taking posts of a blog into the board, many or one.

One short transaction a post, which is committed here, and none is open while a post is fetched or read:
on SQLite it would keep everybody from writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from board.extensions import db
from board.prompts import source_hash
from board.sources.blogs import Blog
from board.sources.entries import Entry
from board.sources.fetching import Web
from board.sources.models import Why
from board.sources.queries import Known, known_posts, site_with_id
from board.sources.reading import ReadPost, named, read_entry, read_page
from board.sources.waiting import ask_for
from board.threads.addresses import canonical
from board.threads.registration import PostRead, register


class Result(StrEnum):
    """taken: it is new, or has new words. known: nothing about it is new. queued: its page will be read."""

    TAKEN = "taken"
    KNOWN = "known"
    QUEUED = "queued"


@dataclass(frozen=True)
class Taken:
    """`opened`: threads. `waiting`: prompts that wait for the author. `asks`: the post asks something."""

    result: Result
    opened: int = 0
    waiting: int = 0
    asks: bool = True


@dataclass(frozen=True)
class Taker:
    """Takes posts of one blog. `opens_from`: as in register. `read`: what finds their prompts.
    `is_archive`: they are an import, of which nobody is told.

    All of it raises AddressRefused for an address that is none of the blog's, and Unreadable.
    """

    blog: Blog
    opens_from: float | None
    read: ReadPost
    now: datetime
    is_archive: bool = False

    @classmethod
    def for_site(cls, site_id: int, read: ReadPost, now: datetime) -> Taker:
        """One that follows the site's own rule."""
        blog = Blog.of(site_with_id(site_id))
        db.session.commit()
        return cls(blog, blog.opens_from, read, now)

    def fresh(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those that are not known, or not as they are now. One statement for all of them."""
        keys = {entry.address: canonical(entry.address) for entry in entries if self.blog.owns(entry.address)}
        known = known_posts(self.blog.site_id, list(keys.values()))
        db.session.commit()
        return [one for one in entries if not _is_as_known(one, known.get(keys.get(one.address, "")))]

    def entry(self, entry: Entry) -> Taken:
        """A post that came with all its words. Its own name, if it is an address, stays one of its names."""
        self.blog.require_own(entry.address)
        key = entry.key or ""
        names = [key] if self.blog.owns(key) and not self.blog.is_front(key) else []
        return self.post(named(read_entry(self.read, entry), names))

    def page(self, web: Web, address: str) -> Taken:
        """A post that is fetched from its page. Raises FetchRefused too."""
        self.blog.require_own(address)
        page = web.fetch(address)
        self.blog.require_own(page.final_address)
        return self.post(read_page(self.read, page, asked=address))

    def post(self, read: PostRead) -> Taken:
        """A post that was read."""
        try:
            site = site_with_id(self.blog.site_id)
            key = canonical(read.address)
            known = known_posts(site.id, [key]).get(key)
            registered = register(
                site, read, opens_from=self.opens_from, now=self.now, is_archive=self.is_archive
            )
            opened, waiting = len(registered.opened), len(registered.waiting)
            db.session.commit()
        finally:
            db.session.rollback()
        is_known = known is not None and known.content_hash == read.content_hash
        return Taken(Result.KNOWN if is_known else Result.TAKEN, opened, waiting, asks=bool(read.prompts))

    def later(self, entry: Entry, why: Why, *, wait: timedelta) -> Taken:
        """A post whose page is to be read after `wait`, or waits already."""
        try:
            site = site_with_id(self.blog.site_id)
            ask_for(site, entry.address, why, self.now, due_at=self.now + wait)
            db.session.commit()
        finally:
            db.session.rollback()
        return Taken(Result.QUEUED)


def _is_as_known(entry: Entry, known: Known | None) -> bool:
    """Whether nothing changed since the post was read: in its words, or by its date where it came without."""
    if known is None:
        return False
    if entry.is_whole and entry.html:
        return known.content_hash == source_hash(entry.html)
    return not (entry.updated_at and known.read_at and entry.updated_at > known.read_at)
