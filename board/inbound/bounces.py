"""What follows when a mail of ours comes back, or is called spam."""

from __future__ import annotations

from datetime import datetime

from board.extensions import db
from board.inbound import dsn
from board.inbound.dsn import Severity
from board.inbound.outcomes import Outcome, Verdict
from board.inbound.sorting import CameBack, Complained
from board.mail import suppression
from board.mail.envelopes import BounceTag
from board.mail.models import OutboxMessage, SuppressionReason
from board.readers import queries as readers
from board.subscriptions.unsubscribing import Scope, Ticket, leave


def take_back(came_back: CameBack, now: datetime) -> Verdict:
    """Suppress the address that a mail did not reach, or count that it did not this time."""
    message = _message_of(came_back.tag)
    if message is None:
        return Verdict(Outcome.FORGED)
    report = dsn.report_of(came_back.message, message.recipient)
    if report is None:
        return Verdict(Outcome.AUTOMATIC)
    detail = " ".join(filter(None, (f"#{message.id}", report.code)))
    if report.severity is Severity.HARD:
        suppression.suppress(message.recipient, SuppressionReason.HARD_BOUNCE, report.code, now)
        return Verdict(Outcome.HARD_BOUNCE, detail)
    if report.severity is Severity.SOFT:
        suppression.count_soft(message.recipient, message.dedupe_key, now)
        return Verdict(Outcome.SOFT_BOUNCE, detail)
    return Verdict(Outcome.REPORT, detail)


def heed(complained: Complained, now: datetime) -> Verdict:
    """End whatever the address gets from any blog of the board, and send it nothing more."""
    message = next(filter(None, map(_message_of, complained.tags)), None)
    if message is None:
        return Verdict(Outcome.FORGED)
    known = readers.readers_with(message.recipient)
    if known:
        leave(Ticket(known[0]), Scope.BOARD, now)
    suppression.suppress(message.recipient, SuppressionReason.COMPLAINT, complained.kind[:30], now)
    return Verdict(Outcome.COMPLAINT, f"#{message.id}")


def _message_of(tag: BounceTag) -> OutboxMessage | None:
    """The mail that the tag was made for; None for a tag that we did not make, and for one long forgotten."""
    message = db.session.get(OutboxMessage, tag.message_id)
    return message if message is not None and tag.is_for(message.recipient) else None
