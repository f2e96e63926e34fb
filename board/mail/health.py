"""Whether mail goes out now, and what is in its way if not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from board.extensions import db
from board.foundation.permissions import Action, Actor
from board.mail.claiming import within_an_hour
from board.mail.models import Attempt, OutboxMessage
from board.mail.outbox import WAITING, Result
from board.mail.queries import allowed

PATIENCE = timedelta(minutes=5)  # an idle worker takes what is due within two seconds
LATELY = timedelta(hours=1)
LOOKED_AT = 200  # tries, the latest: a quiet board has many old ones
SAME = 3  # tries in a row that end alike are no accident


@dataclass(frozen=True)
class Health:
    """late_since: when the oldest mail was due that nobody has taken; None where none is late. is_full: the
    hour's cap is reached. trouble: how the last tries all ended, if none succeeded; ""."""

    late_since: datetime | None
    is_full: bool
    trouble: str


def present_health(actor: Actor, now: datetime) -> Health:
    """How the mail that `actor` may see is doing."""
    cap = current_app.config["BOARD"].mail_hourly_cap
    oldest = select(func.min(OutboxMessage.due_at)).where(
        OutboxMessage.state.in_(WAITING),
        OutboxMessage.due_at < now - PATIENCE,
        allowed(actor, Action.SEE_MAIL),
    )
    is_full = bool(cap) and within_an_hour(now) >= cap
    return Health(db.session.scalar(oldest), is_full, _trouble(actor, now))


def _trouble(actor: Actor, now: datetime) -> str:
    newest = select(Attempt.id).order_by(Attempt.id.desc()).limit(LOOKED_AT).subquery()
    last = (
        select(Attempt.outcome, Attempt.detail)
        .join(newest, newest.c.id == Attempt.id)
        .join(Attempt.message)
        .where(Attempt.at > now - LATELY, Attempt.outcome != Result.CANCELLED.value)
        .where(allowed(actor, Action.SEE_MAIL))
        .order_by(Attempt.id.desc())
        .limit(SAME)
    )
    tries = db.session.execute(last).all()
    are_alike = len(tries) == SAME and len({said for _, said in tries}) == 1
    return str(tries[0].detail) if are_alike and tries[0].outcome != Result.SENT.value else ""
