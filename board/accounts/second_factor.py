"""What an account has besides its password: an authenticator app, passkeys, and codes for bad days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from board.accounts import recovery
from board.accounts.models import Authenticator, Passkey
from board.extensions import db
from board.foundation.permissions import Actor, Role


class Wanted(StrEnum):
    """Whom the installation asks for a second factor (BOARD_SECOND_FACTOR)."""

    OPTIONAL = "optional"
    OWNERS = "owners"
    EVERYONE = "everyone"

    def asks(self, actor: Actor) -> bool:
        return self is Wanted.EVERYONE or (self is Wanted.OWNERS and Role.OWNER in actor.roles.values())


@dataclass(frozen=True)
class Factors:
    """For the account page: what there is, the passkeys in the order in which they came."""

    authenticator: Authenticator | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def are_any(self) -> bool:
        return self.authenticator is not None or bool(self.passkeys)


def factors_of(account_id: int) -> Factors:
    keys = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)
    return Factors(
        db.session.scalars(select(Authenticator).where(Authenticator.account_id == account_id)).first(),
        db.session.scalars(keys).all(),
        recovery.left(account_id),
    )


def exists_for(account_id: Any) -> ColumnElement[bool]:
    """The condition, for a column or a value, that this account has a second factor."""
    return or_(
        select(Authenticator.id).where(Authenticator.account_id == account_id).exists(),
        select(Passkey.id).where(Passkey.account_id == account_id).exists(),
    )


def has_one(account_id: int) -> bool:
    return bool(db.session.execute(select(exists_for(account_id))).scalar_one())


def tidy(account_id: int) -> None:
    """Recovery codes end with the last factor that they stand in for."""
    db.session.flush()
    if not has_one(account_id):
        recovery.forget(account_id)


def remove_all(account_id: int) -> bool:
    """Leave the password alone, for somebody who lost phone and keys; False when there was no more anyway."""
    had_one = has_one(account_id)
    for table in (Authenticator, Passkey):
        db.session.execute(delete(table).where(table.account_id == account_id))
    recovery.forget(account_id)
    return had_one
