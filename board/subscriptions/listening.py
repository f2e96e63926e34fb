"""Gathering what the audience is judged by: what happened, who asked to hear, and how they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from board.comments.blocking import in_force
from board.comments.models import Block, BlockKind, Comment, Status
from board.extensions import db
from board.mail import suppression
from board.readers.models import Reader
from board.subscriptions.audience import Happening, Listener
from board.subscriptions.models import News, Notice, NoticeState, Occasion, Subscription, Topic
from board.subscriptions.preferences import Rates, rates_of
from board.threads.models import Thread, ThreadStatus

OF_THREADS = (Occasion.COMMENT, Occasion.PROMPT)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may hear of a piece of news, by which subscription, and how they stand."""

    reader: Reader
    subscription: Subscription | None
    listener: Listener

    @property
    def is_follower(self) -> bool:
        return self.listener.topic in {Topic.THREAD, Topic.PROMPTS}


def happening_of(news: News) -> Happening:
    """news: with its thread, and its comment where it has one."""
    is_visible = news.thread.status != ThreadStatus.HIDDEN or news.occasion == Occasion.REMOVED
    is_so = news.comment is None or _is_so_still(news, news.comment)
    return Happening(news.happened_at, holds=is_visible and is_so, is_hushed=bool(news.hushed))


def candidates(news: News, *, now: datetime, after: int = 0, limit: int = 500) -> list[Candidate]:
    """Who may hear of `news`, those who were answered before those who follow, who come by subscription.

    after: the last subscription that was asked; the one who was answered, or whose comment it is, comes with
    the first only. A fixed number of statements. news: with thread, and comment with parent and account.
    """
    rows: list[tuple[Reader, Subscription | None]] = []
    if after == 0 and news.comment is not None:
        rows += _concerned(news, news.comment)
    if news.occasion in OF_THREADS:
        followers = _followers(news).where(Subscription.id > after).order_by(Subscription.id).limit(limit)
        rows += [(one.reader, one) for one in db.session.scalars(followers)]
    return _as_they_stand(news, rows, now)


def listeners_of(notices: Sequence[Notice], *, now: datetime) -> list[tuple[Notice, Listener]]:
    """Each notice with the reader it is for, as they stand now. Three statements for each site.

    notices: with their readers, subscriptions and news.
    """
    readers = {notice.reader_id: notice.reader for notice in notices}
    sites = {reader.site_id for reader in readers.values()}
    facts = {
        site_id: _facts(site_id, [one for one in readers.values() if one.site_id == site_id], now)
        for site_id in sites
    }
    return [
        (
            notice,
            _listener(
                notice.news,
                notice.reader,
                notice.subscription,
                Topic(notice.topic),
                facts[notice.reader.site_id],
            ),
        )
        for notice in notices
    ]


def _is_so_still(news: News, comment: Comment) -> bool:
    if news.occasion == Occasion.RETURNED:  # and not anew since, with another note
        return comment.status == Status.RETURNED and comment.returned_at == news.happened_at
    if news.occasion == Occasion.REMOVED:
        return comment.status == Status.REMOVED
    return comment.is_published and (
        news.occasion != Occasion.HIGHLIGHTED or comment.highlighted_at is not None
    )


def _concerned(news: News, comment: Comment) -> list[tuple[Reader, Subscription | None]]:
    """Whose comment was answered, or whose own comment it is about."""
    if news.occasion == Occasion.COMMENT:
        query = select(Subscription).where(Subscription.comment_id == comment.parent_id)
        return [
            (one.reader, one) for one in db.session.scalars(query.options(joinedload(Subscription.reader)))
        ]
    writer = db.session.get(Reader, comment.reader_id) if comment.reader_id else None
    query = select(Subscription).where(
        Subscription.comment_id == comment.id, Subscription.reader_id == comment.reader_id
    )
    return [(writer, db.session.scalars(query).first())] if writer else []


def _followers(news: News) -> Select[Subscription]:
    query = select(Subscription).join(Subscription.reader).options(joinedload(Subscription.reader))
    if news.occasion == Occasion.PROMPT:
        return query.where(Subscription.topic == Topic.PROMPTS.value, Reader.site_id == news.thread.site_id)
    return query.where(Subscription.thread_id == news.thread_id)


def _as_they_stand(
    news: News, rows: Sequence[tuple[Reader, Subscription | None]], now: datetime
) -> list[Candidate]:
    readers = {reader.id: reader for reader, _ in rows}
    facts = _facts(news.thread.site_id, readers.values(), now)
    told = _told(news.id, readers)
    found = []
    for reader, subscription in rows:
        topic = Topic(subscription.topic) if subscription and news.occasion in OF_THREADS else Topic.OWN
        listener = _listener(news, reader, subscription, topic, facts, was_told=reader.id in told)
        found.append(Candidate(reader, subscription, listener))
    return found


@dataclass(frozen=True)
class Facts:
    """What is known of several readers of one site at once."""

    rates: Mapping[int, Rates]
    suppressed: Collection[str]
    blocked: Collection[str]


def _facts(site_id: int, readers: Collection[Reader], now: datetime) -> Facts:
    emails = {reader.email for reader in readers}
    rates = rates_of([reader.id for reader in readers])
    return Facts(rates, suppression.suppressed_among(emails), _blocked(site_id, emails, now))


def _listener(  # noqa: PLR0913  # one reader, by what they are judged
    news: News,
    reader: Reader,
    subscription: Subscription | None,
    topic: Topic,
    facts: Facts,
    *,
    was_told: bool = False,
) -> Listener:
    return Listener(
        topic,
        rate=facts.rates[reader.id][topic],
        is_actor=_is_actor(news, reader),
        address_confirmed=reader.confirmed_at is not None,
        since=_since(reader, subscription, topic),
        has_left=subscription is not None and subscription.ended_at is not None,
        is_suppressed=reader.email in facts.suppressed,
        is_blocked=reader.email in facts.blocked,
        was_told=was_told,
    )


def _since(reader: Reader, subscription: Subscription | None, topic: Topic) -> datetime | None:
    """Since when they want to hear: of their own comments from the proof of the address on."""
    if topic is Topic.OWN:
        return reader.confirmed_at
    return subscription.confirmed_at if subscription else None


def _is_actor(news: News, reader: Reader) -> bool:
    """Whether that reader wrote what is told; also as one of the staff, or without giving the address."""
    comment = news.comment
    if news.occasion != Occasion.COMMENT or comment is None:
        return False
    parent = comment.parent
    is_alike = (
        parent is not None
        and parent.reader_id == reader.id
        and (parent.network, parent.author_name) == (comment.network, comment.author_name)
    )
    is_staff = comment.account is not None and comment.account.email == reader.email
    return comment.reader_id == reader.id or is_staff or is_alike


def _blocked(site_id: int, emails: Collection[str], now: datetime) -> set[str]:
    query = select(Block.value).where(
        Block.kind == BlockKind.ADDRESS.value,
        Block.value.in_(emails),
        or_(Block.site_id == site_id, Block.site_id.is_(None)),
        in_force(now),
    )
    return set(db.session.scalars(query))


def _told(news_id: int, reader_ids: Collection[int]) -> set[int]:
    query = select(Notice.reader_id).where(
        Notice.news_id == news_id,
        Notice.reader_id.in_(reader_ids),
        Notice.state == NoticeState.MAILED.value,
    )
    return set(db.session.scalars(query))


def news_with_surroundings() -> Select[News]:
    """News with what is needed to judge and to tell it."""
    comment, thread = joinedload(News.comment), joinedload(News.thread)
    return select(News).options(
        comment.joinedload(Comment.parent),
        comment.joinedload(Comment.account),
        thread.joinedload(Thread.post),
        thread.joinedload(Thread.site),
    )
