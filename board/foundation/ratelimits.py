"""Rate limits counted in the board's own database: exact over all processes of one installation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from board.database import Base, UTCDateTime


class RateHit(Base):
    """How often `key` (a digest, never an address) was used in the window that ends at `expires_at`."""

    __tablename__ = "rate_hit"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
