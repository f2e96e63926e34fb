"""Consent to hear, how often, and what there is to tell."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.comments.models import Comment
from board.database import Base, UTCDateTime
from board.mail.models import OutboxMessage
from board.readers.models import Reader
from board.threads.models import Thread, one_of


class Topic(StrEnum):
    """What a reader may want to hear of. replies: to one comment of theirs. thread: every new comment in a
    discussion. prompts: every new prompt of the blog. own: what becomes of their own comments."""

    REPLIES = "replies"
    THREAD = "thread"
    PROMPTS = "prompts"
    OWN = "own"


class Rate(StrEnum):
    """How often a reader wants mail about a topic."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Occasion(StrEnum):
    """What happened. comment: one was published. prompt: a discussion was opened. The others became of
    somebody's own comment."""

    COMMENT = "comment"
    PROMPT = "prompt"
    APPROVED = "approved"
    RETURNED = "returned"
    REMOVED = "removed"
    HIGHLIGHTED = "highlighted"


class NoticeState(StrEnum):
    """waiting: for its time. mailed: it stands in a mail of the outbox. dropped: it was not wanted any more
    when its time came, for the reason that stands beside it."""

    WAITING = "waiting"
    MAILED = "mailed"
    DROPPED = "dropped"


FOLLOWED = (Topic.REPLIES, Topic.THREAD, Topic.PROMPTS)  # what one subscribes to; `own` comes with writing


class Subscription(Base):
    """A reader's wish to hear: of replies to one comment of theirs, of a thread, or of their blog's prompts.

    Pending until `confirmed_at`; over once `ended_at` is set. The row is the record of consent; `asked_at`
    is when somebody asked for it, the last time.
    """

    __tablename__ = "subscription"
    __table_args__ = (
        CheckConstraint("topic in ('replies', 'thread', 'prompts')", name="topic"),
        CheckConstraint("(topic = 'replies') = (comment_id IS NOT NULL)", name="comment"),
        CheckConstraint("(topic = 'thread') = (thread_id IS NOT NULL)", name="thread"),
        UniqueConstraint("reader_id", "comment_id"),
        UniqueConstraint("reader_id", "thread_id"),
        Index(
            "ix_subscription_prompts",
            "reader_id",
            unique=True,
            sqlite_where=text("topic = 'prompts'"),
            postgresql_where=text("topic = 'prompts'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(20))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    reader: Mapped[Reader] = relationship(lazy="raise")
    comment: Mapped[Comment | None] = relationship(lazy="raise")
    thread: Mapped[Thread | None] = relationship(lazy="raise")

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def discussion(self) -> Thread | None:
        """The thread that it is about; None where it is about a whole blog. Comment and thread are loaded."""
        return self.comment.thread if self.comment else self.thread


class Preference(Base):
    """How often a reader wants mail about a topic, where they said so."""

    __tablename__ = "preference"
    __table_args__ = (
        CheckConstraint(one_of("topic", Topic), name="topic"),
        CheckConstraint(one_of("rate", Rate), name="rate"),
        UniqueConstraint("reader_id", "topic"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(20))
    rate: Mapped[str] = mapped_column(String(20))


class News(Base):
    """Something that readers may want to hear of, written down in the transaction in which it happened.

    `event` names it: the same twice is one row. A worker makes notices of it from `due_at` on, in batches;
    `reached` is the last subscription that was asked, `spread_at` the end of it. `hushed`: the code of why
    nobody is told, as of old comments that were approved together.
    """

    __tablename__ = "news"
    __table_args__ = (
        CheckConstraint(one_of("occasion", Occasion), name="occasion"),
        Index(
            "ix_news_unspread",
            "due_at",
            "id",
            sqlite_where=text("spread_at IS NULL"),
            postgresql_where=text("spread_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(80), unique=True)
    occasion: Mapped[str] = mapped_column(String(20))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    hushed: Mapped[str] = mapped_column(String(30), default="")
    happened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reached: Mapped[int] = mapped_column(default=0)
    spread_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    thread: Mapped[Thread] = relationship(lazy="raise")
    comment: Mapped[Comment | None] = relationship(lazy="raise")


class Notice(Base):
    """What to tell one reader of one piece of news: one row for each pair of them, ever.

    `due_at`: when it may leave; `rate` as the reader chose. `message_id`: the mail it stands in, while the
    outbox keeps that. `reason`: the code of why it was dropped.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(one_of("topic", Topic), name="topic"),
        CheckConstraint(one_of("rate", Rate), name="rate"),
        CheckConstraint(one_of("state", NoticeState), name="state"),
        UniqueConstraint("news_id", "reader_id"),
        Index(
            "ix_notice_due",
            "due_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_notice_told", "reader_id", "thread_id", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    news_id: Mapped[int] = mapped_column(ForeignKey("news.id", ondelete="CASCADE"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    subscription_id: Mapped[int | None] = mapped_column(
        ForeignKey("subscription.id", ondelete="SET NULL"), index=True
    )
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id", ondelete="SET NULL"), index=True
    )
    topic: Mapped[str] = mapped_column(String(20))
    rate: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=NoticeState.WAITING.value)
    reason: Mapped[str] = mapped_column(String(30), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    news: Mapped[News] = relationship(lazy="raise")
    reader: Mapped[Reader] = relationship(lazy="raise")
    subscription: Mapped[Subscription | None] = relationship(lazy="raise")
    message: Mapped[OutboxMessage | None] = relationship(lazy="raise")
