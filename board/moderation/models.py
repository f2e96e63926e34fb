"""What moderators decided."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.accounts.models import Account
from board.comments.models import Comment
from board.database import Base, UTCDateTime
from board.threads.models import one_of


class Decision(Base):
    """One logged act on one comment. Decisions made together share a `batch` and are taken back together.

    `detail`: what undoing it needs to know, for acts that change more than the status. `actor_name`, like
    `undone_by`, is kept beside the account: the log reads without it, too.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_log", "site_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    actor_name: Mapped[str] = mapped_column(String(80))
    act: Mapped[str] = mapped_column(String(20))
    old_status: Mapped[str] = mapped_column(String(20))
    new_status: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    batch: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(80))

    comment: Mapped[Comment] = relationship(lazy="raise")
    account: Mapped[Account | None] = relationship(lazy="raise")


class ReportReason(StrEnum):
    """Why a reader reports a comment."""

    SPAM = "spam"
    HURTFUL = "hurtful"
    OFF_TOPIC = "off_topic"
    PRIVATE = "private"  # it tells something about somebody that is nobody's business
    OTHER = "other"


class Report(Base):
    """A reader's complaint about a published comment. Open until somebody of the staff answered it.

    One network complains of one comment once. `network`: a digest that changes daily.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(one_of("reason", ReportReason), name="reason"),
        UniqueConstraint("comment_id", "network"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(500), default="")
    network: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(80))

    comment: Mapped[Comment] = relationship(lazy="raise")


class DeskMailRate(StrEnum):
    """How often somebody of the staff hears by mail of what waits."""

    OFF = "off"
    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"


class DeskMail(Base):
    """What one account wants to hear by mail. `told_until`: everything that waited before was told.

    `failures`, `summary`: whether it wants to hear of mail that failed, and a word every week; told as far as
    `failures_until` and `summary_until`.
    """

    __tablename__ = "desk_mail"
    __table_args__ = (CheckConstraint(one_of("rate", DeskMailRate), name="rate"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    rate: Mapped[str] = mapped_column(String(20), default=DeskMailRate.OFF.value)
    told_until: Mapped[datetime] = mapped_column(UTCDateTime)
    failures: Mapped[bool] = mapped_column(default=False)
    failures_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    summary: Mapped[bool] = mapped_column(default=False)
    summary_until: Mapped[datetime | None] = mapped_column(UTCDateTime)


class UsedToken(Base):
    """A link that worked once and works no more. Kept until it would have ended anyway."""

    __tablename__ = "used_token"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class SpamTask(StrEnum):
    """What Akismet is asked or told."""

    CHECK = "check"
    HAM = "ham"
    SPAM = "spam"


class SpamTaskState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class SpamCheck(Base):
    """A question to Akismet that waits for the worker, or what became of it.

    The writer's address and browser are kept until it is answered, and not a moment longer.
    """

    __tablename__ = "spam_check"
    __table_args__ = (
        CheckConstraint(one_of("task", SpamTask), name="task"),
        CheckConstraint(one_of("state", SpamTaskState), name="state"),
        Index("ix_spam_check_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    task: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=SpamTaskState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    user_ip: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    comment: Mapped[Comment] = relationship(lazy="raise")
