"""Proving who one is, in three steps, so that no password is hashed while the database waits.

1. `count_try`: the try is counted and committed before the password is looked at. A thousand
   tries at the same moment are a thousand tries, and what is locked is not looked at.
2. The caller verifies the password, outside any transaction.
3. `admit`: the account is taken again, as it must still be what it was in step 1.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, select

from board.accounts import throttling
from board.accounts.models import Account, Membership
from board.extensions import db


class SignInRefused(Exception):
    """Wrong, unknown, disabled, locked or changed meanwhile: nobody is told which."""


@dataclass(frozen=True)
class Credentials:
    """What a password is compared with, free of any session."""

    account_id: int
    password_hash: str


def normal_email(email: str) -> str:
    """An address as accounts keep it. NUL and the like were refused by the form."""
    return email.strip().lower()


def count_try(email: str, *, now: datetime) -> Credentials | None:
    """Count a try for the account at `email`. None where no password would be right now."""
    return _count(may_sign_in().where(Account.email == normal_email(email)), now)


def count_try_of(account_id: int, *, now: datetime) -> Credentials | None:
    """Count a try for a known account, which is asked for its password again."""
    return _count(may_sign_in().where(Account.id == account_id), now)


def admit(credentials: Credentials, *, renewed_hash: str | None, now: datetime) -> Account:
    """Forgive the tries of whoever proved to be the account, and keep the hash that took its place.

    Raises SignInRefused when password or account changed since `count_try`.
    """
    account = db.session.scalars(
        may_sign_in().where(
            Account.id == credentials.account_id, Account.password_hash == credentials.password_hash
        )
    ).first()
    if account is None:
        raise SignInRefused
    account.failed_tries, account.locked_until = 0, None
    account.password_hash = renewed_hash or account.password_hash
    return account


def may_sign_in() -> Select[Account]:
    """Accounts that may sign in at all: not disabled, and with a role. The row is held until the end of the
    transaction."""
    has_role = exists().where(Membership.account_id == Account.id)
    return select(Account).where(Account.disabled_at.is_(None), has_role).with_for_update()


def password_stamp(account: Account) -> str:
    """What a link or form carries that must be worth nothing once the password is another."""
    return hashlib.sha256(account.password_hash.encode()).hexdigest()[:32]


def _count(query: Select[Account], now: datetime) -> Credentials | None:
    account = db.session.scalars(query).first()
    if account is None or throttling.is_locked(account.locked_until, now):
        return None
    account.failed_tries = throttling.tries_that_count(account.failed_tries, account.locked_until, now) + 1
    account.locked_until = now + throttling.delay_after(account.failed_tries)
    return Credentials(account.id, account.password_hash)
