"""What is known of a page whose frame somebody opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from board.extensions import db
from board.sources.models import Reading, ReadingState
from board.sources.waiting import AGAIN_AFTER
from board.threads.models import Post, PostAddress, Thread


@dataclass(frozen=True)
class KnownPost:
    """`has_threads`: of any status; hidden ones are the author's word that nothing is to be asked here."""

    title: str
    read_at: datetime | None
    has_threads: bool


def known_post(site_id: int, address_key: str) -> KnownPost | None:
    query = (
        select(Post.title, Post.read_at, select(Thread.id).where(Thread.post_id == Post.id).exists())
        .join(PostAddress, PostAddress.post_id == Post.id)
        .where(PostAddress.site_id == site_id, PostAddress.address_key == address_key)
    )
    row = db.session.execute(query).first()
    return KnownPost(*row) if row else None


def will_be_read(site_id: int, address_key: str, now: datetime) -> bool:
    """Whether asking for the page once more would change nothing; as sources.waiting.ask_for judges it."""
    waits = and_(
        Reading.state == ReadingState.WAITING.value, or_(Reading.attempts > 0, Reading.due_at <= now)
    )
    was_read = and_(Reading.state != ReadingState.WAITING.value, Reading.done_at > now - AGAIN_AFTER)
    query = select(Reading.id).where(
        Reading.site_id == site_id, Reading.address_key == address_key, or_(waits, was_read)
    )
    return db.session.scalars(query).first() is not None
