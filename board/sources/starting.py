"""Starting with a blog: what the worker does with an address that an owner gave to begin with.

As a rule it is the blog's, of which the feed, the name and the last posts are wanted. It may be that of a
feed or of one post, where the blog names no feed.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from board.extensions import db
from board.sites.models import Site
from board.sites.registration import allow_origin, change_site
from board.sites.rules import MAX_NAME_CHARS, SiteRefused, normal_language
from board.sources.answers import FEED, Fetched
from board.sources.discovery import FeedMissing, FoundFeed, feed_from, feed_in
from board.sources.entries import Entry
from board.sources.fetching import FetchRefused, Web
from board.sources.following import follow
from board.sources.models import Why
from board.sources.naming import blog_language, blog_name
from board.sources.queries import site_with_id
from board.sources.reading import Unreadable, read_page
from board.sources.taking import Taker
from board.threads.addresses import AddressRefused, host_of, origin_of

NO_WAIT = timedelta(0)
LAST_POSTS = 8  # as many as one looks through at a time; the others come with the feed
log = logging.getLogger("board.sources")


def start(address: str, taker: Taker, web: Web) -> None:
    """Read what is at `address`, and let the last posts of its feed be read next. Commits by itself.

    Raises FetchRefused, AddressRefused and Unreadable; the words of the first two begin with a code and a
    colon, so that the owner can be told in their own language. Codes of this module: `moved`, the address
    leads to another blog; `elsewhere`, the posts of its feed stand on another one.
    """
    try:
        answer = web.fetch(address, FEED)
    except FetchRefused as refusal:
        words = f"{refusal.reason}: {refusal}"
        raise FetchRefused(refusal.reason, words, wait_seconds=refusal.wait_seconds) from None
    if not taker.blog.owns(answer.final_address):
        raise AddressRefused(f"moved: {answer.final_address}")
    if taker.blog.is_front(address):
        _take_blog(answer, _feed_of(web, answer, address), taker)
    elif found := feed_in(answer, address):
        _follow(found, taker)
    else:
        taker.post(read_page(taker.read, answer, asked=address))


def working_name(address: str) -> str:
    """What a blog is called until its name is known: by its host. Raises AddressRefused."""
    return host_of(address)[:MAX_NAME_CHARS]


def _feed_of(web: Web, front: Fetched, address: str) -> FoundFeed | None:
    try:
        return feed_from(web, front, address)
    except FeedMissing:
        return None


def _take_blog(front: Fetched, found: FoundFeed | None, taker: Taker) -> None:
    site = site_with_id(taker.blog.site_id)
    is_page = found is None or found.fetched is not front
    try:
        allow_origin(site, front.final_address)
        if not is_page:  # its owner gave the feed's address for the blog's
            change_site(site, {"address": origin_of(front.final_address)})
        if site.name == working_name(site.base_url):
            _introduce(site, front.text if is_page else "", found)
        db.session.commit()
    finally:
        db.session.rollback()
    if found is not None:
        _follow(found, taker)


def _introduce(site: Site, page: str, found: FoundFeed | None) -> None:
    """Take the name and the language of a site that has no name of its own yet, where the blog tells them."""
    name = blog_name(page, found.fetched.body if found else None)[:MAX_NAME_CHARS]
    if name:
        change_site(site, {"name": name})
    try:
        change_site(site, {"language": normal_language(blog_language(page))})
    except SiteRefused:
        log.info("site %d does not say its language", site.id)


def _follow(found: FoundFeed, taker: Taker) -> None:
    """Read the feed from now on, and its last posts first of all. Raises AddressRefused."""
    own = [entry for entry in found.read.oldest_first() if taker.blog.owns(entry.address)]
    if found.read.entries and not own:
        raise AddressRefused(f"elsewhere: {origin_of(found.read.entries[0].address)}")
    try:
        follow(site_with_id(taker.blog.site_id), found.address, taker.now)
        db.session.commit()
    finally:
        db.session.rollback()
    for entry in taker.fresh(own[-LAST_POSTS:]):
        try:
            _take(entry, taker)
        except (AddressRefused, Unreadable) as refusal:
            log.info("a post of site %d was left out: %s", taker.blog.site_id, refusal)


def _take(entry: Entry, taker: Taker) -> None:
    if entry.is_whole and entry.html:
        taker.entry(entry)
    else:
        taker.later(entry, Why.START, wait=NO_WAIT)
