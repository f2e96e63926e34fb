"""Forgetting what there was to tell, once nobody will be told it twice without it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from board.extensions import db
from board.subscriptions.models import News, Notice, NoticeState

KEPT = timedelta(days=90)  # what is shown again after a week is told to nobody, so this is more than enough
BATCH = 500


def forget_old(now: datetime) -> None:
    """Delete news that was spread long ago, with its notices. Commits after each batch."""
    waiting = select(Notice.news_id).where(Notice.state == NoticeState.WAITING.value)
    old = (
        select(News.id)
        .where(News.spread_at < now - KEPT, News.happened_at < now - KEPT, News.id.not_in(waiting))
        .limit(BATCH)
    )
    while ids := db.session.scalars(old).all():
        db.session.execute(delete(News).where(News.id.in_(ids)).execution_options(synchronize_session=False))
        db.session.commit()
