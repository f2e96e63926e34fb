"""What the first steps do: begin with a blog, look again, open what was chosen. Nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from board.authoring import start_queries
from board.authoring.acts import Act
from board.authoring.deciding import decide
from board.authoring.queries import scope
from board.extensions import db
from board.foundation.permissions import Action, Actor
from board.sites.models import Site
from board.sites.queries import all_sites
from board.sites.registration import NewSite, add_site, change_site, set_origins
from board.sites.rules import MAX_SLUG_CHARS, slug_from
from board.sources.blogs import NotOurs
from board.sources.following import follow
from board.sources.models import Why
from board.sources.starting import working_name
from board.sources.waiting import ask_for
from board.threads.addresses import canonical
from board.threads.models import Draft


@dataclass(frozen=True)
class Chosen:
    """What an owner wants with a blog: its name, when its discussions open, which of them open now."""

    name: str
    opens_from: float | None
    draft_ids: Sequence[int]


def begin_with(address: str, *, language: str, now: datetime) -> Site:
    """The site of the blog at `address`, and its page to be read; a site that is there already is left alone.

    Until its owner has chosen, every prompt waits for a yes. Raises SiteRefused, AddressRefused.
    """
    if known := _site_at(address):
        return known
    name = working_name(address)
    try:
        with db.session.begin_nested():
            wanted = NewSite(name=name, address=address, slug=_free_slug(name), language=language)
            site = add_site(wanted, now=now)
    except IntegrityError:  # the button was pressed twice, and the other one was faster
        return _site_at(address) or begin_with(address, language=language, now=now)
    site.opens_from = None
    ask_for(site, site.base_url, Why.START, now)
    return site


def look_again(site: Site, address: str, *, now: datetime) -> None:
    """Look at the blog once more, at `address`, if its owner mistook it. site: with its origins.

    Raises SiteRefused, AddressRefused.
    """
    if canonical(address) != canonical(site.base_url):
        was_unnamed = site.name == working_name(site.base_url)
        change_site(site, {"address": address})
        if not start_queries.has_posts(site.id):
            set_origins(site, [address])
        if was_unnamed:
            change_site(site, {"name": working_name(address)})
    ask_for(site, site.base_url, Why.START, now)


def look_at(site: Site, address: str, *, now: datetime) -> None:
    """Read a feed or a post of the blog; what stands on another host can only be its feed.

    Raises AddressRefused.
    """
    try:
        ask_for(site, address, Why.START, now)
    except NotOurs:
        follow(site, address, now)


def open_chosen(site: Site, chosen: Chosen, actor: Actor, *, now: datetime) -> int:
    """Open the discussions of those drafts of `site`, and keep its name and its rule; how many were opened.

    Raises SiteRefused.
    """
    change_site(site, {"name": chosen.name, "opens_from": chosen.opens_from})
    mine = select(Draft.id).where(Draft.id.in_(chosen.draft_ids), Draft.site_id == site.id)
    mine = mine.where(scope(actor, Draft.site_id, Action.DECIDE_PROMPTS))
    return len(decide(db.session.scalars(mine).all(), Act.ACCEPT, actor, now=now).decided)


def _site_at(address: str) -> Site | None:
    key = canonical(address)
    return next((site for site in all_sites() if canonical(site.base_url) == key), None)


def _free_slug(name: str) -> str:
    """A slug that no site has: by the name, with a number where that is taken."""
    taken = set(db.session.scalars(select(Site.slug)))
    wanted = slug_from(name) or "blog"
    short = wanted[: MAX_SLUG_CHARS - len("-9999")].strip("-")
    numbered = (f"{short}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)
