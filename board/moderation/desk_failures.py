"""Telling owners by mail that mail could not be sent: at most once an hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, select, true

from board.accounts.models import Account
from board.extensions import db
from board.foundation import clock
from board.foundation.links import absolute
from board.foundation.permissions import Action, Actor
from board.mail import outbox
from board.mail.models import Attempt, OutboxMessage, OutboxState
from board.moderation.desk_people import account_with_roles, actor_of, letter_to, settings_of
from board.moderation.models import DeskMail

KIND = "desk_failed"
PAUSE = timedelta(hours=1)
MOST_REASONS = 5
MOST_COUNTED = 1000


def tell_of_failures(now: datetime) -> None:
    """Write to everybody who wants to hear of it, and for whose sites mail has failed since they last did."""
    for settings in db.session.scalars(
        select(DeskMail).where(DeskMail.failures).with_for_update(skip_locked=True)
    ):
        since = settings.failures_until or now
        if now - since < PAUSE:
            continue
        account = account_with_roles(settings.account_id)
        failed = failed_for(actor_of(account), since) if account else []
        if account is not None and failed:
            _write(account, failed, now)
            settings.failures_until = now


def failed_for(actor: Actor, since: datetime) -> list[tuple[int, str]]:
    """The id of each mail that was given up since, with what the server said; none of the desk's own.

    At most MOST_COUNTED.
    """
    allowed = actor.sites_for(Action.SEE_MAIL)
    given_up = and_(Attempt.message_id == OutboxMessage.id, Attempt.outcome == "failed", Attempt.at > since)
    query = (
        select(OutboxMessage.id, Attempt.detail)
        .join(Attempt, given_up)
        .where(
            OutboxMessage.state == OutboxState.FAILED.value,
            ~OutboxMessage.kind.startswith("desk_"),
            true() if allowed is None else OutboxMessage.site_id.in_(allowed),
        )
    )
    rows = db.session.execute(query.order_by(OutboxMessage.id).limit(MOST_COUNTED))
    return [(message_id, said) for message_id, said in rows]  # a row is no pair to mypy


def is_wanted(message: OutboxMessage) -> str | None:
    settings = settings_of(message.context["account_id"], now=clock.now())
    return None if settings.failures else "desk_mail_off"


def _write(account: Account, failed: Sequence[tuple[int, str]], now: datetime) -> None:
    reasons = Counter(said for _, said in failed)
    letter = letter_to(
        account,
        KIND,
        f"{KIND}:{account.id}:{failed[-1][0]}:{int(now.timestamp())}",
        count=len(failed),
        reasons=reasons.most_common(MOST_REASONS),
        mail_url=absolute("mail.messages", view="failed"),
    )
    outbox.enqueue(letter, due_at=now, now=now)
