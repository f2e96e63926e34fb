"""A post's discussion that nobody has begun yet: shown under the site's default prompt, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from board.embed import queries
from board.foundation.errors import NotFound
from board.sites.models import Site
from board.sources.blogs import Blog
from board.sources.models import Why
from board.sources.waiting import ask_for
from board.threads.addresses import canonical
from board.threads.models import Thread
from board.threads.queries import thread_for
from board.threads.registration import stand_in


@dataclass(frozen=True)
class Page:
    """A page of the blog below which no thread was ever opened. `read_at`: of its post, or None."""

    address: str
    title: str
    read_at: datetime | None = None


@dataclass(frozen=True)
class Unopened:
    """What templates are given in a thread's place: its words, its post and its site, without a number."""

    site: Site
    post: Page
    heading: str = ""

    @property
    def prompt(self) -> str:
        return self.site.default_prompt

    @property
    def title(self) -> str:
        return self.prompt


def page_at(site: Site, address: str) -> Page:
    """The page of `site` at `address`, where a discussion could begin. site: with its origins.

    Raises NotFound for what is no page, for other people's pages, for the blog's front page, and where the
    author hid the discussions that there were.
    """
    blog = Blog.of(site)
    if not blog.owns(address) or blog.is_front(address):
        raise NotFound
    known = queries.known_post(site.id, canonical(address))
    if known is not None and known.has_threads:
        raise NotFound
    plain = plain_address(address)
    return Page(plain, known.title if known else plain, known.read_at if known else None)


def unopened(site: Site, page: Page) -> Unopened:
    """Its discussion, as it may begin. Raises NotFound where the site asks nothing by itself."""
    if not site.default_prompt:
        raise NotFound
    return Unopened(site, page)


def begin(site: Site, address: str, *, now: datetime) -> Thread:
    """The thread of the post at `address`; one that stands in is made now, and the page is to be read.

    The thread comes with its post and its site. Raises NotFound as `page_at` does, and where all that was
    there is hidden or the site asks nothing by itself.
    """
    blog = Blog.of(site)
    if not blog.owns(address) or blog.is_front(address):
        raise NotFound
    plain = plain_address(address)
    thread = stand_in(site, plain, now=now)
    if thread.stands_in:
        ask_for(site, plain, Why.FIRST_VIEW, now)
    return thread_for(thread.id)


def plain_address(address: str) -> str:
    """The address of a page without its fragment and what only counts readers: where a link should lead."""
    query = urlsplit(canonical(address)).query
    return urlsplit(address.strip())._replace(query=query, fragment="").geturl()
