"""A person known to one site by an email address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from board.database import Base, UTCDateTime


class Reader(Base):
    """An address that was given to a site; it counts for nothing until `confirmed_at` is set.

    Readers belong to one site: what somebody wrote on one blog is no business of another's. `trusted_at`:
    a moderator wants what comes from this address published at once.
    """

    __tablename__ = "reader"
    __table_args__ = (UniqueConstraint("site_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    trusted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
