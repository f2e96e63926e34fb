"""A blog that uses this board."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime


class Policy(StrEnum):
    """What happens to a comment against which nothing speaks. hold_first: it waits until its writer, known
    by a confirmed address, has had some comments approved here."""

    HOLD = "hold"
    HOLD_FIRST = "hold_first"
    PUBLISH = "publish"


DEFAULT_PROMPT = "What is your reaction?"
OPENS_FROM = 0.8
POLICIES = ", ".join(f"'{policy}'" for policy in Policy)


class Site(Base):
    """A blog: its name, where it lives, in which language it speaks, and its policy.

    `accent_hue`: 0 to 359, the hue of the one accent colour (oklch). `default_prompt`: what a post asks that
    asks nothing itself; empty: such posts have no discussion. `opens_from`: the confidence, 0 to 1, from
    which a prompt that was found gets its thread without anybody's yes; None: every prompt waits for one.
    `approvals_needed`: approved comments after which hold_first publishes. `report_threshold`: reports that
    take a comment down until somebody has looked; 0: none do. `closes_after_days`: after which a thread takes
    no more comments; None: never. `akismet_key`: empty where comments are shown to nobody else.
    """

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint(f"policy in ({POLICIES})", name="policy"),
        CheckConstraint("accent_hue >= 0 AND accent_hue < 360", name="accent_hue"),
        CheckConstraint("opens_from >= 0 AND opens_from <= 1", name="opens_from"),
        CheckConstraint("approvals_needed >= 1", name="approvals_needed"),
        CheckConstraint("report_threshold >= 0", name="report_threshold"),
        CheckConstraint("closes_after_days >= 1", name="closes_after_days"),
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
    approvals_needed: Mapped[int] = mapped_column(default=1)
    report_threshold: Mapped[int] = mapped_column(default=3)
    closes_after_days: Mapped[int | None]
    akismet_key: Mapped[str] = mapped_column(String(100), default="")
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
