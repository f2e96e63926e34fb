"""On the doorstep: the password was right, the second factor is still to come.

The browser carries a token that says so, for ten minutes and for one account. It opens nothing: each
try at the second factor is counted, apart from tries at the password, and slowed down like them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from board.accounts import authenticator, recovery, throttling
from board.accounts.models import Account
from board.accounts.signing_in import SignInRefused, may_sign_in, password_stamp
from board.extensions import db
from board.foundation import tokens

PURPOSE = "doorstep"
LIFE = timedelta(minutes=10)


class LeftTheDoorstep(Exception):
    """It took too long, or the password was changed meanwhile: it must be given again."""


def token_for(account: Account, *, now: datetime) -> str:
    return tokens.sign(PURPOSE, [account.id, password_stamp(account)], issued_at=now)


def account_at_the_door(token: str, *, now: datetime) -> Account:
    """Whose second factor is awaited; the row is held until the end of the transaction.

    Raises LeftTheDoorstep.
    """
    try:
        account_id, stamp = tokens.read(PURPOSE, token, max_age=LIFE, now=now)
    except tokens.TokenInvalid:
        raise LeftTheDoorstep from None
    account = db.session.scalars(may_sign_in().where(Account.id == account_id)).first()
    if account is None or password_stamp(account) != stamp:
        raise LeftTheDoorstep
    return account


def accept_code(account: Account, code: str, *, now: datetime) -> None:
    """Let the holder of the authenticator app in. Raises SignInRefused; the try counts, so commit then."""
    _try(account, now)
    _finish(account, authenticator.accept(account.id, "".join(code.split()), now=now))


def accept_recovery_code(account: Account, code: str, *, now: datetime) -> None:
    """Let in whoever has one of the recovery codes. Raises SignInRefused, as `accept_code` does."""
    _try(account, now)
    _finish(account, recovery.use(account.id, code, now=now))


def _try(account: Account, now: datetime) -> None:
    """Count a try. While the account waits after earlier ones, nothing is looked at and nothing counts."""
    if throttling.is_locked(account.factor_locked_until, now):
        raise SignInRefused
    tries = throttling.tries_that_count(account.factor_tries, account.factor_locked_until, now) + 1
    account.factor_tries, account.factor_locked_until = tries, now + throttling.delay_after(tries)


def _finish(account: Account, is_right: bool) -> None:
    if not is_right:
        raise SignInRefused
    account.factor_tries, account.factor_locked_until = 0, None
