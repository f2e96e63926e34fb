"""Holding rows until the transaction ends, so that of two people with the same page exactly one decides.

Sites first, as whoever reads posts does, then threads by id, as whoever moderates does, then drafts:
everybody waits for the others and never in a circle. SQLite has one writer and needs none of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from board.extensions import db
from board.sites.models import Site
from board.threads.models import Draft, Post, Thread


def hold_drafts(draft_ids: Collection[int]) -> Sequence[Draft]:
    """Those drafts as they are now, with their threads, in the order in which they were found."""
    mine = Draft.id.in_(draft_ids)
    _hold_sites(select(Draft.site_id).where(mine))
    _hold_threads(select(Draft.post_id).where(mine))
    query = select(Draft).where(mine).order_by(Draft.id).with_for_update()
    query = query.options(selectinload(Draft.thread)).execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def hold_post(post_id: int) -> Post:
    """The post as it is now, with all its threads."""
    mine = Post.id == post_id
    _hold_sites(select(Post.site_id).where(mine))
    _hold_threads(select(Post.id).where(mine))
    query = select(Post).where(mine).options(selectinload(Post.threads))
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def hold_site(site_id: int) -> None:
    """Nobody else adds posts or opens threads there for now."""
    _hold_sites(select(Site.id).where(Site.id == site_id))


def _hold_sites(ids: Select[int]) -> None:
    """Without holding up those who only refer to them."""
    query = select(Site.id).where(Site.id.in_(ids)).order_by(Site.id)
    db.session.execute(query.with_for_update(key_share=True)).all()


def _hold_threads(post_ids: Select[int]) -> None:
    query = select(Thread.id).where(Thread.post_id.in_(post_ids)).order_by(Thread.id)
    db.session.execute(query.with_for_update()).all()
