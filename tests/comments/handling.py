"""What a moderator's act does to a comment, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import Flask

from board.comments.models import Comment
from board.comments.ownership import link_token
from board.comments.revising import return_to_writer
from board.extensions import db
from board.foundation import clock
from board.moderation.decisions import hold
from tests.support.applications import commit_so_far

T = TypeVar("T")


def handle(app: Flask, comment: Comment, act: Callable[[Comment], T]) -> T:
    """Do `act` with the comment, held with its thread; what comes back can still be read."""
    number = comment.id
    commit_so_far()
    with app.app_context():
        db.session().expire_on_commit = False
        result = act(hold([number])[0])
        db.session.commit()
        return result


def send_back(
    app: Flask, comment: Comment, note: str = "Which silence do you mean?", at: datetime | None = None
) -> None:
    """Return `comment` to its writer."""
    handle(app, comment, lambda one: return_to_writer(one, note, now=at or clock.now()))


def own_link(app: Flask, comment: Comment) -> str:
    _ = comment.edit_salt  # read in the test's own context: in the application's it would lock its database
    with app.app_context():
        return f"/own/{link_token(comment)}"
