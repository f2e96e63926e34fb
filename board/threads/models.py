"""Posts of a blog and the threads that discuss their prompts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime
from board.sites.models import Site


class ThreadStatus(StrEnum):
    """open: read and write. read_only: takes nothing for a while, and says so. closed: over, and says so.
    hidden: as if it did not exist."""

    OPEN = "open"
    READ_ONLY = "read_only"
    CLOSED = "closed"
    HIDDEN = "hidden"


class PromptKind(StrEnum):
    """reaction: readers are asked for their view. question_call: for their questions."""

    REACTION = "reaction"
    QUESTION_CALL = "question_call"


class DraftState(StrEnum):
    """waiting: for the author's yes. accepted: it has its thread. dismissed: it is no prompt, or its new
    words are not wanted. gone: the post does not say it any more, and nobody had decided."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    GONE = "gone"


def one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(str(value)) for value in values)})"


class Post(Base):
    """One article of a blog. Its `addresses` find it, `address` links to it, `key` is the blog's own name
    for it, where it has one. `content_hash` tells whether its words changed since `read_at`.
    `merged_into_id`: it turned out to be that post, which has all its addresses and threads now."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="RESTRICT"))
    address: Mapped[str] = mapped_column(String(1000))
    key: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300))
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="RESTRICT"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    site: Mapped[Site] = relationship(lazy="raise")
    addresses: Mapped[list[PostAddress]] = relationship(
        back_populates="post", lazy="raise", order_by="PostAddress.id", passive_deletes=True
    )
    threads: Mapped[list[Thread]] = relationship(
        back_populates="post", lazy="raise", order_by="Thread.position"
    )


class PostAddress(Base):
    """One of the addresses under which a post is known (see addresses.canonical): where it stands, where
    it stood before it moved, what redirects to it."""

    __tablename__ = "post_address"
    __table_args__ = (UniqueConstraint("site_id", "address_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    address_key: Mapped[str] = mapped_column(String(1000))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    post: Mapped[Post] = relationship(back_populates="addresses", lazy="raise")


class Thread(Base):
    """The discussion of one prompt.

    `stands_in`: it stands under the site's default prompt until the post's own is found. The counters and
    `revision` change as SQL expressions in the transaction of whatever changed them; `revision` rises with
    every change that a reader could see. `merged_into_id`: its comments are in that thread now, and whoever
    asks for it is led there. `closed_itself_at`: the site's time for discussions was over then; it does not
    close by itself a second time.
    """

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint(one_of("status", ThreadStatus), name="status"),
        CheckConstraint(one_of("kind", PromptKind), name="kind"),
        CheckConstraint("merged_into_id IS NULL OR status = 'hidden'", name="merged"),
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
    stands_in: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(20), default=ThreadStatus.OPEN.value)
    published_count: Mapped[int] = mapped_column(default=0)
    pending_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("thread.id", ondelete="RESTRICT"), index=True
    )
    last_comment_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_itself_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
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


class Draft(Base):
    """A prompt that was found in a post, as the post words it, and what the author said to it.

    `thread_id`: the thread it opened; while it waits, the thread whose words it would renew. `former_...`:
    what such a thread was before. `digest` knows it again at the next reading. `signs`: codes of what
    spoke for it (prompts.Sign); it begins in text block `block` of `blocks`; `before` and `after` are its
    surroundings.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(one_of("state", DraftState), name="state"),
        CheckConstraint(one_of("kind", PromptKind), name="kind"),
        UniqueConstraint("post_id", "digest"),
        Index("ix_draft_desk", "site_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=DraftState.WAITING.value)
    digest: Mapped[str] = mapped_column(String(64))
    heading: Mapped[str] = mapped_column(String(300))
    prompt: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    closes: Mapped[bool] = mapped_column(default=False)
    confidence: Mapped[float]
    signs: Mapped[list[str]] = mapped_column(JSON, default=list)
    block: Mapped[int] = mapped_column(default=0)
    blocks: Mapped[int] = mapped_column(default=0)
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    former_heading: Mapped[str | None] = mapped_column(String(300))
    former_prompt: Mapped[str | None] = mapped_column(Text)
    former_kind: Mapped[str | None] = mapped_column(String(20))
    former_stands_in: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)

    post: Mapped[Post] = relationship(lazy="raise")
    thread: Mapped[Thread | None] = relationship(lazy="raise")

    @property
    def is_renewal(self) -> bool:
        """Whether it brings new words for a thread that is there already."""
        return self.thread_id is not None and (
            self.state != DraftState.ACCEPTED or self.former_prompt is not None
        )
