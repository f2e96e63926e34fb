"""Mail that waits, was sent, or could not be."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime


class OutboxState(StrEnum):
    """cancelled: no longer wanted when its turn came. failed: given up, for staff to see and retry."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATES = ", ".join(f"'{state}'" for state in OutboxState)


class OutboxMessage(Base):
    """One mail to one person, written down in the transaction of what it tells.

    `dedupe_key` names recipient and event: saying the same twice makes one row. `context` lets the
    kind's check decide at sending time whether it is still wanted. While `sending`, `due_at` is when
    the lease ends and another worker may take it.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint(f"state in ({STATES})", name="state"),
        Index("ix_outbox_message_due", "state", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    sender_name: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(250))
    headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(20), default=OutboxState.QUEUED.value)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempt_count: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    attempts: Mapped[list[Attempt]] = relationship(
        back_populates="message", lazy="raise", order_by="Attempt.id"
    )


class Attempt(Base):
    """One try at sending: `outcome` is sent, retry, failed or cancelled; `detail` what the server said."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(500))

    message: Mapped[OutboxMessage] = relationship(back_populates="attempts", lazy="raise")


class SuppressionReason(StrEnum):
    """Why nothing more is sent to an address. hard_bounce: it does not exist. soft_bounces: it took nothing
    for days. complaint: its owner called our mail spam. staff: somebody of the staff said so."""

    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCES = "soft_bounces"
    COMPLAINT = "complaint"
    STAFF = "staff"


REASONS = ", ".join(f"'{reason}'" for reason in SuppressionReason)


class Suppression(Base):
    """An address that nothing more is sent to. `digest` is a keyed hash: the address itself is not kept."""

    __tablename__ = "suppression"
    __table_args__ = (CheckConstraint(f"reason in ({REASONS})", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SoftBounce(Base):
    """A mail server said "not now" about an address, for good: `event` names the mail, so that two reports
    of it count once."""

    __tablename__ = "soft_bounce"
    __table_args__ = (Index("ix_soft_bounce_counted", "digest", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class IncomingMail(Base):
    """A mail that was read from the board's mailbox, so that it is acted upon once.

    `digest` of its bytes. `outcome`: the code of what became of it; `detail` in plain words, for staff.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = (Index("ix_incoming_mail_age", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    outcome: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
