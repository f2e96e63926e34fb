"""Reading the outbox. Loading by id also authorises: another site's mail does not exist."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import selectinload

from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.mail.models import OutboxMessage, OutboxState

MESSAGES_PER_PAGE = 50
MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL
VIEWS: dict[str, tuple[OutboxState, ...]] = {
    "waiting": (OutboxState.QUEUED, OutboxState.SENDING),
    "sent": (OutboxState.SENT,),
    "failed": (OutboxState.FAILED,),
    "cancelled": (OutboxState.CANCELLED,),
}


def messages_page(actor: Actor, view: str, kind: str, before_id: int | None) -> Page[OutboxMessage]:
    """The mail of one view that `actor` may see, the youngest first; from below `before_id`.

    kind: only that one; "" is all.
    """
    query = _seen_by(actor, Action.SEE_MAIL).where(_in_view(view)).order_by(OutboxMessage.id.desc())
    if kind:
        query = query.where(OutboxMessage.kind == kind)
    if before_id is not None:
        query = query.where(OutboxMessage.id < before_id)
    messages = db.session.scalars(query.limit(MESSAGES_PER_PAGE + 1)).all()
    shown = messages[:MESSAGES_PER_PAGE]
    return Page(shown, next_from=shown[-1].id if len(messages) > len(shown) else None)


def counts(actor: Actor) -> dict[str, int]:
    """How much mail of each view `actor` may see. One statement."""
    query = (
        select(OutboxMessage.state, func.count())
        .where(allowed(actor, Action.SEE_MAIL))
        .group_by(OutboxMessage.state)
    )
    by_state = dict(db.session.execute(query).all())
    return {view: sum(by_state.get(state.value, 0) for state in states) for view, states in VIEWS.items()}


def kinds(actor: Actor, view: str) -> Sequence[str]:
    """The kinds of mail that there are in that view."""
    query = select(OutboxMessage.kind).where(allowed(actor, Action.SEE_MAIL), _in_view(view))
    return db.session.scalars(query.distinct().order_by(OutboxMessage.kind)).all()


def messages_to(actor: Actor, address: str) -> Page[OutboxMessage]:
    """The latest mail to one address that `actor` may see, whatever became of it."""
    query = _seen_by(actor, Action.SEE_MAIL).where(func.lower(OutboxMessage.recipient) == address.lower())
    query = query.order_by(OutboxMessage.id.desc()).limit(MESSAGES_PER_PAGE)
    return Page(db.session.scalars(query).all())


def message_for(action: Action, actor: Actor, message_id: int) -> OutboxMessage:
    """The message with its attempts. Raises NotFound when `actor` may not do `action` with it."""
    query = _seen_by(actor, action).where(OutboxMessage.id == message_id)
    message = db.session.scalars(query).first() if message_id <= MAX_ID else None
    if message is None:
        raise NotFound
    return message


def latest(states: tuple[OutboxState, ...], limit: int) -> list[OutboxMessage]:
    """The youngest mail in those states, for the command line."""
    query = _all().where(OutboxMessage.state.in_([state.value for state in states]))
    return list(db.session.scalars(query.order_by(OutboxMessage.id.desc()).limit(limit)))


def message(message_id: int) -> OutboxMessage | None:
    return db.session.scalars(_all().where(OutboxMessage.id == message_id)).first()


def _all() -> Select[OutboxMessage]:
    return select(OutboxMessage).options(selectinload(OutboxMessage.attempts))


def _seen_by(actor: Actor, action: Action) -> Select[OutboxMessage]:
    return _all().where(allowed(actor, action))


def allowed(actor: Actor, action: Action) -> ColumnElement[bool]:
    sites = actor.sites_for(action)
    return true() if sites is None else OutboxMessage.site_id.in_(sites)


def _in_view(view: str) -> ColumnElement[bool]:
    return OutboxMessage.state.in_([state.value for state in VIEWS[view]])
