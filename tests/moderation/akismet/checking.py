"""Sending comments to a board that asks Akismet, and looking at what it wrote down."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.comments.models import Comment
from board.foundation import clock
from board.moderation.models import SpamCheck
from board.moderation.spam_checks_asking import ask_akismet
from board.threads.models import Thread
from tests.support.applications import client_of
from tests.support.pages import fill_and_send

BROWSER = "Mozilla/5.0 (a test)"


def send(board: Flask, thread: Thread, **typed: str) -> TestResponse:
    client = client_of(board)
    client.environ_base["HTTP_USER_AGENT"] = BROWSER
    typed = {"name": "Ada", "source": "I count to ten, slowly.", **typed}
    answer = fill_and_send(client, f"/t/{thread.id}", "/comments", **typed)
    assert answer.status_code == 303
    return answer


def work(board: Flask, **later: float) -> None:
    """What the worker does, so much later."""
    with board.app_context():
        ask_akismet(clock.now() + timedelta(**later))


def the_comment(session: Session) -> Comment:
    session.expire_all()
    return session.scalars(select(Comment)).one()


def checks(session: Session) -> list[SpamCheck]:
    session.expire_all()
    return list(session.scalars(select(SpamCheck).order_by(SpamCheck.id)))


def codes(session: Session) -> list[str]:
    return [reason["code"] for reason in the_comment(session).reasons]
