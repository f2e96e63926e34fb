"""Reporting a comment, as a reader does."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.comments.models import Comment
from board.foundation import clock
from board.moderation.models import Report, ReportReason
from board.moderation.reporting import Complaint, report
from tests.comments.handling import handle
from tests.support.applications import client_of
from tests.support.pages import fill_and_send

WORDS = "They gave away where I live."
SPAM = Complaint(ReportReason.SPAM)


def tell(client: FlaskClient, comment: Comment, reason: str = "private", **typed: str) -> TestResponse:
    return fill_and_send(
        client, f"/c/{comment.id}/report", "/report", reason=reason, **{"words": WORDS, **typed}
    )


def reader_at(app: Flask, address: str) -> FlaskClient:
    """A reader in a network of their own."""
    client = client_of(app)
    client.environ_base["REMOTE_ADDR"] = address
    return client


def reports(session: Session) -> list[Report]:
    session.expire_all()
    return list(session.scalars(select(Report).order_by(Report.id)))


def report_from(app: Flask, comment: Comment, *networks: str) -> None:
    for network in networks:
        handle(app, comment, lambda one, n=network: report(one.id, SPAM, network=n, now=clock.now()))  # type: ignore[misc]
