"""The migrations make exactly what the models say, and lead down and up again without losing a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, Column, Engine, Table, create_engine, func, inspect, select
from sqlalchemy.types import JSON, Boolean, Float, Integer, String

from board import MIGRATIONS
from board.database import Base
from board.extensions import db
from tests.support.applications import make_application, make_settings
from tests.support.databases import dispose

TABLES = Base.metadata.sorted_tables
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROWS_PER_TABLE = 2


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of its own, of the kind that the test runs on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite3"
    return str(request.getfixturevalue("postgres").new_database())


@pytest.fixture
def empty_app(address: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_application(make_settings(tmp_path, address))
    with app.app_context():
        yield app
    dispose(app)


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = create_engine(address)
    yield engine
    engine.dispose()


on_both = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)


@on_both
def test_the_migrations_make_what_the_models_say(empty_app: Flask, engine: Engine) -> None:
    upgrade()
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


@on_both
def test_every_check_key_and_index_is_the_same_in_both(empty_app: Flask, engine: Engine) -> None:
    """Alembic compares neither checks nor what happens on delete, so both schemas are made and looked at."""
    upgrade()
    migrated = details(engine)
    downgrade(revision="base")
    Base.metadata.create_all(engine)
    assert details(engine) == migrated


@on_both
def test_down_and_up_again_keeps_every_row_that_has_a_table(empty_app: Flask, engine: Engine) -> None:
    upgrade()
    fill(engine)
    revisions = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    for revision in revisions:
        for move in (downgrade, upgrade, downgrade):
            before = counts(engine)
            db.session.remove()
            move(revision=revision if move is upgrade else "-1")
            after = counts(engine)
            kept = before.keys() & after.keys()
            assert {table: before[table] for table in kept} == {table: after[table] for table in kept}, (
                revision
            )
    assert counts(engine) == {}
    upgrade()
    assert set(counts(engine)) == {table.name for table in TABLES}
    fill(engine)


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and "_fts" in name)


def details(engine: Engine) -> dict[str, Any]:
    """Each table's columns, constraints and indexes, in a fixed order."""
    looked = inspect(engine)
    return {
        table: {
            "columns": told(looked.get_columns(table)),
            "key": looked.get_pk_constraint(table),
            "foreign keys": told(looked.get_foreign_keys(table)),
            "unique": told(looked.get_unique_constraints(table)),
            "checks": told(looked.get_check_constraints(table)),
            "indexes": told(looked.get_indexes(table)),
        }
        for table in looked.get_table_names()
        if table != "alembic_version" and is_ours(table, "table", None)
    }


def told(items: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(str(plain(item)) for item in items)


def plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: plain(value[key]) for key in sorted(value)}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else str(value)


def counts(engine: Engine) -> dict[str, int]:
    """How many rows stand in each of our tables that exist."""
    present = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in TABLES
            if table.name in present
        }


def fill(engine: Engine) -> None:
    """Rows in every table: in the first every column is filled, in the others only what must be."""
    with engine.begin() as connection:
        for table in TABLES:
            for number in range(1, ROWS_PER_TABLE + 1):
                connection.execute(table.insert().values(a_row(table, number)))
    assert set(counts(engine).values()) == {ROWS_PER_TABLE}


def a_row(table: Table, number: int) -> dict[str, Any]:
    row = {
        column.name: a_value(table, column, number)
        for column in table.columns
        if not column.nullable or (number == 1 and not refers_to_itself(column))
    }
    if table.name == "subscription":  # its checks: one about replies has a comment and no thread
        row |= {"comment_id": number, "thread_id": None}
    return row


def refers_to_itself(column: Column[Any]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def a_value(table: Table, column: Column[Any], number: int) -> Any:
    """Something that the column's type, default and checks allow, different for each `number`."""
    if column.foreign_keys or column.primary_key:
        return number if isinstance(column.type, Integer) else f"key-{number}"
    if allowed := allowed_values(table, column):
        return allowed[0]
    if column.default is not None and column.default.is_scalar:
        return column.default.arg  # type: ignore[attr-defined]  # what a scalar default has
    kinds: list[tuple[type[Any], Any]] = [
        (Boolean, False),
        (JSON, []),
        (Integer, number),
        (Float, 0.5),
        (String, f"{column.name}-{number}"[: getattr(column.type, "length", None)]),
    ]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), AT)


def allowed_values(table: Table, column: Column[Any]) -> list[str]:
    """The words that a check such as `status in ('open', 'closed')` lets into the column."""
    for check in table.constraints:
        if isinstance(check, CheckConstraint) and f"{check.sqltext}".startswith(f"{column.name} in ("):
            return re.findall(r"'([^']*)'", f"{check.sqltext}")
    return []
