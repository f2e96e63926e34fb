"""What people do on the way from a ticked box to a mail about a reply."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.database import Base
from board.extensions import db
from board.foundation import clock
from board.mail.duties import prepare
from board.threads.models import Thread
from tests.support.applications import commit_so_far
from tests.support.pages import fill_and_send

ADA = "ada@example.com"
WORDS = "I count to ten before I answer."


def write(client: FlaskClient, thread: Thread, email: str = ADA, **typed: str) -> None:
    """Send a comment with the box ticked; with `parent`, the answer to that comment."""
    fields = {"name": "Ada", "source": WORDS, "email": email, "notify": "y", **typed}
    answer = fill_and_send(client, f"/t/{thread.id}/write", "/comments", **fields)
    assert answer.status_code == 303


def answer_to(client: FlaskClient, parent: Comment, **typed: str) -> None:
    """Send a reply, by default without an address."""
    fields = {"name": "Ben", "source": "Ten is a lot. **Three** will do.", **typed}
    page = f"/t/{parent.thread_id}/reply/{parent.id}"
    assert fill_and_send(client, page, "/comments", **fields).status_code == 303


def last_comment(session: Session) -> Comment:
    return session.scalars(select(Comment).order_by(Comment.id.desc()).limit(1)).one()


def decide(app: Flask, comment: Comment, status: Status) -> None:
    """What a moderator's decision does to a comment."""
    number = comment.id
    commit_so_far()
    with app.app_context():
        change_status(db.session.get_one(Comment, number), status, now=clock.now())
        db.session.commit()


def prepare_mail(app: Flask) -> None:
    """What the worker does right before it sends: all mail that is due stands in the outbox."""
    commit_so_far()
    with app.app_context():
        prepare(clock.now())


def set_all(session: Session, table: type[Base], **values: Any) -> None:
    session.execute(update(table).values(**values))
    session.commit()


def link_in(text: str, part: str) -> str:
    """The path of the first link in a mail whose address holds `part`."""
    paths = re.findall(r"https?://[^/\s<>\"]+(/[^\s<>\"]*)", text)
    found = [path for path in paths if part in path]
    assert found, f"no link with {part!r} in {text!r}"
    return str(found[0])


def everything(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    found = {
        table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name != "rate_hit"
    }
    session.rollback()
    return found
