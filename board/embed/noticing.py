"""Noticing a page that the board does not know: it is put on the list of pages to read, within limits."""

from __future__ import annotations

import logging
from datetime import datetime

from limits import parse_many
from sqlalchemy.exc import OperationalError

from board.embed import queries
from board.embed.unopened import Page
from board.extensions import db, limiter
from board.foundation.networks import request_network
from board.foundation.ratelimits import WRITING
from board.sites.models import Site
from board.sites.queries import site_by_slug
from board.sources.models import Why
from board.sources.waiting import AGAIN_AFTER, ask_for
from board.threads.addresses import canonical

PER_NETWORK = parse_many("20 per hour; 60 per day")  # more than anybody reads; a household shares one
PER_SITE = parse_many("200 per hour; 1000 per day")  # an archive that is visited all at once is read in days
log = logging.getLogger(__name__)


def notice(site: Site, page: Page, *, now: datetime) -> bool:
    """Ask for `page` to be read, which a reader opened; False when nothing is to be stored.

    A page that waits already, or was read within a day, costs one statement and uses up no limit. Otherwise
    the present request, which only read so far, begins to write: whatever it loaded is expired afterwards.
    A database that is busy is no reason to keep the page from its reader.
    """
    key, slug = canonical(page.address), site.slug
    if page.read_at is not None and page.read_at > now - AGAIN_AFTER:
        return False
    if queries.will_be_read(site.id, key, now):
        return False
    try:
        if not _within_limits(site.id):
            return False
        db.session.rollback()
        db.session.connection(execution_options=WRITING)
        return ask_for(site_by_slug(slug), page.address, Why.FIRST_VIEW, now)
    except OperationalError:
        log.warning("a page of %s was opened, but the database was too busy to note it", slug)
        db.session.rollback()
        return False


def _within_limits(site_id: int) -> bool:
    limits = [(one, ("first-view", request_network())) for one in PER_NETWORK]
    limits += [(one, ("first-view-site", str(site_id))) for one in PER_SITE]
    return all(limiter.limiter.hit(one, *names) for one, names in limits)
