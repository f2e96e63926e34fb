"""Posts of a blog and the threads that discuss their prompts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime
from board.sites.models import Site


class ThreadStatus(StrEnum):
    """open: read and write. closed: read only, and says so. hidden: as if it did not exist."""

    OPEN = "open"
    CLOSED = "closed"
    HIDDEN = "hidden"


class PromptKind(StrEnum):
    """reaction: readers are asked for their view. question_call: for their questions."""

    REACTION = "reaction"
    QUESTION_CALL = "question_call"


def one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(str(value)) for value in values)})"


class Post(Base):
    """One article of a blog. `address_key` finds it (see addresses.canonical), `address` links to it,
    `key` is the blog's own name for it, where it has one."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("site_id", "address_key"), UniqueConstraint("site_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="RESTRICT"))
    address_key: Mapped[str] = mapped_column(String(1000))
    address: Mapped[str] = mapped_column(String(1000))
    key: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    site: Mapped[Site] = relationship(lazy="raise")
    threads: Mapped[list[Thread]] = relationship(
        back_populates="post", lazy="raise", order_by="Thread.position"
    )


class Thread(Base):
    """The discussion of one prompt.

    The counters and `revision` change as SQL expressions in the transaction of whatever changed
    them; `revision` rises with every change that a reader could see.
    """

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint(one_of("status", ThreadStatus), name="status"),
        CheckConstraint(one_of("kind", PromptKind), name="kind"),
        UniqueConstraint("post_id", "position"),
        Index("ix_thread_latest", "site_id", "last_comment_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="RESTRICT"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(default=0)
    heading: Mapped[str] = mapped_column(String(300))
    prompt: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    confidence: Mapped[float] = mapped_column(default=1.0)
    status: Mapped[str] = mapped_column(String(20), default=ThreadStatus.OPEN.value)
    published_count: Mapped[int] = mapped_column(default=0)
    pending_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    last_comment_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    post: Mapped[Post] = relationship(back_populates="threads", lazy="raise")
    site: Mapped[Site] = relationship(lazy="raise")

    @property
    def accepts_comments(self) -> bool:
        return self.status == ThreadStatus.OPEN

    @property
    def title(self) -> str:
        """What to call the discussion in a list, a mail or a browser's tab."""
        return self.heading or self.prompt
