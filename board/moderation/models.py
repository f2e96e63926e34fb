"""What moderators decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.accounts.models import Account
from board.comments.models import Comment
from board.database import Base, UTCDateTime


class Decision(Base):
    """One logged act on one comment. Decisions made together share a `batch` and are taken back together.

    `actor_name`, like `undone_by`, is kept beside the account: the log reads without it, too.
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
    batch: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(80))

    comment: Mapped[Comment] = relationship(lazy="raise")
    account: Mapped[Account | None] = relationship(lazy="raise")
