"""Consent to hear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.comments.models import Comment
from board.database import Base, UTCDateTime
from board.readers.models import Reader


class Subscription(Base):
    """A reader's wish to hear of replies to one comment of theirs.

    Pending until `confirmed_at`; over once `ended_at` is set. The row is the record of consent.
    """

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("reader_id", "comment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    reader: Mapped[Reader] = relationship(lazy="raise")
    comment: Mapped[Comment] = relationship(lazy="raise")

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None
