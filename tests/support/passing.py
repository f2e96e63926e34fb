"""Letting time pass: everything that the board has written down becomes older."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import Table, and_, select, update

from board.database import Base, UTCDateTime
from board.extensions import db
from tests.support.applications import commit_so_far


def time_passes(app: Flask, **ago: float) -> None:
    """Every moment in every table is so much earlier, as `hours=2`: for the board, that time has passed."""
    commit_so_far()
    past = timedelta(**ago)
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            _grow_older(table, past)
        db.session.commit()


def _grow_older(table: Table, past: timedelta) -> None:
    moments = [column for column in table.columns if isinstance(column.type, UTCDateTime)]
    for row in db.session.execute(select(table)).mappings().all() if moments else []:
        older = {column.name: row[column.name] - past for column in moments if row[column.name] is not None}
        if older:
            this = and_(*(column == row[column.name] for column in table.primary_key))
            db.session.execute(update(table).where(this).values(older))
