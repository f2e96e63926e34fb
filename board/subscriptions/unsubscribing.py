"""Leaving: from a mail of any age, without signing in, as far as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import NotFound
from board.readers import queries as readers
from board.readers import registration
from board.subscriptions import queries
from board.subscriptions.models import Subscription


class Scope(StrEnum):
    """How much to leave: one thread, one blog, or every blog that uses this board."""

    CONVERSATION = "conversation"
    SITE = "site"
    BOARD = "board"


def unsubscribe_token(subscription: Subscription) -> str:
    """Good for ever, for nothing but leaving, and without the address in it."""
    return tokens.sign("unsubscribe", [subscription.id, _born(subscription)])


def subscription_of(token: str) -> Subscription | None:
    """The subscription that the mail was sent for; None when it is forgotten, which is as good as over.

    Raises NotFound for a token that we did not make.
    """
    try:
        subscription_id, born = tokens.read("unsubscribe", token)
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    subscription = queries.subscription(subscription_id)
    return subscription if subscription and _born(subscription) == born else None


def open_scopes(subscription: Subscription) -> list[Scope]:
    """How much there still is to leave, the least first."""
    return [scope for scope in Scope if _open(subscription, scope)]


def leave(subscription: Subscription, scope: Scope, now: datetime) -> None:
    """End whatever `scope` covers. Doing it twice changes nothing.

    Whoever leaves a whole blog is asked for a confirmation before anything begins anew.
    """
    for one in _open(subscription, scope):
        one.ended_at = now
    if scope is not Scope.CONVERSATION:
        registration.doubt(_readers(subscription, scope))
    db.session.flush()


def _open(subscription: Subscription, scope: Scope) -> Sequence[Subscription]:
    discussion = subscription.discussion if scope is Scope.CONVERSATION else None
    return queries.open_of(_readers(subscription, scope), thread_id=discussion.id if discussion else None)


def _readers(subscription: Subscription, scope: Scope) -> list[int]:
    if scope is Scope.BOARD:
        return [reader.id for reader in readers.readers_with(subscription.reader.email)]
    return [subscription.reader_id]


def _born(subscription: Subscription) -> int:
    """Tells a subscription from a later one with the same number, as SQLite may give it again."""
    return int(subscription.created_at.timestamp())
