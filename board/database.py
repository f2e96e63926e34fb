"""The declarative base, the type of a moment, and the rules by which SQLite is used.

Nothing else in the board knows which database it talks to, but for the search module.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, DateTime, Engine, MetaData, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
REDOABLE = "board_redoable"
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    """Every table. Constraints are named, or a later migration could not change them on SQLite."""

    metadata = MetaData(naming_convention=NAMING)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. A naive one is a mistake of ours and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def prepare_engine(engine: Engine) -> None:
    """Make an SQLite engine safe under several processes; others are left as they are.

    A transaction that may write begins IMMEDIATE, because SQLite cannot upgrade a read
    that has become stale: measured with eight writers, plain BEGIN failed thousands of
    times and the driver's own mode lost updates. synchronous=FULL lets an answered
    comment survive a power cut in WAL mode.
    Source: sqlite.org, "Write-Ahead Logging" and "PRAGMA synchronous".

    A transaction that may be done again (`may_be_done_again`) waits for no disk, on either database: a power
    cut may undo it, the death of our process may not.
    """
    if engine.dialect.name != "sqlite":

        @event.listens_for(engine, "begin")
        def _begin_elsewhere(connection: Connection) -> None:
            if REDOABLE in connection.get_execution_options():
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

        return

    @event.listens_for(engine, "connect")
    def _open(dbapi: sqlite3.Connection, _record: Any) -> None:
        dbapi.isolation_level = None  # SQLAlchemy, not the driver, says BEGIN
        for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        patience = "NORMAL" if REDOABLE in connection.get_execution_options() else "FULL"
        if connection.info.get("synchronous", "FULL") != patience:
            connection.exec_driver_sql(f"PRAGMA synchronous={patience}")
            connection.info["synchronous"] = patience
        reading = has_request_context() and request.method in READING_METHODS
        if reading and not connection.get_execution_options().get("board_write"):
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def may_be_done_again(session: Session) -> None:
    """Let the transaction that `session` is about to begin not wait for the disk.

    For the mail worker alone: what it wrote down and a power cut undid, it does again, and a mail goes out
    twice under one Message-ID. Never for anything of which somebody was told that it is kept.
    """
    session.connection(execution_options={REDOABLE: True})


@contextmanager
def redoable_connection(engine: Engine) -> Iterator[Connection]:
    """A connection all of whose transactions may be done again; on PostgreSQL each statement is one.

    Not to be used by anybody else meanwhile.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(**{REDOABLE: True}) as connection:
            yield connection
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET synchronous_commit TO off")
        connection.commit()
        try:
            yield connection
        finally:
            connection.exec_driver_sql("RESET synchronous_commit")
            connection.commit()
