"""What the worker reads by itself: feeds that are due, pages that wait. These chores commit themselves."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from board.extensions import db
from board.sources import following, waiting
from board.sources.answers import FEED, Fetched
from board.sources.entries import Entry
from board.sources.feeds import FeedBroken, read_feed
from board.sources.fetching import Web
from board.sources.following import DueFeed
from board.sources.means import kept_reader, let_reader_go, present_web
from board.sources.models import Why
from board.sources.reading import Unreadable
from board.sources.refusals import FetchRefused
from board.sources.starting import start
from board.sources.taking import Result, Taker
from board.sources.waiting import Claim, Problem
from board.threads.addresses import AddressRefused

FEEDS_AT_ONCE = 20
PAGES_AT_ONCE = 20  # between two rounds other chores have their turn
FINAL = frozenset({"address", "port", "private", "type", "size", "gone"})  # another try would end the same
SPACING = timedelta(seconds=2)  # between two pages of a blog that a feed or a sitemap names
log = logging.getLogger("board.sources")


def read_feeds(now: datetime) -> None:
    """Read the feeds that are due, a few in a row, and take their posts."""
    web = present_web()
    for _ in range(FEEDS_AT_ONCE):
        due = following.claim_feed(now)
        db.session.commit()
        if due is None:
            return
        _read_feed(due, web, now)


def read_pages(now: datetime) -> None:
    """Read the pages that wait and are due, a few in a row, and take their posts."""
    web = present_web()
    for number in range(PAGES_AT_ONCE):
        claims = waiting.claim(1, now)
        db.session.commit()
        if not claims:
            if number == 0:
                let_reader_go()
            return
        [claim] = claims
        problem = _read_page(claim, Taker.for_site(claim.site_id, kept_reader(), now), web)
        waiting.settle(claim, problem, now)
        db.session.commit()
        log.info("page %d: %s", claim.reading_id, problem.words if problem else "read")


def _read_page(claim: Claim, taker: Taker, web: Web) -> Problem | None:
    """Take the post of that page; what came between, or None."""
    try:
        if claim.why is Why.START:
            start(claim.address, taker, web)
        else:
            taker.page(web, claim.address)
    except FetchRefused as refusal:
        wait = timedelta(seconds=refusal.wait_seconds)
        return Problem(str(refusal), is_final=refusal.reason in FINAL, wait=wait)
    except (AddressRefused, Unreadable) as refusal:
        return Problem(str(refusal), is_final=True)
    except Exception as mistake:  # the edge of the process: one page must not hold up the others
        log.exception("page %d could not be read", claim.reading_id)
        return Problem(_of_ours(mistake))
    return None


def _read_feed(due: DueFeed, web: Web, now: datetime) -> None:
    """Take what is new in a feed, and write down how it went."""
    wait, for_good = timedelta(0), False
    try:
        fetched = web.fetch(due.address, FEED.unless(etag=due.etag, last_modified=due.last_modified))
        said = "" if fetched.is_unchanged else _take_entries(due, fetched, now)
    except FetchRefused as refusal:
        wait, for_good = timedelta(seconds=refusal.wait_seconds), refusal.reason == "gone"
        said = str(refusal)
    except FeedBroken as broken:
        said = str(broken)
    except Exception as mistake:  # the edge of the process: one feed must not hold up the others
        log.exception("feed %d could not be read", due.feed_id)
        said = _of_ours(mistake)
    else:
        following.settle_read(due, fetched, said, now)
        db.session.commit()
        return
    db.session.rollback()
    following.settle_failed(due, said, now, wait=wait, for_good=for_good)
    db.session.commit()
    log.info("feed %d: %s", due.feed_id, said)


def _take_entries(due: DueFeed, fetched: Fetched, now: datetime) -> str:
    """Take the posts of a feed, the eldest first; what is odd about the feed, or "". Raises FeedBroken."""
    found = read_feed(fetched.body, fetched.final_address, said_charset=fetched.said_charset)
    problems: list[str] = []
    taker = Taker.for_site(due.site_id, kept_reader(), now)
    queued = 0
    for entry in taker.fresh(found.oldest_first()):
        try:
            queued += take_entry(taker, entry, wait=SPACING * queued)
        except (AddressRefused, Unreadable) as refusal:
            problems.append(f"{entry.address}: {refusal}")
    return _in_words(problems, found.skipped)


def take_entry(taker: Taker, entry: Entry, *, wait: timedelta) -> bool:
    """Take a post as a feed carries it; whether its page had to be queued."""
    if entry.is_whole and entry.html:
        taker.entry(entry)
        return False
    return taker.later(entry, Why.FEED, wait=wait).result is Result.QUEUED


def _of_ours(mistake: Exception) -> str:
    return f"a mistake of the board: {type(mistake).__name__}"


def _in_words(problems: list[str], skipped: int) -> str:
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return f"{problems[0]}{more}"
    return f"{skipped} entries name no page" if skipped else ""
