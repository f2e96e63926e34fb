"""A blog that uses this board."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime


class Policy(StrEnum):
    """What happens to a comment against which nothing speaks."""

    HOLD = "hold"
    PUBLISH = "publish"


DEFAULT_PROMPT = "What is your reaction?"
OPENS_FROM = 0.8
POLICIES = ", ".join(f"'{policy}'" for policy in Policy)


class Site(Base):
    """A blog: its name, where it lives, in which language it speaks, and its policy.

    `accent_hue`: 0 to 359, the hue of the one accent colour (oklch). `default_prompt`: what a post asks that
    asks nothing itself; empty: such posts have no discussion. `opens_from`: the confidence, 0 to 1, from
    which a prompt that was found gets its thread without anybody's yes; None: every prompt waits for one.
    """

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint(f"policy in ({POLICIES})", name="policy"),
        CheckConstraint("accent_hue >= 0 AND accent_hue < 360", name="accent_hue"),
        CheckConstraint("opens_from >= 0 AND opens_from <= 1", name="opens_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    base_url: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(20), default="en")
    policy: Mapped[str] = mapped_column(String(20), default=Policy.HOLD.value)
    accent_hue: Mapped[int] = mapped_column(default=250)
    default_prompt: Mapped[str] = mapped_column(Text, default=DEFAULT_PROMPT)
    opens_from: Mapped[float | None] = mapped_column(default=OPENS_FROM)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    origins: Mapped[list[SiteOrigin]] = relationship(
        back_populates="site", lazy="raise", order_by="SiteOrigin.origin"
    )


class SiteOrigin(Base):
    """An origin (scheme, host, port) whose pages may show this site's threads in a frame."""

    __tablename__ = "site_origin"
    __table_args__ = (UniqueConstraint("site_id", "origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    origin: Mapped[str] = mapped_column(String(300))

    site: Mapped[Site] = relationship(back_populates="origins", lazy="raise")
