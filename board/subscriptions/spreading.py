"""From a piece of news to a notice for each one who is to hear: the worker's work, in short batches.

A worker that dies anywhere leaves whole batches behind; the next goes on where it was. The same reader gets
one notice of the same news, however often it is spread.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from board.extensions import db
from board.foundation.turns import give_way
from board.foundation.upserts import insert
from board.subscriptions.audience import reason_against
from board.subscriptions.listening import Candidate, candidates, happening_of, news_with_surroundings
from board.subscriptions.models import News, Notice, NoticeState, Rate
from board.subscriptions.rates import Rhythm, due_at

BATCH = 500  # followers asked in one transaction, which takes some 50 ms and holds SQLite's one writer
MOST_AT_ONCE = 100  # pieces of news in one round; the next is two seconds away


def spread_news(now: datetime) -> None:
    """Make the notices of all news that is due. Commits after each batch."""
    for _ in range(MOST_AT_ONCE):
        if not _spread_one(now):
            return


def rhythm() -> Rhythm:
    settings = current_app.config["BOARD"]
    return Rhythm(
        delay=timedelta(seconds=settings.notice_delay_seconds),
        quiet=timedelta(seconds=settings.quiet_seconds),
        hour=settings.digest_hour,
    )


def _spread_one(now: datetime) -> bool:
    """Spread one piece of news to its end; whether there was one that nobody else has at hand."""
    since = time.monotonic()
    while (news := _next(now)) is not None:
        found = candidates(news, now=now, after=news.reached, limit=BATCH)
        _tell(news, found, now)
        followers = [one.subscription.id for one in found if one.subscription and one.is_follower]
        is_over = len(followers) < BATCH
        news.reached = max(followers, default=news.reached)
        news.spread_at = now if is_over else None
        db.session.commit()
        give_way(db.session(), since)
        since = time.monotonic()
        if is_over:
            return True
    db.session.commit()
    return False


def _next(now: datetime) -> News | None:
    """The oldest news that is due, held until the transaction ends; not what another worker holds."""
    held = (
        select(News.id)
        .where(News.spread_at.is_(None), News.due_at <= now)
        .order_by(News.due_at, News.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    news_id = db.session.scalars(held).first()
    if news_id is None:
        return None
    query = news_with_surroundings().where(News.id == news_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _tell(news: News, found: Sequence[Candidate], now: datetime) -> None:
    """A notice for everybody against whom nothing speaks; the first way in which it concerns them counts."""
    happening, rows, seen = happening_of(news), [], set[int]()
    for one in found:
        if one.reader.id not in seen and reason_against(one.listener, happening) is None:
            seen.add(one.reader.id)
            rows.append(_row(news, one, now))
    if not rows:
        return
    statement = insert(Notice).values(rows)
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in {"news_id", "reader_id"}}
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Notice.news_id, Notice.reader_id],
            set_=fresh,
            where=Notice.state == NoticeState.DROPPED.value,
        )
    )


def _row(news: News, one: Candidate, now: datetime) -> dict[str, Any]:
    topic, rate = one.listener.topic, Rate(one.listener.rate)
    return {
        "news_id": news.id,
        "reader_id": one.reader.id,
        "thread_id": news.thread_id,
        "subscription_id": one.subscription.id if one.subscription else None,
        "message_id": None,
        "topic": topic.value,
        "rate": rate.value,
        "state": NoticeState.WAITING.value,
        "reason": "",
        "created_at": now,
        "due_at": due_at(topic, rate, news.happened_at, rhythm()),
        "settled_at": None,
    }
