"""What readers wrote."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.accounts.models import Account
from board.database import Base, UTCDateTime
from board.readers.models import Reader
from board.threads.models import Thread, one_of


class Status(StrEnum):
    """Only `published` is shown. `withdrawn` by its writer, `removed` by a moderator afterwards."""

    PENDING = "pending"
    PUBLISHED = "published"
    REJECTED = "rejected"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class Comment(Base):
    """One contribution. A root answers the prompt; a reply answers `parent` and belongs to `root`.

    `published_at` is the first time it was shown and stays set when it is taken down, so that its
    published replies keep their place. `live_replies` (on roots) counts the published replies below.
    `network` is a digest that changes daily; `fingerprint` recognises a double click,
    `text_digest` the same text anywhere;
    `edit_salt` goes into the link by which its writer comes back.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint("(parent_id IS NULL) = (depth = 0)", name="depth"),
        CheckConstraint("(root_id IS NULL) = (depth = 0)", name="root"),
        Index(
            "ix_comment_roots",
            "thread_id",
            "created_at",
            "id",
            sqlite_where=text("depth = 0 AND published_at IS NOT NULL"),
            postgresql_where=text("depth = 0 AND published_at IS NOT NULL"),
        ),
        Index("ix_comment_replies", "root_id", "created_at", "id"),
        Index("ix_comment_queue", "status", "created_at", "id"),
        Index("ix_comment_fingerprint", "fingerprint", "created_at"),
        Index("ix_comment_text", "text_digest", "created_at"),
        Index("ix_comment_latest", "thread_id", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="RESTRICT"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="RESTRICT"), index=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="RESTRICT"))
    depth: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20))
    author_name: Mapped[str] = mapped_column(String(80))
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("reader.id", ondelete="SET NULL"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer_version: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    live_replies: Mapped[int] = mapped_column(default=0)
    network: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    text_digest: Mapped[str] = mapped_column(String(64))
    edit_salt: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    thread: Mapped[Thread] = relationship(lazy="raise")
    parent: Mapped[Comment | None] = relationship(
        lazy="raise", remote_side="Comment.id", foreign_keys=[parent_id]
    )
    reader: Mapped[Reader | None] = relationship(lazy="raise")
    account: Mapped[Account | None] = relationship(lazy="raise")

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_staff(self) -> bool:
        return self.account_id is not None
