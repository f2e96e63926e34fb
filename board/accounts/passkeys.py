"""The passkeys of accounts: added under a name, used to sign in, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.exc import IntegrityError
from webauthn.helpers import bytes_to_base64url

from board.accounts import passkey_protocol as protocol
from board.accounts.models import Account, Passkey
from board.accounts.passkey_protocol import Challenge, PasskeyRefused
from board.accounts.signing_in import may_sign_in
from board.extensions import db

MOST = 20  # of one account
MAX_NAME_CHARS = 80


def ask_to_add(account: Account, *, now: datetime) -> tuple[dict[str, Any], Challenge]:
    """What the browser needs to make a key for `account`. Writes nothing."""
    handle = account.passkey_handle or protocol.new_handle()
    challenge = protocol.new_challenge(now=now, account_id=account.id, handle=handle)
    present = db.session.scalars(select(Passkey.credential_id).where(Passkey.account_id == account.id)).all()
    options = protocol.creation_options(challenge, email=account.email, name=account.name, present=present)
    return options, challenge


def ask_to_prove(*, now: datetime) -> tuple[dict[str, Any], Challenge]:
    """What the browser needs to use a key that it has. Writes nothing, and tells nothing about anybody."""
    challenge = protocol.new_challenge(now=now)
    return protocol.request_options(challenge), challenge


def add(account: Account, answer: str, token: str, name: str, *, now: datetime) -> None:
    """Keep the key that a device made for `account`. Raises PasskeyRefused; then nothing may be committed."""
    challenge = protocol.challenge_read(token, now=now)
    if challenge.account_id != account.id:
        raise PasskeyRefused
    handle = account.passkey_handle or challenge.handle
    if handle != challenge.handle or _count(account.id) >= MOST:
        raise PasskeyRefused
    key = protocol.created(answer, challenge)
    account.passkey_handle = handle
    db.session.add(
        Passkey(
            account_id=account.id,
            credential_id=bytes_to_base64url(key.credential_id),
            public_key=bytes_to_base64url(key.credential_public_key),
            sign_count=key.sign_count,
            name=name[:MAX_NAME_CHARS],
            created_at=now,
            asked_at=challenge.asked_at,
        )
    )
    try:
        db.session.flush()
    except IntegrityError:  # the same answer twice, or a key that another account has
        raise PasskeyRefused from None


def account_proven_by(answer: str, token: str, *, now: datetime) -> Account:
    """The account whose key signed this challenge, if it may sign in. Raises PasskeyRefused.

    A key answers each challenge once, and none that is older than the last one that it answered.
    """
    challenge, said = protocol.challenge_read(token, now=now), protocol.parsed(answer)
    key = db.session.scalars(
        select(Passkey).where(Passkey.credential_id == said.id).with_for_update()
    ).first()
    if key is None or challenge.account_id or challenge.asked_at <= key.asked_at:
        raise PasskeyRefused
    proof = protocol.proven(said, challenge, public_key=key.public_key, sign_count=key.sign_count)
    account = db.session.scalars(may_sign_in().where(Account.id == key.account_id)).first()
    if account is None or _names_another(said.response.user_handle, account):
        raise PasskeyRefused
    key.sign_count, key.asked_at, key.used_at = proof.new_sign_count, challenge.asked_at, now
    return account


def remove(account_id: int, passkey_id: int) -> bool:
    """False when this account has no such key."""
    gone = delete(Passkey).where(Passkey.account_id == account_id, Passkey.id == passkey_id)
    return cast("CursorResult[Any]", db.session.execute(gone)).rowcount == 1


def _count(account_id: int) -> int:
    return len(db.session.scalars(select(Passkey.id).where(Passkey.account_id == account_id)).all())


def _names_another(handle: bytes | None, account: Account) -> bool:
    """Whether the device thinks that its key belongs to another account (WebAuthn, 7.2, step 6)."""
    return handle is not None and bytes_to_base64url(handle) != account.passkey_handle
