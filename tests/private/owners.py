"""What the owner of an address does with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage
from board.private.links import private_token
from board.readers.models import Reader
from tests.support.pages import fill_and_send

INDEX = {
    "sqlite": "comment_fts_content",
    "postgresql": "comment_fts",
}  # where the words stand that are searched


def private_path(app: Flask, reader: Reader, at: datetime | None = None) -> str:
    """The page behind a private link that was made `at` that moment."""
    _ = reader.id, reader.created_at  # read in the test's own context
    with app.app_context():
        return f"/me/{private_token(reader, at or clock.now())}"


def erase_all(client: FlaskClient, path: str) -> TestResponse:
    """Look at what will happen, and press the button."""
    return fill_and_send(client, f"{path}/erase", "/erase")


def everywhere(session: Session, word: str) -> list[str]:
    """The columns of all tables, and of the search index, in which `word` stands, whatever its case."""
    session.rollback()
    found = []
    for table in db.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            found += [f"{table.name}.{name}" for name, value in row.items() if word in str(value).casefold()]
    index = INDEX[session.get_bind().dialect.name]
    rows = session.execute(text(f"SELECT * FROM {index}"))  # noqa: S608
    found += [index for row in rows if word in str(tuple(row)).casefold()]
    session.rollback()
    return sorted(set(found))


def outbox(session: Session, **conditions: Any) -> list[OutboxMessage]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage).filter_by(**conditions).order_by(OutboxMessage.id)))
