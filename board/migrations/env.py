"""Where Alembic meets the board: the application's own engine and models."""

import contextlib
from collections.abc import Iterator
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from board.database import UTCDateTime

extension = current_app.extensions["migrate"]
db = extension.db


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the tables an SQLite search index makes for itself."""
    return not (kind == "table" and name is not None and "_fts" in name)


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our moments as what they are in the database, so that a migration never depends on the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


OPTIONS = {
    "target_metadata": db.metadata,
    "include_name": include_name,
    "render_item": render_item,
    **extension.configure_args,
}


def write_sql() -> None:
    url = db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


@contextlib.contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew and dropping the old one, and the drop would delete,
    or be refused for, the rows that refer to it. Must be said before the transaction begins."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite: Any = connection.connection.dbapi_connection
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if broken := sqlite.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"rows refer to nothing after the migration: {broken[:5]}")
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    with db.engine.connect() as connection, without_foreign_keys(connection):
        context.configure(connection=connection, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    write_sql()
else:
    run()
