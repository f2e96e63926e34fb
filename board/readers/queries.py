"""Finding readers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from board.extensions import db
from board.readers.models import Reader


def reader_with(site_id: int, email: str, *, for_change: bool = False) -> Reader:
    """The reader of that site with that normalised address, who exists.

    for_change: hold the row, so that two requests about one address queue up.
    """
    query = select(Reader).where(Reader.site_id == site_id, Reader.email == email)
    return db.session.scalars(query.with_for_update() if for_change else query).one()


def readers_with(email: str) -> Sequence[Reader]:
    """Whoever has that normalised address, on any site of this board."""
    return db.session.scalars(select(Reader).where(Reader.email == email).order_by(Reader.id)).all()


def reader(reader_id: int) -> Reader | None:
    return db.session.get(Reader, reader_id)
