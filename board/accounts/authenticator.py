"""The authenticator app of an account: set up by showing that it works, then asked for each code once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update

from board.accounts import totp
from board.accounts.models import Authenticator
from board.accounts.sealing import SealBroken, seal, unseal
from board.extensions import db
from board.foundation.upserts import insert

PURPOSE = "authenticator"
SETUP_LIFE = timedelta(hours=1)


class SetupOver(Exception):
    """The page with the secret was open for too long, or is somebody else's."""


@dataclass(frozen=True)
class Setup:
    """A secret that the app is about to take. `sealed`: what the form carries until the code is right."""

    secret: str
    sealed: str


def begin(account_id: int) -> Setup:
    secret = totp.new_secret()
    return Setup(secret, seal(PURPOSE, f"{account_id}:{secret}"))


def resume(account_id: int, sealed: str) -> Setup:
    """The set-up that a form carries. Raises SetupOver."""
    try:
        return Setup(_secret(account_id, sealed, max_age=SETUP_LIFE), sealed)
    except SealBroken:
        raise SetupOver from None


def enable(account_id: int, setup: Setup, code: str, *, now: datetime) -> bool:
    """Make the app of `setup` the second factor, in place of any other, if `code` is its present one."""
    step = totp.matching_step(setup.secret, code, now)
    if step is None:
        return False
    values = {"sealed_secret": setup.sealed, "last_step": step, "created_at": now}
    statement = insert(Authenticator).values(account_id=account_id, **values)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[Authenticator.account_id], set_=values)
    )
    return True


def accept(account_id: int, code: str, *, now: datetime) -> bool:
    """Whether `code` is a present one of the account's app; it is used up by that.

    Of two people who send the same code at the same moment, one is let in.
    """
    row = db.session.scalars(select(Authenticator).where(Authenticator.account_id == account_id)).first()
    if row is None:
        return False
    try:
        secret = _secret(account_id, row.sealed_secret)
    except SealBroken:
        return False
    step = totp.matching_step(secret, code, now, after=row.last_step)
    if step is None:
        return False
    used = (
        update(Authenticator)
        .where(Authenticator.account_id == account_id, Authenticator.last_step < step)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", db.session.execute(used)).rowcount == 1


def disable(account_id: int) -> bool:
    """Forget the app; False when there was none."""
    gone = delete(Authenticator).where(Authenticator.account_id == account_id)
    return cast("CursorResult[Any]", db.session.execute(gone)).rowcount == 1


def _secret(account_id: int, sealed: str, *, max_age: timedelta | None = None) -> str:
    """Raises SealBroken, also for what was sealed for another account."""
    owner, _, secret = unseal(PURPOSE, sealed, max_age=max_age).partition(":")
    if owner != str(account_id):
        raise SealBroken
    return secret
