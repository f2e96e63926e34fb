"""Everything that belongs to an address as plain values, to be kept as JSON. Its names never change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from board.comments.models import Comment
from board.foundation.links import absolute
from board.foundation.templating import iso
from board.private import queries
from board.private.links import Owner
from board.private.queries import Followed, is_shown
from board.private.wording import state_of
from board.subscriptions.preferences import rates_of


def everything_of(owner: Owner, now: datetime) -> dict[str, Any]:
    """A fixed number of statements. Moments are in UTC, as 2026-11-23T10:00:00Z."""
    sites, rates = queries.sites_with({one.site_id for one in owner.known}), rates_of(owner.ids)
    return {
        "address": owner.reader.email,
        "taken_at": iso(now),
        "blogs": [
            {
                "name": sites[reader.site_id].name,
                "address": sites[reader.site_id].base_url,
                "known_as": reader.name,
                "first_given_at": iso(reader.created_at),
                "confirmed_at": _moment(reader.confirmed_at),
                "how_often": {topic.value: rate.value for topic, rate in rates[reader.id].items()},
            }
            for reader in owner.known
        ],
        "comments": [_comment(comment) for comment in queries.all_comments(owner.ids)],
        "follows": [_follow(followed) for followed in queries.followed_by(owner.ids)],
    }


def _comment(comment: Comment) -> dict[str, Any]:
    thread = comment.thread
    return {
        "blog": thread.site.name,
        "post": thread.post.title,
        "post_address": thread.post.address,
        "prompt": thread.prompt,
        "address": absolute("conversation.comment", comment_id=comment.id) if is_shown(comment) else None,
        "state": state_of(comment).value,
        "name": comment.author_name,
        "text": comment.source,
        "note_from_moderator": comment.note,
        "sent_at": iso(comment.created_at),
        "published_at": _moment(comment.published_at),
        "edited_at": _moment(comment.edited_at),
        "edited_by_moderator_at": _moment(comment.staff_edited_at),
        "former_versions": [
            {
                "name": version.author_name,
                "text": version.source,
                "replaced_at": iso(version.replaced_at),
                "replaced_by": "moderator" if version.account_id else "you",
            }
            for version in comment.versions
        ],
    }


def _follow(followed: Followed) -> dict[str, Any]:
    subscription, thread = followed.subscription, followed.thread
    return {
        "what": subscription.topic,
        "blog": followed.site.name,
        "post": thread.post.title if thread else None,
        "prompt": thread.prompt if thread else None,
        "address": absolute("conversation.thread", thread_id=thread.id) if thread else None,
        "asked_at": iso(subscription.asked_at),
        "confirmed_at": _moment(subscription.confirmed_at),
        "ended_at": _moment(subscription.ended_at),
    }


def _moment(at: datetime | None) -> str | None:
    return iso(at) if at else None
