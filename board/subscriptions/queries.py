"""Reading subscriptions, and the comments that notices tell of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from board.comments.models import Comment
from board.extensions import db
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions.models import Subscription, Topic
from board.threads.models import Thread


def subscription(subscription_id: int) -> Subscription | None:
    """A subscription with its reader and what it is about: the thread, with its post and site."""
    query = select(Subscription).where(Subscription.id == subscription_id)
    query = query.options(joinedload(Subscription.reader), *_with_discussion())
    return db.session.scalars(query).first()


def subscriptions_to(comment_id: int) -> Sequence[Subscription]:
    """Everyone who ever asked to hear of replies to that comment, with their addresses."""
    query = select(Subscription).where(Subscription.comment_id == comment_id)
    return db.session.scalars(query.options(joinedload(Subscription.reader)).order_by(Subscription.id)).all()


def pending_of(reader_id: int) -> Sequence[Subscription]:
    """What that reader asked for and did not confirm, with the threads it is about."""
    query = (
        select(Subscription)
        .where(
            Subscription.reader_id == reader_id,
            Subscription.confirmed_at.is_(None),
            Subscription.ended_at.is_(None),
        )
        .options(*_with_discussion())
        .order_by(Subscription.id)
    )
    return db.session.scalars(query).all()


def followed(reader_id: int, thread_id: int | None) -> Subscription | None:
    """That reader's wish, over or not, to hear of a thread or (None) of their blog's prompts."""
    query = select(Subscription).where(Subscription.reader_id == reader_id)
    if thread_id is None:
        query = query.where(Subscription.topic == Topic.PROMPTS.value)
    else:
        query = query.where(Subscription.thread_id == thread_id)
    return db.session.scalars(query).first()


def open_of(reader_ids: Sequence[int], *, thread_id: int | None = None) -> Sequence[Subscription]:
    """The subscriptions of those readers that are not over, confirmed or not; in one thread or anywhere."""
    query = select(Subscription).where(
        Subscription.reader_id.in_(reader_ids), Subscription.ended_at.is_(None)
    )
    if thread_id is not None:
        within = select(Comment.id).where(Comment.thread_id == thread_id)
        query = query.where(or_(Subscription.thread_id == thread_id, Subscription.comment_id.in_(within)))
    return db.session.scalars(query).all()


def reply_with_surroundings(comment_id: int) -> Comment | None:
    """A comment with the one it answers, its thread, post and site."""
    query = (
        select(Comment)
        .where(Comment.id == comment_id)
        .options(
            joinedload(Comment.parent),
            joinedload(Comment.thread).joinedload(Thread.post),
            joinedload(Comment.thread).joinedload(Thread.site),
        )
    )
    return db.session.scalars(query).first()


def comment_with_writer(comment_id: int) -> Comment | None:
    """A comment with its reader, its thread, post and site."""
    thread = joinedload(Comment.thread)
    query = select(Comment).where(Comment.id == comment_id)
    query = query.options(
        joinedload(Comment.reader), thread.joinedload(Thread.post), thread.joinedload(Thread.site)
    )
    return db.session.scalars(query).first()


def subscription_of_writer(comment: Comment) -> Subscription | None:
    """The writer's own wish to hear of replies to `comment`, over or not; None if they never had one."""
    query = select(Subscription).where(
        Subscription.comment_id == comment.id, Subscription.reader_id == comment.reader_id
    )
    return db.session.scalars(query).first()


def comment(comment_id: int) -> Comment | None:
    return db.session.get(Comment, comment_id)


def thread_of(comment: Comment) -> Thread:
    return db.session.get_one(Thread, comment.thread_id)


def site(site_id: int) -> Site:
    return db.session.get_one(Site, site_id)


def asked_since(moment: datetime) -> ColumnElement[bool]:
    """A condition on readers: something they asked for after `moment` may still be confirmed."""
    return exists().where(Subscription.reader_id == Reader.id, Subscription.asked_at >= moment)


def _with_discussion() -> list[Any]:
    """Load the thread that a subscription is about, whichever way it is, with its post and site."""
    by_comment = joinedload(Subscription.comment).joinedload(Comment.thread)
    by_thread = joinedload(Subscription.thread)
    return [way.joinedload(part) for way in (by_comment, by_thread) for part in (Thread.post, Thread.site)]
