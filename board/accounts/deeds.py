"""The log of what staff did besides deciding about comments: settings, people, blocks. Never edited."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from board.database import Base, UTCDateTime
from board.extensions import db
from board.foundation.permissions import Actor

THE_BOARD = Actor(name="Reflection Board")  # whoever does what comes round by itself


class Deed(Base):
    """`act`: a code such as `site_changed`, put into words by the log page; `subject`: what it was done to,
    as people call it; `detail`: plain values that the words need. `site_id` None: the whole installation."""

    __tablename__ = "deed"
    __table_args__ = (Index("ix_deed_log", "site_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    actor_name: Mapped[str] = mapped_column(String(80))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(300), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


def note_deed(
    actor: Actor, act: str, subject: str = "", *, site_id: int | None, now: datetime, **detail: Any
) -> None:
    """Write into the log that `actor` did `act`, in the transaction that does it."""
    db.session.add(
        Deed(
            site_id=site_id,
            account_id=actor.account_id,
            actor_name=actor.name,
            act=act,
            subject=subject[:300],
            detail=detail,
            created_at=now,
        )
    )
