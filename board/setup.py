"""Making an installation ready: its folder, its secret, its database. Safe to do twice, or twice at once."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text

from board.comments.searching import index_missing
from board.config import Settings, setting_fields
from board.extensions import db

SECRET_BYTES = 32
MIGRATION_LOCK = 0x626F617264  # "board": the number of PostgreSQL's advisory lock


def make_folder(environ: Mapping[str, str]) -> Path:
    """The data folder, made for its owner alone if it was missing, with a secret if none is set."""
    field = next(one for one in setting_fields() if one.metadata["variable"] == "BOARD_DATA")
    data: Path = field.metadata["parse"](environ.get("BOARD_DATA") or field.metadata["default"])
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not environ.get("BOARD_SECRET"):
        make_secret(data / "secret")
    return data


def make_secret(file: Path) -> bool:
    """Write a new secret, unless there is one. False when there was.

    It is written aside and then linked to its name, which fails if the name is taken: of two processes
    one wins, nobody ever reads half a secret, and a crash leaves none.
    """
    if file.exists():
        return False
    aside = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{secrets.token_hex(SECRET_BYTES)}\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(aside, file)
    except FileExistsError:
        return False
    finally:
        aside.unlink()
    return True


def migrate(app: Flask) -> bool:
    """Bring the database to the newest schema, one process at a time. False when it was there already.

    Comments from before there was a search are made findable.
    """
    with app.app_context():
        if is_current():
            return False
        with _alone():
            flask_migrate.upgrade()
            index_missing()
        return True


def is_current() -> bool:
    """Whether the database of the present application has the newest schema."""
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = set(ScriptDirectory.from_config(config).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """While the block runs, no other process changes the schema of this database."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            yield
        return
    settings: Settings = current_app.config["BOARD"]
    with (settings.data / "setup.lock").open("w", encoding="ascii") as file:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  # other systems have no such module

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
