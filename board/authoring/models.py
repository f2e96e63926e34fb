"""What owners did to the addresses of posts and to whole discussions, and each thing that it changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime
from board.sites.models import Site
from board.threads.models import one_of


class Move(StrEnum):
    """name, unname: a post was given an address, or lost one. rule: posts went from one prefix to another."""

    NAME = "name"
    UNNAME = "unname"
    MOVE_THREAD = "move_thread"
    MERGE_THREADS = "merge_threads"
    MERGE_POSTS = "merge_posts"
    RULE = "rule"


class ChangeKind(StrEnum):
    """What was changed of which row; the subject is named first."""

    POST_MERGED = "post_merged"  # a post: all it had went to the post `new_id`
    NAME_MOVED = "name_moved"  # a post's address: from the post `old_id` to `new_id`
    THREAD_MOVED = "thread_moved"  # a thread: likewise; old_text: its place there
    DRAFT_MOVED = "draft_moved"  # a draft: likewise
    THREAD_MERGED = "thread_merged"  # a thread: all it had went to the thread `new_id`; old_text: its status
    ROOT_MOVED = "root_moved"  # a comment to a prompt, with all below it: from thread `old_id` to `new_id`
    DRAFT_RETIED = "draft_retied"  # a draft: it was about the thread `old_id`, now about `new_id`
    STANDS = "stands"  # a post: it stood at `old_text`, now at `new_text`
    NAMED = "named"  # an address, `new_text`, that the post `new_id` was given
    UNNAMED = "unnamed"  # an address, `old_text`, that the post `old_id` lost


class Remapping(Base):
    """One act of an owner, which can be undone as a whole.

    `details`: what the log says of it, in names and numbers of that time. `goes_on_after`: a rule is still
    being applied, and posts with higher ids are to come. `actor_name`, like `undone_by`, is kept beside the
    account: the log reads without it, too.
    """

    __tablename__ = "remapping"
    __table_args__ = (
        CheckConstraint(one_of("move", Move), name="move"),
        Index("ix_remapping_log", "site_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    actor_name: Mapped[str] = mapped_column(String(80))
    move: Mapped[str] = mapped_column(String(20))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    goes_on_after: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(80))

    site: Mapped[Site] = relationship(lazy="raise")


class Change(Base):
    """One thing that a remapping changed; see ChangeKind for what its columns say. `undone`: it is back."""

    __tablename__ = "remapping_change"
    __table_args__ = (
        CheckConstraint(one_of("kind", ChangeKind), name="kind"),
        Index("ix_remapping_change_of", "remapping_id", "undone", "id"),
        Index("ix_remapping_change_subject", "kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    remapping_id: Mapped[int] = mapped_column(ForeignKey("remapping.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    old_id: Mapped[int | None]
    new_id: Mapped[int | None]
    old_text: Mapped[str | None] = mapped_column(String(1000))
    new_text: Mapped[str | None] = mapped_column(String(1000))
    undone: Mapped[bool] = mapped_column(default=False)
