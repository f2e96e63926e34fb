"""Finding accounts and their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from board.accounts.models import Account, StaffSession
from board.accounts.sessions import ABSOLUTE, IDLE
from board.accounts.signing_in import normal_email
from board.extensions import db
from board.foundation.errors import NotFound


def account_with(account_id: int | None) -> Account:
    """The account of a signed-in person. Raises NotFound when it is gone meanwhile."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def account_by_email(email: str) -> Account:
    """Raises NotFound."""
    account = db.session.scalars(select(Account).where(Account.email == normal_email(email))).first()
    if account is None:
        raise NotFound
    return account


def all_accounts() -> Sequence[Account]:
    """Everybody with their roles, by address."""
    query = select(Account).options(selectinload(Account.memberships)).order_by(Account.email)
    return db.session.scalars(query).all()


def open_sessions(account_id: int, *, now: datetime) -> Sequence[StaffSession]:
    """Where this account is signed in, the browser used last first."""
    query = (
        select(StaffSession)
        .where(
            StaffSession.account_id == account_id,
            StaffSession.last_seen_at > now - IDLE,
            StaffSession.created_at > now - ABSOLUTE,
        )
        .order_by(StaffSession.last_seen_at.desc(), StaffSession.id.desc())
    )
    return db.session.scalars(query).all()
