"""Answering what readers reported: whoever decides about a comment has looked at its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from board.comments.events import CommentWithdrawn
from board.comments.models import Comment
from board.extensions import db
from board.foundation.permissions import Actor
from board.moderation.models import Report


def answer_reports(comment: Comment, actor: Actor, *, now: datetime) -> list[int]:
    """Say that `actor` has looked at all that is open against `comment`: the ids of what was answered.

    Changes nothing else about the comment. comment: held with its thread.
    """
    return _answer(comment, actor.name, now)


def reopen_reports(comment: Comment, report_ids: Collection[int]) -> None:
    """Take an answer back: those reports are open again. comment: held with its thread."""
    mine = Report.comment_id == comment.id
    db.session.execute(
        update(Report)
        .where(mine, Report.id.in_(report_ids), Report.answered_at.is_not(None))
        .values(answered_at=None, answered_by=None)
    )
    comment.open_reports = len(open_reports([comment.id]).get(comment.id, []))
    db.session.flush()


def open_reports(comment_ids: Collection[int]) -> Mapping[int, Sequence[Report]]:
    """What nobody has answered yet, by comment, oldest first. One statement."""
    query = select(Report).where(Report.comment_id.in_(comment_ids), Report.answered_at.is_(None))
    found: defaultdict[int, list[Report]] = defaultdict(list)
    for report in db.session.scalars(query.order_by(Report.id)):
        found[report.comment_id].append(report)
    return found


def on_withdrawn(event: CommentWithdrawn) -> None:
    """What its writer took back needs nobody's answer."""
    _answer(event.comment, None, event.now)


def _answer(comment: Comment, name: str | None, now: datetime) -> list[int]:
    answered = db.session.scalars(
        update(Report)
        .where(Report.comment_id == comment.id, Report.answered_at.is_(None))
        .values(answered_at=now, answered_by=name)
        .returning(Report.id)
    ).all()
    comment.open_reports = 0
    db.session.flush()
    return sorted(answered)
