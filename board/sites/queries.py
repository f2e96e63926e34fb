"""Finding sites. Loading one for an act also authorises: another's site does not exist."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor
from board.sites.models import Site


def all_sites() -> Sequence[Site]:
    """Every site with its origins, by name."""
    return db.session.scalars(_by_name()).all()


def sites_for(action: Action, actor: Actor) -> Sequence[Site]:
    """The sites on which `actor` may do `action`, with their origins, by name."""
    allowed = actor.sites_for(action)
    return db.session.scalars(_by_name() if allowed is None else _by_name().where(Site.id.in_(allowed))).all()


def site_by_slug(slug: str) -> Site:
    """A site with its origins. Raises NotFound."""
    query = select(Site).where(Site.slug == slug).options(selectinload(Site.origins))
    site = db.session.scalars(query).first()
    if site is None:
        raise NotFound
    return site


def site_for(action: Action, actor: Actor, slug: str) -> Site:
    """The site, if `actor` may do `action` there. Raises NotFound for both reasons alike."""
    site = site_by_slug(slug)
    if not actor.may(action, site.id):
        raise NotFound
    return site


def _by_name() -> Select[Site]:
    return select(Site).options(selectinload(Site.origins)).order_by(func.lower(Site.name), Site.id)
