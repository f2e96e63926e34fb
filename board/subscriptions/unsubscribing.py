"""Leaving: from a mail of any age, without signing in, as far as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import NotFound
from board.readers import queries as readers
from board.readers import registration
from board.readers.models import Reader
from board.subscriptions import queries
from board.subscriptions.confirming import born
from board.subscriptions.models import Subscription, Topic


class Scope(StrEnum):
    """How much to leave: one thread, a blog's new prompts, one blog, or every blog that uses this board."""

    CONVERSATION = "conversation"
    PROMPTS = "prompts"
    SITE = "site"
    BOARD = "board"


@dataclass(frozen=True)
class Ticket:
    """Whom a mail went to, and the subscription it was sent for; None for a mail about several."""

    reader: Reader
    subscription: Subscription | None = None

    @property
    def scope(self) -> Scope:
        """The least that can be left: what a mail program's button leaves."""
        if self.subscription is None:
            return Scope.SITE
        return Scope.PROMPTS if self.subscription.topic == Topic.PROMPTS else Scope.CONVERSATION


def unsubscribe_token(subscription: Subscription) -> str:
    """Good for ever, for nothing but leaving, and without the address in it."""
    return tokens.sign("unsubscribe", [subscription.id, int(subscription.created_at.timestamp())])


def leaving_token(reader: Reader) -> str:
    """The same for a mail that was not sent for one subscription alone."""
    return tokens.sign("unsubscribe reader", [reader.id, born(reader)])


def ticket_of(token: str) -> Ticket | None:
    """What the mail was sent for; None when that is forgotten, which is as good as over.

    Raises NotFound for a token that we did not make.
    """
    try:
        subscription_id, when_born = tokens.read("unsubscribe", token)
    except (tokens.TokenInvalid, TypeError, ValueError):
        return _ticket_of_reader(token)
    subscription = queries.subscription(subscription_id)
    # the second tells it from a later one with the same number, as SQLite may give it again
    is_same = subscription is not None and int(subscription.created_at.timestamp()) == when_born
    return Ticket(subscription.reader, subscription) if subscription and is_same else None


def open_scopes(ticket: Ticket) -> list[Scope]:
    """How much there still is to leave, the least first."""
    scopes = dict.fromkeys((ticket.scope, Scope.SITE, Scope.BOARD))
    return [scope for scope in scopes if _open(ticket, scope)]


def leave(ticket: Ticket, scope: Scope, now: datetime) -> None:
    """End whatever `scope` covers. Doing it twice changes nothing.

    Whoever leaves a whole blog is asked for a confirmation before anything begins anew.
    """
    for one in _open(ticket, scope):
        one.ended_at = now
    if scope in {Scope.SITE, Scope.BOARD}:
        registration.doubt(_readers(ticket, scope))
    db.session.flush()


def _ticket_of_reader(token: str) -> Ticket | None:
    try:
        reader_id, when_born = tokens.read("unsubscribe reader", token)
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    reader = readers.reader(reader_id)
    return Ticket(reader) if reader is not None and born(reader) == when_born else None


def _open(ticket: Ticket, scope: Scope) -> Sequence[Subscription]:
    everything = queries.open_of(_readers(ticket, scope))
    if scope in {Scope.SITE, Scope.BOARD}:
        return everything
    if ticket.subscription is None:
        return []
    if scope is Scope.PROMPTS:
        return [one for one in everything if one.topic == Topic.PROMPTS]
    thread = ticket.subscription.discussion
    return queries.open_of([ticket.reader.id], thread_id=thread.id) if thread else []


def _readers(ticket: Ticket, scope: Scope) -> list[int]:
    if scope is Scope.BOARD:
        return [reader.id for reader in readers.readers_with(ticket.reader.email)]
    return [ticket.reader.id]
