"""Proving with a password that one is an account: what `signing_in` describes, in one call."""

from __future__ import annotations

from board.accounts import passwords, signing_in
from board.accounts.models import Account
from board.accounts.signing_in import Credentials, SignInRefused
from board.foundation import clock


def prove(counted: Credentials | None, password: str, new_password: str | None = None) -> Account:
    """The account that `password` opens, with `new_password` in its place if given. Raises SignInRefused.

    Called without a transaction: hashing is slow, and takes as long when there is no such account.
    """
    proven = passwords.verify(counted.password_hash if counted else None, password)
    if not proven or counted is None:
        raise SignInRefused
    fresh = (
        passwords.hash_password(new_password)
        if new_password
        else passwords.renewed(counted.password_hash, password)
    )
    return signing_in.admit(counted, renewed_hash=fresh, now=clock.now())
