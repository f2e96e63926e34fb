"""Finding blocks and readers for those who may decide on their sites, and for nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute

from board.comments.blocking import in_force
from board.comments.models import Block
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.moderation.queries import allowed_on
from board.readers.models import Reader

BLOCKS_PER_PAGE = 50
MOST_TRUSTED = 200
MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL


def blocks_page(
    actor: Actor, now: datetime, *, site_id: int | None = None, from_id: int | None = None
) -> Page[Block]:
    """The blocks in force that `actor` may lift, the latest first. site_id: of that site alone."""
    query = select(Block).where(in_force(now), allowed_or_everywhere(actor, Block.site_id))
    if site_id is not None:
        query = query.where(Block.site_id == site_id)
    if from_id is not None:
        query = query.where(Block.id <= from_id)
    found = db.session.scalars(query.order_by(Block.id.desc()).limit(BLOCKS_PER_PAGE + 1)).all()
    following = found[BLOCKS_PER_PAGE].id if len(found) > BLOCKS_PER_PAGE else None
    return Page(found[:BLOCKS_PER_PAGE], following)


def block_for(action: Action, actor: Actor, block_id: int) -> Block:
    """A block that `actor` may lift, held until the end of the transaction. Raises NotFound."""
    query = select(Block).where(Block.id == block_id, allowed_or_everywhere(actor, Block.site_id, action))
    found = db.session.scalars(query.with_for_update()).first() if block_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def trusted_readers(actor: Actor, *, site_id: int | None = None) -> Sequence[Reader]:
    """The latest trusted first, MOST_TRUSTED at most."""
    query = select(Reader).where(Reader.trusted_at.is_not(None), allowed_on(actor, Reader.site_id))
    if site_id is not None:
        query = query.where(Reader.site_id == site_id)
    return db.session.scalars(query.order_by(Reader.trusted_at.desc(), Reader.id).limit(MOST_TRUSTED)).all()


def reader_for(action: Action, actor: Actor, reader_id: int) -> Reader:
    """A reader on a site where `actor` may do `action`. Raises NotFound."""
    query = select(Reader).where(Reader.id == reader_id, allowed_on(actor, Reader.site_id, action))
    found = db.session.scalars(query).first() if reader_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def allowed_or_everywhere(
    actor: Actor, site_id: InstrumentedAttribute[int | None], action: Action = Action.DECIDE
) -> ColumnElement[bool]:
    """What holds on all sites is for those who may decide on all of them."""
    allowed = actor.sites_for(action)
    return true() if allowed is None else site_id.in_(allowed)
