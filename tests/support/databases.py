"""Databases for the tests: migrated once, emptied after every test, and looked into without a lock."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import ORMExecuteState, Session

from board.database import Base
from board.extensions import db

READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN")


def migrate(app: Flask) -> None:
    """Bring the application's database to the newest schema, as `board setup` does."""
    with app.app_context():
        upgrade()


def empty(engine: Engine) -> None:
    """Delete every row. The engine must not enforce foreign keys on SQLite, as a plain one does not."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


def dispose(app: Flask) -> None:
    """Close the connections of an application that is not used any more."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def look_without_locking(app: Flask) -> None:
    """Let the sessions of `app` read without keeping a transaction open on SQLite.

    A test reads between the acts of a browser, a server or a command. The board's own rule begins
    every transaction outside a request with the write lock, so the test's first look would block
    all of them. Here only a write takes the lock, and it keeps it until the commit.
    """
    with app.app_context():
        engines = cast("dict[str | None, Engine]", db.engines)
        former = engines[None]
        if former.dialect.name != "sqlite":
            return
        former.dispose()
        engines[None] = engine = create_engine(former.url)

    @event.listens_for(engine, "connect")
    def _open(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None
        for pragma in ("busy_timeout=5000", "synchronous=OFF", "foreign_keys=ON"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "before_cursor_execute")
    def _begin(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        dbapi = connection.connection.dbapi_connection
        assert dbapi is not None
        if not statement.lstrip().upper().startswith(READS) and not cast(Any, dbapi).in_transaction:
            cast(Any, dbapi).execute("BEGIN IMMEDIATE")


def look_afresh(session: Session) -> None:
    """Let every select of `session` show the database as it is, not as an object remembers it."""

    @event.listens_for(session, "do_orm_execute")
    def _refresh(state: ORMExecuteState) -> None:
        if state.is_select and not state.is_column_load and not state.is_relationship_load:
            state.update_execution_options(populate_existing=True)
