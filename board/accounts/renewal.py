"""Links with which a locked-out person sets a new password. They are made by command line only.

A link is signed over the present hash of the password, so it works once: whoever sets a new
password, by whatever way, makes it worthless.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from board.accounts.models import Account
from board.accounts.sessions import end_all
from board.accounts.signing_in import password_stamp
from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import Gone

PURPOSE = "renew-password"
LIFE = timedelta(hours=72)


def renewal_token(account: Account, *, now: datetime) -> str:
    return tokens.sign(PURPOSE, [account.id, password_stamp(account)], issued_at=now)


def account_to_renew(token: str, *, now: datetime) -> Account:
    """The account whose password may be set with this link. Raises Gone."""
    try:
        account_id, stamp = tokens.read(PURPOSE, token, max_age=LIFE, now=now)
    except tokens.TokenInvalid:
        raise Gone from None
    query = select(Account).where(Account.id == account_id, Account.disabled_at.is_(None)).with_for_update()
    account = db.session.scalars(query).first()
    if account is None or password_stamp(account) != stamp:
        raise Gone
    return account


def set_password(account: Account, password_hash: str) -> None:
    """Put a new password in the old one's place: every browser is signed out, every delay forgiven."""
    account.password_hash = password_hash
    account.failed_tries, account.locked_until = 0, None
    end_all(account.id)
