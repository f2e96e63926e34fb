"""Secrets that the board itself must read again, sealed so that the database alone does not tell them."""

from __future__ import annotations

import base64
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class SealBroken(Exception):
    """This was not sealed by the board for this purpose, is too old, or its key is known no more."""


def seal(purpose: str, words: str) -> str:
    """`words` so that only a board with the same BOARD_SECRET reads them, and only for `purpose`."""
    return _keys(purpose).encrypt(words.encode()).decode()


def unseal(purpose: str, sealed: str, *, max_age: timedelta | None = None) -> str:
    """Raises SealBroken. Former secrets (BOARD_SECRET_FALLBACKS) still open what they sealed."""
    ttl = None if max_age is None else int(max_age.total_seconds())
    try:
        return _keys(purpose).decrypt(sealed.encode("utf-8", "replace"), ttl=ttl).decode()
    except InvalidToken:
        raise SealBroken from None


def _keys(purpose: str) -> MultiFernet:
    """The present key first: it seals, and all of them open."""
    secrets = reversed(current_app.config["BOARD"].signing_keys)
    return MultiFernet([Fernet(_derived(secret, purpose)) for secret in secrets])


def _derived(secret: str, purpose: str) -> bytes:
    info = f"reflection-board.sealing.{purpose}".encode()
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode()))
