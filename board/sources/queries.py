"""What is known of blogs and posts when something is to be read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from board.extensions import db
from board.sites.models import Site
from board.threads.models import Post, PostAddress


@dataclass(frozen=True)
class Known:
    """What is known of a post: in which words it was read last, and when."""

    content_hash: str
    read_at: datetime | None


def site_with_id(site_id: int) -> Site:
    """A site with its origins. Raises sqlalchemy.exc.NoResultFound when it was deleted meanwhile."""
    query = select(Site).where(Site.id == site_id).options(selectinload(Site.origins))
    return db.session.scalars(query).one()


def known_posts(site_id: int, address_keys: Collection[str]) -> dict[str, Known]:
    """The posts that were read already, by those of the keys under which they are known."""
    query = (
        select(PostAddress.address_key, Post.content_hash, Post.read_at)
        .join(Post, Post.id == PostAddress.post_id)
        .where(PostAddress.site_id == site_id, PostAddress.address_key.in_(address_keys))
        .where(Post.content_hash != "")
    )
    return {key: Known(digest, read_at) for key, digest, read_at in db.session.execute(query)}
