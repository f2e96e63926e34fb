"""Telling the board about a blog, and which origins may embed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from sqlalchemy import select

from board.extensions import db
from board.foundation.origins import OriginRefused, normal_origin
from board.sites.models import Policy, Site, SiteOrigin

MAX_NAME_CHARS = 120
MAX_ADDRESS_CHARS = 500
MAX_SLUG_CHARS = 40
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class SiteRefused(ValueError):
    """What was told about a site cannot be right. The message is a plain sentence."""


@dataclass(frozen=True)
class NewSite:
    """What somebody tells about a blog. slug: made from the name when empty."""

    name: str
    address: str
    slug: str = ""
    origins: Sequence[str] = ()
    language: str = "en"
    policy: str = Policy.HOLD.value


def add_site(wanted: NewSite, *, now: datetime) -> Site:
    """A new site, which its own origin and `wanted.origins` may embed.

    Raises SiteRefused for the first thing that is wrong, or for a slug that is taken.
    """
    name = " ".join(wanted.name.split())
    if not name or len(name) > MAX_NAME_CHARS:
        raise SiteRefused(f"A site needs a name of at most {MAX_NAME_CHARS} characters.")
    site = Site(
        slug=_free_slug(wanted.slug or slug_from(name)),
        name=name,
        base_url=normal_base(wanted.address),
        language=normal_language(wanted.language),
        policy=_known_policy(wanted.policy),
        created_at=now,
    )
    allowed = {known_origin(one) for one in (wanted.address, *wanted.origins)}
    site.origins = [SiteOrigin(origin=one) for one in sorted(allowed)]
    db.session.add(site)
    db.session.flush()
    return site


def allow_origin(site: Site, address: str) -> bool:
    """Let pages of the origin of `address` embed `site`. False when they could already."""
    origin = known_origin(address)
    if any(one.origin == origin for one in site.origins):
        return False
    site.origins.append(SiteOrigin(origin=origin))
    db.session.flush()
    return True


def slug_from(name: str) -> str:
    """A slug for a name: its Latin letters and digits. May be empty for other scripts."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_SLUG_CHARS].strip("-")


def normal_base(address: str) -> str:
    """Where a blog lives: its origin and path, without a slash at the end. Raises SiteRefused."""
    base = known_origin(address) + urlsplit(address.strip()).path.rstrip("/")
    if urlsplit(address.strip()).query or "#" in address:
        raise SiteRefused(f"{address} should be the address of the blog itself, without ? and #.")
    if len(base) > MAX_ADDRESS_CHARS:
        raise SiteRefused(f"The address of a site has at most {MAX_ADDRESS_CHARS} characters.")
    return base


def known_origin(address: str) -> str:
    try:
        return normal_origin(address)
    except OriginRefused as refusal:
        raise SiteRefused(f"{address!r} cannot be used as an address: {refusal}.") from None


def normal_language(code: str) -> str:
    """A language as the board writes it, such as de or pt_BR. Raises SiteRefused."""
    try:
        return str(Locale.parse(code.strip().replace("-", "_")))
    except (ValueError, UnknownLocaleError, TypeError):
        raise SiteRefused(f"{code!r} is not the code of a language, such as en, de or pt-BR.") from None


def _known_policy(policy: str) -> str:
    if policy not in set(Policy):
        raise SiteRefused(f"{policy!r} is not a policy; choose hold or publish.")
    return str(policy)


def _free_slug(slug: str) -> str:
    if len(slug) > MAX_SLUG_CHARS or not SLUG.fullmatch(slug):
        raise SiteRefused(
            f"{slug!r} cannot be a slug: up to {MAX_SLUG_CHARS} small letters, digits and single hyphens. "
            "Say one with --slug."
        )
    if db.session.scalars(select(Site.id).where(Site.slug == slug)).first() is not None:
        raise SiteRefused(f"There is already a site {slug!r}. Say another slug with --slug.")
    return slug
