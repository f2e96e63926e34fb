"""Signed tokens: what a link or a form may carry and nobody can forge.

A token names its purpose in its signature, so that one made for unsubscribing opens
nothing else. It is the same for the same payload, so that a cached page stays valid.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

MAX_TOKEN_CHARS = 1000


class TokenInvalid(Exception):
    """The token was not made by this board for this purpose, or was damaged on its way."""


class TokenExpired(TokenInvalid):
    """The token is ours, but older than its use allows."""


def sign(purpose: str, payload: Any, *, issued_at: datetime | None = None) -> str:
    """A URL-safe token of `payload` (anything JSON can hold), for `purpose` alone.

    issued_at: needed where `read` is to check an age; kept in whole seconds.
    """
    stamp = int(issued_at.timestamp()) if issued_at else 0
    return _serializer(purpose).dumps([stamp, payload])


def read(purpose: str, token: str, *, max_age: timedelta | None = None, now: datetime | None = None) -> Any:
    """The payload that was signed for `purpose`.

    Raises TokenInvalid, and its kind TokenExpired when older than `max_age` (which needs `now`).
    """
    if len(token) > MAX_TOKEN_CHARS:
        raise TokenInvalid
    try:
        stamp, payload = _serializer(purpose).loads(token)
    except (BadData, ValueError, TypeError, UnicodeError):
        raise TokenInvalid from None
    if max_age is not None and now is not None and now.timestamp() - stamp > max_age.total_seconds():
        raise TokenExpired
    return payload


def issued_at(purpose: str, token: str) -> datetime:
    """When a token for `purpose` was made. Raises TokenInvalid."""
    try:
        stamp, _payload = _serializer(purpose).loads(token)
    except (BadData, ValueError, TypeError, UnicodeError):
        raise TokenInvalid from None
    return datetime.fromtimestamp(stamp, UTC)


def _serializer(purpose: str) -> URLSafeSerializer:
    keys = list(current_app.config["BOARD"].signing_keys)
    return URLSafeSerializer(
        keys, salt=f"reflection-board.{purpose}", signer_kwargs={"digest_method": hashlib.sha256}
    )
