"""Asking to hear: of replies with a comment, of a whole discussion, of a blog's new prompts.

Nothing begins before the address's owner has pressed a button in a mail (confirming.py).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from board.comments.events import CommentSubmitted
from board.comments.models import Comment, Status
from board.extensions import db
from board.readers import registration
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions import confirming, queries
from board.subscriptions.models import Subscription, Topic
from board.threads.models import Thread


def on_submitted(event: CommentSubmitted) -> None:
    if event.wants_reply_notices and event.email:
        request_reply_notices(event.comment, event.email, event.now)


def request_reply_notices(comment: Comment, email: str, now: datetime) -> None:
    """Note that the writer of `comment` wants to hear of replies, and ask the address whether that is so.

    An address that this site knows as confirmed is not asked again. Raises AddressUnusable.
    """
    site = queries.site(queries.thread_of(comment).site_id)
    reader = registration.find_or_make(site.id, email, name=comment.author_name, now=now)
    comment.reader_id = reader.id
    wish = _wish(reader, Topic.REPLIES, now)
    wish.comment_id, wish.confirmed_at = comment.id, now if reader.confirmed_at else None
    db.session.add(wish)
    db.session.flush()
    if reader.confirmed_at is None and comment.status != Status.SPAM.value:
        confirming.ask(reader, site, now)


def follow(site: Site, email: str, *, thread: Thread | None, now: datetime) -> None:
    """Note that somebody wants to hear of every comment in `thread`, or (None) of the blog's new prompts.

    Whoever typed the address is asked there, known or not: anybody can type anything. What was followed
    already goes on unasked. thread: one of `site`. Raises AddressUnusable.
    """
    reader = registration.find_or_make(site.id, email, name="", now=now)
    wish = queries.followed(reader.id, thread.id if thread else None)
    if wish is not None and wish.is_active and reader.confirmed_at is not None:
        return
    if wish is None:
        wish = _wish(reader, Topic.THREAD if thread else Topic.PROMPTS, now)
        wish.thread_id = thread.id if thread else None
        db.session.add(wish)
    wish.asked_at, wish.confirmed_at, wish.ended_at = now, None, None
    db.session.flush()
    confirming.ask(reader, site, now)


def forget_unconfirmed(now: datetime) -> None:
    """Delete what was asked for and not confirmed within a week, and the addresses it was asked for."""
    week_ago = now - registration.KEPT_UNCONFIRMED
    db.session.execute(
        delete(Subscription)
        .where(Subscription.confirmed_at.is_(None), Subscription.asked_at < week_ago)
        .execution_options(synchronize_session=False)
    )
    registration.forget_unconfirmed(now, unless=queries.asked_since(week_ago))


def _wish(reader: Reader, topic: Topic, now: datetime) -> Subscription:
    return Subscription(reader_id=reader.id, topic=topic.value, created_at=now, asked_at=now)
