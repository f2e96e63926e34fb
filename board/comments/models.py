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
    """Only `published` is shown. `returned` to its writer with a note, to be revised. `withdrawn` by its
    writer, `removed` by a moderator afterwards."""

    PENDING = "pending"
    PUBLISHED = "published"
    RETURNED = "returned"
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
    `note` is a moderator's word to the writer, with which it was returned at `returned_at`, the last time.
    `open_reports` counts what readers reported and nobody answered yet. `pinned_at`: it stands first.
    `highlighted_at`: marked as worth reading. `staff_edited_at`: a moderator changed its words; the former
    ones are among its `versions`.
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
        Index("ix_comment_name", "author_name"),
        Index("ix_comment_network", "network"),
        Index(
            "ix_comment_pinned",
            "thread_id",
            sqlite_where=text("pinned_at IS NOT NULL"),
            postgresql_where=text("pinned_at IS NOT NULL"),
        ),
        Index(
            "ix_comment_reported",
            "created_at",
            "id",
            sqlite_where=text("open_reports > 0"),
            postgresql_where=text("open_reports > 0"),
        ),
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
    note: Mapped[str] = mapped_column(Text, default="")
    returned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    open_reports: Mapped[int] = mapped_column(default=0)
    pinned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    highlighted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    staff_edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    thread: Mapped[Thread] = relationship(lazy="raise")
    parent: Mapped[Comment | None] = relationship(
        lazy="raise", remote_side="Comment.id", foreign_keys=[parent_id]
    )
    reader: Mapped[Reader | None] = relationship(lazy="raise")
    account: Mapped[Account | None] = relationship(lazy="raise")
    versions: Mapped[list[CommentVersion]] = relationship(
        lazy="raise", order_by="CommentVersion.id", passive_deletes=True
    )

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def stands_first(self) -> bool:
        return self.pinned_at is not None and self.is_published

    @property
    def was_revised(self) -> bool:
        """Whether its writer has changed it since it was returned to them."""
        returned, edited = self.returned_at, self.edited_at
        return returned is not None and edited is not None and edited > returned

    @property
    def words_changed_at(self) -> datetime | None:
        """When its words were last replaced, by its writer or by a moderator."""
        return max(filter(None, (self.edited_at, self.staff_edited_at)), default=None)

    @property
    def is_erased(self) -> bool:
        """Whether only its place is left (erasing.py): whatever was sent has a source."""
        return not self.source

    @property
    def is_staff(self) -> bool:
        return self.account_id is not None


class CommentVersion(Base):
    """Words that a comment had until its writer replaced them, or `account_id` did if that is set."""

    __tablename__ = "comment_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)


class BlockKind(StrEnum):
    """What a block is about. network: a digest that changes daily, so it holds for that day."""

    WORD = "word"
    HOST = "host"
    ADDRESS = "address"
    NETWORK = "network"


class BlockVerdict(StrEnum):
    """What becomes of a comment that meets a block."""

    HOLD = "hold"
    SPAM = "spam"
    REFUSE = "refuse"


class Block(Base):
    """Something that a moderator does not want to see here any more, on one site or (None) on all.

    `value`: in the normal form of its kind. Over at `ends_at`, or when it was lifted.
    """

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint(one_of("kind", BlockKind), name="kind"),
        CheckConstraint(one_of("verdict", BlockVerdict), name="verdict"),
        Index("ix_block_asked", "site_id", "kind", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(300))
    verdict: Mapped[str] = mapped_column(String(20), default=BlockVerdict.HOLD.value)
    reason: Mapped[str] = mapped_column(String(300), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    actor_name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
