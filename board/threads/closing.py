"""Discussions that close by themselves, after the days that their site gives them.

Counted from the day of the post; where that is not known, from the day of the discussion. A discussion
closes by itself once: whoever opens it again wants it open.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from board.accounts.deeds import THE_BOARD, note_deed
from board.extensions import db
from board.sites.models import Site
from board.threads.models import Post, Thread, ThreadStatus

ANNOUNCED = timedelta(days=7)
MOST_AT_ONCE = 200  # of one site: what is closed is held until the end, and the next round comes soon
LONGEST_DAYS = 36_500  # a century; a date further away cannot be reckoned with


def closes_at(thread: Thread) -> datetime | None:
    """When `thread` takes no more comments; None: not by itself. thread: with its post and site."""
    days = thread.site.closes_after_days
    if days is None or not thread.accepts_comments or thread.closed_itself_at is not None:
        return None
    return (thread.post.published_at or thread.created_at) + _days(days)


def announced_end(thread: Thread, now: datetime) -> datetime | None:
    """When it closes, if that is so soon that readers should know. thread: with its post and site."""
    ends_at = closes_at(thread)
    return ends_at if ends_at is not None and now < ends_at <= now + ANNOUNCED else None


def close_over(now: datetime) -> None:
    """Close what has been open for as long as its site wants, and write it into the log."""
    for site in db.session.scalars(select(Site).where(Site.closes_after_days > 0)).all():
        _close_over(site.id, site.closes_after_days or 0, now)


def _close_over(site_id: int, days: int, now: datetime) -> None:
    began_at = func.coalesce(Post.published_at, Thread.created_at)
    over = (
        select(Thread)
        .join(Thread.post)
        .where(
            Thread.site_id == site_id,
            Thread.status == ThreadStatus.OPEN.value,
            Thread.closed_itself_at.is_(None),
            began_at <= now - _days(days),
        )
        .order_by(Thread.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Thread)
    )
    for thread in db.session.scalars(over).all():
        thread.status, thread.closed_itself_at = ThreadStatus.CLOSED.value, now
        thread.revision = Thread.revision + 1
        note_deed(
            THE_BOARD,
            "thread_closed_by_age",
            thread.title,
            site_id=site_id,
            now=now,
            thread_id=thread.id,
            days=days,
        )


def _days(days: int) -> timedelta:
    return timedelta(days=min(days, LONGEST_DAYS))
