"""Rules of submitting that only show when two things happen at once."""

from __future__ import annotations

import pytest
from flask import Flask

from board import text
from board.comments.drafting import Draft
from board.comments.submission import ThreadClosed, submit
from board.extensions import db
from board.foundation import clock
from board.threads.models import Thread, ThreadStatus
from board.threads.queries import thread_for
from tests.support.makers import Makers


@pytest.mark.databases("postgresql")  # SQLite has one writer: nobody can close the thread in between
def test_a_thread_that_is_closed_while_a_comment_arrives_takes_it_no_more(app: Flask, makers: Makers) -> None:
    thread_id = makers.thread().id
    draft = Draft(name="Ada", source="Words.", rendered=text.render("Words."))
    with app.app_context():
        thread = thread_for(thread_id)
        close_elsewhere(thread_id)
        with pytest.raises(ThreadClosed):
            submit(thread, None, draft, network="n", secret="s", now=clock.now())
        db.session.rollback()


def close_elsewhere(thread_id: int) -> None:
    """Another process's work, on a connection of its own."""
    with db.engine.begin() as connection:
        connection.execute(
            Thread.__table__.update().where(Thread.id == thread_id).values(status=ThreadStatus.CLOSED.value)
        )
