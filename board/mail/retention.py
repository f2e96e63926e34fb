"""How long mail is kept after its end: it holds people's words and addresses.

Nothing is sent twice for want of an old row. The keys by which the same mail is known twice reach back a week
at most (what moderators got, how often an address was asked), invitations and notices know by themselves that
they were mailed, and BOARD_MAIL_KEPT_DAYS is never less than eight.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, or_, select

from board.extensions import db
from board.mail.models import OutboxMessage, OutboxState

FAILED_KEPT = timedelta(days=90)  # so that somebody who looks once a quarter sees what did not arrive
OVER = (OutboxState.SENT.value, OutboxState.CANCELLED.value)
BATCH = 500  # rows, with their tries, in one transaction: some 20 ms, in which SQLite has no other writer


def forget_old(now: datetime) -> None:
    """Delete the mail whose time is over. Commits after each batch."""
    kept = timedelta(days=current_app.config["BOARD"].mail_kept_days)
    # `due_at` is the end of its last lease, or when its turn would have been; and it has an index
    over = OutboxMessage.state.in_(OVER) & (OutboxMessage.due_at < now - kept)
    given_up = (OutboxMessage.state == OutboxState.FAILED.value) & (
        OutboxMessage.due_at < now - max(kept, FAILED_KEPT)
    )
    old = select(OutboxMessage.id).where(or_(over, given_up)).limit(BATCH)
    while ids := db.session.scalars(old).all():
        gone = delete(OutboxMessage).where(OutboxMessage.id.in_(ids))
        db.session.execute(gone, execution_options={"synchronize_session": False})
        db.session.commit()
