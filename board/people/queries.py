"""Who may do what, as far as an owner may know it. Loading by id also authorises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from board.accounts.invitations import KEPT
from board.accounts.models import Account, Invitation, Membership
from board.accounts.second_factor import exists_for
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor

MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL


@dataclass(frozen=True)
class Person:
    """An account, the roles of it that the asking owner may know of, and what they may do with it."""

    account: Account
    roles: Sequence[Membership]
    has_factor: bool
    may_close: bool


def people_seen_by(actor: Actor) -> list[Person]:
    """Everybody with a role on the sites of `actor`, and for an owner of all sites everybody; by name."""
    owned = actor.sites_for(Action.MANAGE_STAFF)
    query = select(Account).options(selectinload(Account.memberships))
    if owned is not None:
        query = query.where(Account.memberships.any(_concerns(owned)))
    accounts = sorted(db.session.scalars(query), key=lambda one: (one.name.casefold(), one.id))
    with_factor = set(db.session.scalars(select(Account.id).where(exists_for(Account.id))))
    return [
        Person(
            account=account,
            roles=[one for one in account.memberships if owned is None or one.site_id in {None, *owned}],
            has_factor=account.id in with_factor,
            may_close=_may_close(account, actor),
        )
        for account in accounts
    ]


def invitations_seen_by(actor: Actor, *, now: datetime) -> Sequence[Invitation]:
    """Those nobody has accepted yet, the latest first."""
    query = select(Invitation).where(
        Invitation.used_at.is_(None), Invitation.expires_at > now - KEPT, _owned(actor)
    )
    return db.session.scalars(query.order_by(Invitation.created_at.desc(), Invitation.id.desc())).all()


def invitation_for(actor: Actor, invitation_id: int) -> Invitation:
    """One that nobody has accepted, held until the end of the transaction. Raises NotFound."""
    query = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.used_at.is_(None), _owned(actor)
    )
    found = db.session.scalars(query.with_for_update()).first() if invitation_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def membership_for(actor: Actor, membership_id: int) -> Membership:
    """A role that `actor` may change, with its account. Raises NotFound."""
    query = select(Membership).where(Membership.id == membership_id).options(selectinload(Membership.account))
    found = db.session.scalars(query).first() if membership_id <= MAX_ID else None
    if found is None or not actor.may(Action.MANAGE_STAFF, found.site_id):
        raise NotFound
    return found


def account_for(actor: Actor, account_id: int) -> Account:
    """Somebody that `actor` sees, with all their roles. Raises NotFound."""
    query = select(Account).where(Account.id == account_id).options(selectinload(Account.memberships))
    owned = actor.sites_for(Action.MANAGE_STAFF)
    if owned is not None:
        query = query.where(Account.memberships.any(_concerns(owned)))
    found = db.session.scalars(query).first() if account_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def closable_account_for(actor: Actor, account_id: int) -> Account:
    """Somebody whom `actor` may disable, since all their roles are on sites of `actor`. Raises NotFound."""
    account = account_for(actor, account_id)
    if not _may_close(account, actor):
        raise NotFound
    return account


def _may_close(account: Account, actor: Actor) -> bool:
    is_self = account.id == actor.account_id
    return not is_self and (
        actor.may(Action.MANAGE_STAFF)
        or (
            bool(account.memberships)
            and all(actor.may(Action.MANAGE_STAFF, one.site_id) for one in account.memberships)
        )
    )


def _concerns(owned: frozenset[int]) -> ColumnElement[bool]:
    return or_(Membership.site_id.is_(None), Membership.site_id.in_(owned))


def _owned(actor: Actor) -> ColumnElement[bool]:
    column: InstrumentedAttribute[int | None] = Invitation.site_id
    owned = actor.sites_for(Action.MANAGE_STAFF)
    return true() if owned is None else column.in_(owned)
