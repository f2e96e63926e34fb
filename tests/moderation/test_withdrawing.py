"""A reader takes a comment back in the moment in which somebody decides about it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.comments.ownership import link_token, own_comment, withdraw
from board.extensions import db
from board.foundation import clock
from board.moderation.acts import Act
from tests.moderation.desk import actor_of, counters, decide_now, recount
from tests.support.concurrency import at_once
from tests.support.makers import Makers


def test_a_withdrawal_and_a_decision_never_wait_in_a_circle(
    app: Flask, session: Session, makers: Makers
) -> None:
    """PostgreSQL ended one of the two with an error page when they locked in different orders."""
    owner = actor_of(makers.account())
    thread = makers.thread()

    def take_back(token: str) -> None:
        with app.app_context():
            withdraw(own_comment(token, for_change=True), now=clock.now())
            db.session.commit()

    for _ in range(10):
        ids = [makers.comment(thread, status=Status.PENDING).id for _ in range(4)]
        with app.app_context():
            tokens = [link_token(db.session.get_one(Comment, number)) for number in ids[:2]]
        at_once(
            lambda ids=ids: decide_now(app, owner, Act.PUBLISH, ids),  # type: ignore[misc]
            *[lambda token=token: take_back(token) for token in tokens],  # type: ignore[misc]
        )
    assert counters(session, thread.id) == recount(session, thread.id)
