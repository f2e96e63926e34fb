"""Telling the board about a blog, changing what it was told, and which origins may embed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import select

from board.extensions import db
from board.sites.models import Policy, Site, SiteOrigin
from board.sites.rules import (
    RULES,
    Part,
    SiteRefused,
    known_origin,
    known_policy,
    normal_base,
    normal_language,
    normal_name,
    normal_slug,
    slug_from,
)


@dataclass(frozen=True)
class NewSite:
    """What somebody tells about a blog. slug: made from the name when empty."""

    name: str
    address: str
    slug: str = ""
    origins: Sequence[str] = ()
    language: str = "en"
    policy: str = Policy.HOLD.value


class Changes(TypedDict, total=False):
    """What is to be different about a site; what is not named stays. As in Site, before it was looked at."""

    name: str
    address: str
    language: str
    policy: str
    default_prompt: str
    opens_from: float | None
    accent_hue: int
    approvals_needed: int
    report_threshold: int
    closes_after_days: int | None


def add_site(wanted: NewSite, *, now: datetime) -> Site:
    """A new site, which its own origin and `wanted.origins` may embed.

    Raises SiteRefused for the first thing that is wrong, or for a slug that is taken.
    """
    name = normal_name(wanted.name)
    site = Site(
        slug=_free_slug(wanted.slug or slug_from(name)),
        name=name,
        base_url=normal_base(wanted.address),
        language=normal_language(wanted.language),
        policy=known_policy(wanted.policy),
        created_at=now,
    )
    allowed = {known_origin(one) for one in (wanted.address, *wanted.origins)}
    site.origins = [SiteOrigin(origin=one) for one in sorted(allowed)]
    db.session.add(site)
    db.session.flush()
    return site


def change_site(site: Site, changes: Changes) -> None:
    """Let the site be what `changes` say. A new address may embed it from now on; the old one still may.

    site: with its origins. Raises SiteRefused for the first thing that is wrong, and changes nothing then.
    """
    looked_at = {name: RULES[name](value) for name, value in changes.items()}
    for name, value in looked_at.items():
        setattr(site, "base_url" if name == "address" else name, value)
    if "address" in changes:
        allow_origin(site, changes["address"])
    db.session.flush()


def allow_origin(site: Site, address: str) -> bool:
    """Let pages of the origin of `address` embed `site`. False when they could already."""
    origin = known_origin(address)
    if any(one.origin == origin for one in site.origins):
        return False
    site.origins.append(SiteOrigin(origin=origin))
    db.session.flush()
    return True


def remove_origin(site: Site, address: str) -> bool:
    """Let pages of the origin of `address` embed `site` no more. False when they could not.

    Raises SiteRefused for the blog's own: its pages always may.
    """
    origin = known_origin(address)
    if origin == known_origin(site.base_url):
        raise SiteRefused(Part.OWN_ORIGIN, f"{origin} is where {site.name} lives; its pages always may.")
    return _forget_origins(site, {origin})


def set_origins(site: Site, addresses: Iterable[str]) -> None:
    """Let pages of these origins embed `site`, and of no others but the blog's own.

    Raises SiteRefused for the first that is none, and changes nothing then.
    """
    wanted = {known_origin(one) for one in (site.base_url, *addresses)}
    _forget_origins(site, {one.origin for one in site.origins} - wanted)
    for origin in sorted(wanted):
        allow_origin(site, origin)


def _forget_origins(site: Site, origins: set[str]) -> bool:
    """False when it had none of them."""
    over = [one for one in site.origins if one.origin in origins]
    for one in over:
        site.origins.remove(one)
        db.session.delete(one)
    db.session.flush()
    return bool(over)


def _free_slug(slug: str) -> str:
    if db.session.scalars(select(Site.id).where(Site.slug == normal_slug(slug))).first() is not None:
        raise SiteRefused(Part.SLUG, f"There is already a site {slug!r}. Say another slug with --slug.")
    return slug
