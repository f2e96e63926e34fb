"""Telling people that somebody answered them."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from board import text
from board.comments.events import CommentPublished, CommentUnpublished
from board.comments.models import Comment
from board.foundation.links import absolute
from board.foundation.templating import is_language
from board.mail import outbox, rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter
from board.sites.models import Site
from board.subscriptions import queries
from board.subscriptions.models import Subscription
from board.subscriptions.unsubscribing import unsubscribe_token
from board.threads.models import Thread, ThreadStatus

KIND = "reply"
EXCERPT_CHARS = 160
MAX_SENDER_CHARS = 50  # of a reader's name: "via" and the blog's name always stand behind it


def on_published(event: CommentPublished) -> None:
    """Write a notice for everyone who waits for an answer to the comment that was answered.

    It leaves after a while, so that an approval taken back at once sends nothing. Nobody is told
    of their own words.
    """
    parent_id = event.comment.parent_id
    if parent_id is None:
        return
    waiting = [one for one in queries.subscriptions_to(parent_id) if _is_for(one, event.comment)]
    if not waiting:
        return
    reply = queries.reply_with_surroundings(event.comment.id)
    delay = timedelta(seconds=current_app.config["BOARD"].notice_delay_seconds)
    for subscription in waiting:
        if reply is not None:
            outbox.enqueue(_letter(reply, subscription), due_at=event.now + delay, now=event.now)


def on_unpublished(event: CommentUnpublished) -> None:
    """Let notices of the comment that still wait be forgotten; publishing it again writes them anew."""
    if event.comment.parent_id is not None:
        told = queries.subscriptions_to(event.comment.parent_id)
        outbox.cancel([_key(event.comment, subscription) for subscription in told])


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time. Words that were edited since the notice was written are put right."""
    reply = queries.reply_with_surroundings(message.context["comment_id"])
    if reply is None or not reply.is_published or reply.thread.status == ThreadStatus.HIDDEN.value:
        return "reply_not_shown"
    subscription = queries.subscription(message.context["subscription_id"])
    if subscription is None or not _is_for(subscription, reply):
        return "subscription_over"
    if message.context["edited"] != _edited(reply):
        outbox.rewrite(message, _letter(reply, subscription))
    return None


def message_id(comment: Comment, thread: Thread) -> str:
    """The Message-ID of the mail that tells of `comment`: always the same, and no other board's."""
    digest = hashlib.sha256(f"message-id {comment.edit_salt}".encode()).hexdigest()
    return f"<c{comment.id}.{thread.site_id}.{digest[:8]}@{outbox.mail_domain()}>"


def _is_for(subscription: Subscription, reply: Comment) -> bool:
    return (
        subscription.is_active
        and subscription.comment_id == reply.parent_id
        and subscription.reader_id != reply.reader_id
        and subscription.reader.confirmed_at is not None
    )


def _letter(reply: Comment, subscription: Subscription) -> Letter:
    """reply: with parent, thread, post and site. subscription: with its reader."""
    thread, site = reply.thread, reply.thread.site
    return Letter(
        kind=KIND,
        dedupe_key=_key(reply, subscription),
        recipient=subscription.reader.email,
        sender_name=_sender(reply, site),
        words=_words(reply, subscription),
        site_id=site.id,
        headers=_headers(reply, subscription),
        context={
            "comment_id": reply.id,
            "subscription_id": subscription.id,
            "edited": _edited(reply),
        },
        message_id=message_id(reply, thread),
    )


def _words(reply: Comment, subscription: Subscription) -> rendering.Words:
    site, parent = reply.thread.site, reply.parent
    return rendering.write(
        KIND,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        post_title=text.clean_name(reply.thread.post.title) or site.name,
        author=reply.author_name,
        reply_text=text.plain(reply.html),
        reply_html=reply.html,
        own_excerpt=text.excerpt(parent.html, EXCERPT_CHARS) if parent else "",
        read_url=absolute("conversation.comment", comment_id=reply.id),
        unsubscribe_url=absolute("subscriptions.leaving", token=unsubscribe_token(subscription)),
    )


def _headers(reply: Comment, subscription: Subscription) -> dict[str, str]:
    """What lets mail programs put the notice into its conversation and leave it by one click (RFC 8058)."""
    thread, parent = reply.thread, reply.parent
    above = [message_id(parent, thread)] if parent else []
    if parent is not None and parent.root_id is not None:
        root = queries.comment(parent.root_id)
        above = ([message_id(root, thread)] if root else []) + above
    one_click = absolute("subscriptions.leave_at_once", token=unsubscribe_token(subscription))
    return {
        "In-Reply-To": above[-1] if above else "",
        "References": " ".join(above),
        "List-Id": f"<thread-{thread.id}.{outbox.mail_domain()}>",
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _sender(reply: Comment, site: Site) -> str:
    """Ann via Blog: a reader's name never stands alone before the board's address."""
    language = site.language.replace("-", "_")
    name = rendering.cut(text.clean_name(reply.author_name), MAX_SENDER_CHARS)
    with force_locale(language if is_language(language) else "en"):
        return str(_("%(name)s via %(site)s", name=name, site=site.name))


def _key(reply: Comment, subscription: Subscription) -> str:
    return f"{KIND}:{reply.id}:{subscription.id}"


def _edited(reply: Comment) -> str:
    return reply.words_changed_at.isoformat() if reply.words_changed_at else ""
