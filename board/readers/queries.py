"""Finding readers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from board.extensions import db
from board.readers.models import Reader


def held_reader(site_id: int, email: str) -> Reader | None:
    """The reader of that site with that normalised address; the row is held until the transaction ends, so
    that two requests about one address queue up."""
    query = select(Reader).where(Reader.site_id == site_id, Reader.email == email)
    return db.session.scalars(query.with_for_update()).first()


def readers_with(email: str) -> Sequence[Reader]:
    """Whoever has that normalised address, on any site of this board."""
    return db.session.scalars(select(Reader).where(Reader.email == email).order_by(Reader.id)).all()


def reader(reader_id: int) -> Reader | None:
    return db.session.get(Reader, reader_id)
