"""Codes by the clock (RFC 6238), as every authenticator app makes them: pure.

SHA-1, six digits and thirty seconds, because several apps ignore any other wish.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT_STEPS = 1  # RFC 6238, 5.2: at most one, for a phone whose clock is off and fingers that are slow
SECRET_BYTES = 20  # RFC 4226, 4: as long as what SHA-1 gives


def new_secret() -> str:
    """A secret as apps take it: 32 letters and digits (base32)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(now: datetime) -> int:
    """The number of the thirty seconds in which `now` lies, counted from 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """The six digits of that time step. Source: RFC 4226, 5.3."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, now: datetime, *, after: int = -1) -> int | None:
    """The time step that `code` belongs to: the present one or a neighbour, and later than `after`.

    None when there is none. Takes the same time whichever digit is wrong.
    """
    steps = range(step_at(now) - DRIFT_STEPS, step_at(now) + DRIFT_STEPS + 1)
    typed = code.encode("utf-8", "replace")
    matching = [step for step in steps if hmac.compare_digest(code_of(secret, step).encode(), typed)]
    return next((step for step in matching if step > after), None)


def address(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code says: the app keeps `secret` under these two names.

    Source: the Key Uri Format of Google Authenticator, which the other apps read as well.
    """
    label = quote(f"{issuer}:{account}", safe="@:")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
