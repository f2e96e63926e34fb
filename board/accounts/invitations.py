"""Invitations: a link that works once, for three days, and makes one account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from board.accounts.models import Account, Invitation, Membership
from board.accounts.signing_in import normal_email
from board.extensions import db
from board.foundation.errors import Gone
from board.foundation.permissions import Role

TOKEN_BYTES = 16  # 128 bits: OWASP ASVS 5.0, 6.4.1
LIFE = timedelta(hours=72)


class EmailTaken(Exception):
    """There is an account with this address."""


def invite(role: Role, site_id: int | None, *, now: datetime) -> str:
    """The token of a new invitation; it is told here once and kept nowhere. site_id None: all sites."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(
        Invitation(
            token_digest=_digest(token),
            role=role.value,
            site_id=site_id,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
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


def require_open(token: str, *, now: datetime) -> None:
    """Raise Gone unless the invitation can still be accepted."""
    if db.session.scalars(select(Invitation.id).where(*_open(token, now))).first() is None:
        raise Gone


def accept(token: str, *, email: str, name: str, password_hash: str, now: datetime) -> Account:
    """Use the invitation up and make the account it promises.

    One statement takes the invitation, so that of two people at the same moment one gets it.
    Raises Gone when it is used or too old, EmailTaken for an address that has an account; after
    either nothing may be committed.
    """
    taken = db.session.execute(
        update(Invitation)
        .where(*_open(token, now))
        .values(used_at=now)
        .returning(Invitation.role, Invitation.site_id)
    ).first()
    if taken is None:
        raise Gone
    account = Account(
        email=normal_email(email), name=name, password_hash=password_hash, failed_tries=0, created_at=now
    )
    account.memberships = [Membership(role=taken.role, site_id=taken.site_id)]
    db.session.add(account)
    try:
        db.session.flush()
    except IntegrityError:
        raise EmailTaken from None
    return account


def _open(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.token_digest == _digest(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
