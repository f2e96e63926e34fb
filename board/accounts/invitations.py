"""Invitations: a link that works once, for three days, and gives somebody a role."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from board.accounts import memberships
from board.accounts.models import Account, Invitation, Membership
from board.accounts.second_factor import remove_all
from board.accounts.signing_in import normal_email
from board.extensions import db
from board.foundation.errors import Gone
from board.foundation.permissions import Role

TOKEN_BYTES = 16  # 128 bits: OWASP ASVS 5.0, 6.4.1
LIFE = timedelta(hours=72)
KEPT = timedelta(days=30)  # after its end: so long it can be sent again


class EmailTaken(Exception):
    """There is an account with this address. Whoever has it signs in, and then accepts."""


def invite(role: Role, site_id: int | None, *, now: datetime) -> str:
    """The token of a new invitation; it is told here once and kept nowhere. site_id None: all sites."""
    return open_anew(Invitation(role=role.value, site_id=site_id), now=now)


def open_anew(invitation: Invitation, *, now: datetime) -> str:
    """A fresh token for `invitation`, new or old, good for three days. A former one is worth nothing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_digest = token_digest(token)
    invitation.created_at, invitation.expires_at = now, now + LIFE
    db.session.add(invitation)
    db.session.flush()
    return token


def first_owner(*, now: datetime) -> str | None:
    """A fresh token for the first owner, instead of any told before; None once an owner can sign in."""
    owner = (
        select(Membership.id)
        .join(Membership.account)
        .where(
            Membership.role == Role.OWNER.value, Membership.site_id.is_(None), Account.disabled_at.is_(None)
        )
    )
    if db.session.scalars(owner.limit(1)).first() is not None:
        return None
    db.session.execute(
        delete(Invitation).where(
            Invitation.role == Role.OWNER.value, Invitation.site_id.is_(None), Invitation.used_at.is_(None)
        )
    )
    return invite(Role.OWNER, None, now=now)


def forget_old(now: datetime) -> None:
    """Delete what was accepted or ended a month ago, and with it the addresses that were invited."""
    db.session.execute(delete(Invitation).where(Invitation.expires_at < now - KEPT))


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """Raises Gone unless the invitation can still be accepted."""
    found = db.session.scalars(select(Invitation).where(*_open(token, now))).first()
    if found is None:
        raise Gone
    return found


def account_at(email: str) -> Account | None:
    """Who has this address, with their roles."""
    query = select(Account).where(Account.email == normal_email(email))
    return db.session.scalars(query.options(selectinload(Account.memberships))).first()


def accept(token: str, *, email: str, name: str, password_hash: str, now: datetime) -> Account:
    """Use the invitation up and make the account it promises.

    An address that the invitation was mailed to is proven by that: an account there that lost its
    last role, and cannot sign in, begins anew. Raises Gone when the invitation is used or too old,
    EmailTaken for an address that has an account; after either nothing may be committed.
    """
    taken = _take(token, now)
    former = account_at(email)
    if former is not None and not _may_begin_anew(former, taken):
        raise EmailTaken
    account = former or Account(email=normal_email(email), created_at=now)
    account.name, account.password_hash = name, password_hash
    account.failed_tries, account.locked_until = 0, None
    db.session.add(account)
    try:
        db.session.flush()
    except IntegrityError:
        raise EmailTaken from None
    remove_all(account.id)
    memberships.give(account.id, Role(taken.role), taken.site_id)
    return account


def join(token: str, account: Account, *, now: datetime) -> Invitation:
    """Use the invitation up and add what it promises to `account`. Owners stay what they are.

    Raises Gone, and then nothing may be committed.
    """
    taken = _take(token, now)
    if not stays_owner(account.id, taken.site_id):
        memberships.give(account.id, Role(taken.role), taken.site_id)
    return taken


def stays_owner(account_id: int, site_id: int | None) -> bool:
    """Whether an invitation to this site has nothing to give to the account."""
    return Role.OWNER in {memberships.role_on(account_id, None), memberships.role_on(account_id, site_id)}


def _take(token: str, now: datetime) -> Invitation:
    """Mark the invitation as used, in one statement: of two people at the same moment one gets it."""
    taken = db.session.scalars(
        update(Invitation).where(*_open(token, now)).values(used_at=now).returning(Invitation)
    ).first()
    if taken is None:
        raise Gone
    return taken


def _may_begin_anew(former: Account, invitation: Invitation) -> bool:
    is_theirs = invitation.email == former.email
    return is_theirs and not former.memberships and former.disabled_at is None


def _open(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.token_digest == token_digest(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
