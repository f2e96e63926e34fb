"""What the worker still has to read, and when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime
from board.sites.models import Site
from board.threads.models import one_of


class ReadingState(StrEnum):
    """waiting: to be read, or tried again, once it is due. done: it was read. failed: given up."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Why(StrEnum):
    """Why a page is to be read."""

    FIRST_VIEW = "first_view"  # a reader opened the embed on it
    FEED = "feed"  # a feed named it, with a summary only
    SITEMAP = "sitemap"
    START = "start"  # the owner's first run
    AGAIN = "again"  # staff asked for it


class Feed(Base):
    """A site's feed. `etag`, `last_modified`: as its server said them; `said`: its last problem, or empty."""

    __tablename__ = "feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), unique=True)
    address: Mapped[str] = mapped_column(String(1000))
    etag: Mapped[str] = mapped_column(String(300), default="")
    last_modified: Mapped[str] = mapped_column(String(100), default="")
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    failures: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    said: Mapped[str] = mapped_column(String(300), default="")

    site: Mapped[Site] = relationship(lazy="raise")


class Reading(Base):
    """A page that the worker is to read. One row for one page of a site, however often it is asked for.

    `lease` names the worker that reads it now, until `leased_until`; then it is due again.
    """

    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint(one_of("state", ReadingState), name="state"),
        CheckConstraint(one_of("why", Why), name="why"),
        UniqueConstraint("site_id", "address_key"),
        Index("ix_reading_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    address_key: Mapped[str] = mapped_column(String(1000))
    address: Mapped[str] = mapped_column(String(1000))
    why: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=ReadingState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    said: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    site: Mapped[Site] = relationship(lazy="raise")
