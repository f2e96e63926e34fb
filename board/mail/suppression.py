"""Addresses that nothing more is sent to, known by a keyed hash alone.

A mail server said that there is no such mailbox, or took nothing for days, or its owner called our mail spam,
or staff said so. Mail to staff about their own account is sent nevertheless.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, func, select

from board.extensions import db
from board.foundation.upserts import insert
from board.mail.models import OutboxMessage, SoftBounce, Suppression, SuppressionReason

SOFT_WINDOW = timedelta(days=7)
SOFT_LIMIT = 3  # different mails that came back within SOFT_WINDOW
STAFF_KINDS = frozenset({"invitation", "new_sign_in", "password_changed", "second_factor"})
DESK = "desk_"  # how the kinds of the desk's mail begin


class Count(NamedTuple):
    """How many addresses are suppressed for one reason, and when the first and the last came to be."""

    reason: str
    number: int
    first_at: datetime
    last_at: datetime


def suppress(address: str, reason: SuppressionReason, detail: str, now: datetime) -> bool:
    """Let nothing more be sent to `address`; whether that is new. The first reason stays.

    detail: a code or a few words, never anything that names the address.
    """
    if is_suppressed(address) is not None:
        return False
    digest = _digests(address)[-1]
    made = insert(Suppression).values(digest=digest, reason=reason.value, detail=detail[:300], created_at=now)
    made = made.on_conflict_do_nothing(index_elements=[Suppression.digest]).returning(Suppression.id)
    return db.session.execute(made).first() is not None


def lift(address: str) -> bool:
    """Let mail go to `address` again, and forget what came back; whether anything was in the way."""
    digests = _digests(address)
    db.session.execute(delete(SoftBounce).where(SoftBounce.digest.in_(digests)))
    lifted = delete(Suppression).where(Suppression.digest.in_(digests)).returning(Suppression.id)
    return db.session.execute(lifted).first() is not None


def found(address: str) -> Suppression | None:
    """What is written down about `address`. One statement."""
    query = select(Suppression).where(Suppression.digest.in_(_digests(address)))
    return db.session.scalars(query).first()


def is_suppressed(address: str) -> SuppressionReason | None:
    suppression = found(address)
    return SuppressionReason(suppression.reason) if suppression else None


def suppressed_among(addresses: Collection[str]) -> set[str]:
    """Which of those normalised addresses are suppressed. One statement."""
    digests = {digest: address for address in addresses for digest in _digests(address)}
    query = select(Suppression.digest).where(Suppression.digest.in_(digests))
    return {digests[digest] for digest in db.session.scalars(query)}


def stopped_among(messages: Collection[OutboxMessage]) -> set[int]:
    """Which of those are not to be sent, by id. What staff need for their work always is. One statement."""
    suppressed = suppressed_among({message.recipient for message in messages})
    return {one.id for one in messages if one.recipient in suppressed and not _is_for_staff(one.kind)}


def count_soft(address: str, event: str, now: datetime) -> bool:
    """Note that a mail to `address` came back for a reason that may pass; whether that was one too often.

    event: names the mail, so that two reports of it count once.
    """
    values = {"digest": _digests(address)[-1], "event": hashlib.sha256(event.encode()).hexdigest()}
    made = insert(SoftBounce).values(**values, created_at=now)
    db.session.execute(made.on_conflict_do_nothing(index_elements=[SoftBounce.event]))
    query = select(func.count()).where(
        SoftBounce.digest.in_(_digests(address)), SoftBounce.created_at > now - SOFT_WINDOW
    )
    if db.session.scalars(query).one() < SOFT_LIMIT:
        return False
    return suppress(address, SuppressionReason.SOFT_BOUNCES, f"{SOFT_LIMIT} mails", now)


def forget_soft(now: datetime) -> None:
    """Delete what is too old to count."""
    db.session.execute(delete(SoftBounce).where(SoftBounce.created_at <= now - SOFT_WINDOW))


def counts() -> list[Count]:
    """How many addresses are suppressed, by reason, the most frequent first."""
    number = func.count()
    query = (
        select(Suppression.reason, number, func.min(Suppression.created_at), func.max(Suppression.created_at))
        .group_by(Suppression.reason)
        .order_by(number.desc(), Suppression.reason)
    )
    return [Count(*row) for row in db.session.execute(query)]


def _is_for_staff(kind: str) -> bool:
    return kind in STAFF_KINDS or kind.startswith(DESK)


def _digests(address: str) -> list[str]:
    """Under every key of the board, the oldest first: written is under the last."""
    keys = current_app.config["BOARD"].signing_keys
    words = f"suppress {address.lower()}".encode()
    return [hmac.new(key.encode(), words, hashlib.sha256).hexdigest() for key in keys]
