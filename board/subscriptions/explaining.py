"""Telling staff who hears of a comment and who does not: the audience's own judgement, in the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from board.comments.models import Comment
from board.extensions import db
from board.subscriptions.audience import Happening, Reason, reason_against
from board.subscriptions.listening import Candidate, candidates, happening_of, news_with_surroundings
from board.subscriptions.models import News, Notice, Occasion, Topic
from board.threads.models import Thread

MOST_LISTED = 200  # of those who follow one discussion


@dataclass(frozen=True)
class Line:
    """One person and one piece of news. `address`: their own. `reason`: why they do not hear; None: they do.

    `notice`: what was written down for them, if anything was: it has its time, and its mail.
    """

    address: str
    topic: Topic
    reason: str | None
    notice: Notice | None


@dataclass(frozen=True)
class Account:
    """What became of one piece of news. `happened_at` None: it did not happen; this is who would hear."""

    occasion: Occasion
    happened_at: datetime | None
    hushed: str
    lines: Sequence[Line]
    is_cut: bool


def explain(comment: Comment, *, now: datetime) -> list[Account]:
    """Everything there was to tell of that comment, in order; of one that was never published, who would
    hear if it were now. At most MOST_LISTED people each. comment: with parent, account and thread."""
    query = news_with_surroundings().where(News.comment_id == comment.id).order_by(News.happened_at, News.id)
    found = list(db.session.scalars(query))
    accounts = [_account(news, happening_of(news), now) for news in found]
    if not any(news.occasion == Occasion.COMMENT for news in found):
        thought = News(occasion=Occasion.COMMENT.value, thread_id=comment.thread_id, hushed="")
        thought.comment, thought.thread = comment, comment.thread  # never added to the session
        accounts.append(_account(thought, Happening(now), now))
    return accounts


def comment_to_explain(comment_id: int) -> Comment | None:
    query = select(Comment).where(Comment.id == comment_id)
    query = query.options(
        joinedload(Comment.parent),
        joinedload(Comment.account),
        joinedload(Comment.thread).joinedload(Thread.post),
        joinedload(Comment.thread).joinedload(Thread.site),
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _account(news: News, happening: Happening, now: datetime) -> Account:
    listed = _once_each(candidates(news, now=now, limit=MOST_LISTED + 1), happening)
    notices = _notices(news)
    lines = [_line(one, happening, notices.get(one.reader.id)) for one in listed]
    is_cut = len(lines) > MOST_LISTED
    return Account(Occasion(news.occasion), news.happened_at, news.hushed, lines[:MOST_LISTED], is_cut)


def _once_each(listed: Sequence[Candidate], happening: Happening) -> list[Candidate]:
    """One for each reader: the first way in which they hear, or in which they do not."""
    ways = {one.reader.id: one for one in reversed(listed)}
    hearing = [one for one in listed if reason_against(one.listener, happening) in {None, Reason.TOLD}]
    ways |= {one.reader.id: one for one in reversed(hearing)}
    return [ways[reader_id] for reader_id in dict.fromkeys(one.reader.id for one in listed)]


def _line(one: Candidate, happening: Happening, notice: Notice | None) -> Line:
    reason = reason_against(one.listener, happening)
    return Line(one.reader.email, one.listener.topic, reason.value if reason else None, notice)


def _notices(news: News) -> dict[int, Notice]:
    query = select(Notice).where(Notice.news_id == news.id).options(joinedload(Notice.message))
    return {notice.reader_id: notice for notice in db.session.scalars(query)} if news.id else {}
