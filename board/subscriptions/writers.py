"""Telling writers what became of their own comment: it was returned with a note, or highlighted."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from board import text
from board.comments.events import CommentHighlighted, CommentReturned
from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.comments.revising import revision_ends_at
from board.foundation.links import absolute
from board.mail import outbox, rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter
from board.subscriptions import queries
from board.subscriptions.models import Subscription
from board.subscriptions.notices import EXCERPT_CHARS
from board.subscriptions.unsubscribing import unsubscribe_token
from board.threads.models import ThreadStatus

RETURNED, HIGHLIGHTED = "returned", "highlighted"


def on_returned(event: CommentReturned) -> None:
    """Send the note and the way back to whoever wrote the comment, if their address was confirmed."""
    _tell(RETURNED, event.comment.id, event.now)


def on_highlighted(event: CommentHighlighted) -> None:
    _tell(HIGHLIGHTED, event.comment.id, event.now)


def is_returned_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: it is still returned, and with the same note."""
    comment = queries.comment_with_writer(message.context["comment_id"])
    if comment is None or comment.status != Status.RETURNED or _key(RETURNED, comment) != message.dedupe_key:
        return "not_returned"
    return None if _may_be_told(comment) else "writer_left"


def is_highlighted_wanted(message: OutboxMessage) -> str | None:
    comment = queries.comment_with_writer(message.context["comment_id"])
    if comment is None or comment.highlighted_at is None or not comment.is_published:
        return "not_highlighted"
    if comment.thread.status == ThreadStatus.HIDDEN.value:
        return "not_highlighted"
    return None if _may_be_told(comment) else "writer_left"


def _tell(kind: str, comment_id: int, now: datetime) -> None:
    """It leaves after a while, so that what is taken back at once sends nothing."""
    comment = queries.comment_with_writer(comment_id)
    if comment is not None and _may_be_told(comment):
        delay = timedelta(seconds=current_app.config["BOARD"].notice_delay_seconds)
        outbox.enqueue(_letter(kind, comment), due_at=now + delay, now=now)


def _may_be_told(comment: Comment) -> bool:
    """The address was confirmed, and its owner has not said since that they want no mail about this."""
    if comment.reader is None or comment.reader.confirmed_at is None:
        return False
    subscription = queries.subscription_of_writer(comment)
    return subscription is None or subscription.ended_at is None


def _letter(kind: str, comment: Comment) -> Letter:
    """comment: with reader, thread, post and site. Its reader is there, and confirmed."""
    site, subscription = comment.thread.site, queries.subscription_of_writer(comment)
    return Letter(
        kind=kind,
        dedupe_key=_key(kind, comment),
        recipient=comment.reader.email if comment.reader else "",
        sender_name=site.name,
        words=_words(kind, comment, subscription),
        site_id=site.id,
        headers=_headers(subscription),
        context={"comment_id": comment.id},
    )


def _words(kind: str, comment: Comment, subscription: Subscription | None) -> rendering.Words:
    site = comment.thread.site
    token = unsubscribe_token(subscription) if subscription else None
    return rendering.write(
        kind,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        post_title=text.clean_name(comment.thread.post.title) or site.name,
        own_excerpt=text.excerpt(comment.html, EXCERPT_CHARS),
        note=comment.note,
        ends_at=revision_ends_at(comment),
        own_url=absolute("comments.own", token=link_token(comment)),
        read_url=absolute("conversation.comment", comment_id=comment.id),
        unsubscribe_url=absolute("subscriptions.leaving", token=token) if token else "",
    )


def _headers(subscription: Subscription | None) -> dict[str, str]:
    """Leaving by one click (RFC 8058), where there is something to leave."""
    if subscription is None:
        return {}
    one_click = absolute("subscriptions.leave_at_once", token=unsubscribe_token(subscription))
    return {"List-Unsubscribe": f"<{one_click}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _key(kind: str, comment: Comment) -> str:
    """One mail for each time it is returned; one for being highlighted, however often."""
    moment = comment.returned_at.isoformat() if kind == RETURNED and comment.returned_at else ""
    return f"{kind}:{comment.id}:{moment}"
