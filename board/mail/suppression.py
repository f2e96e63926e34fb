"""Addresses that nothing more is sent to, known by a keyed hash alone."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection

from flask import current_app
from sqlalchemy import select

from board.extensions import db
from board.mail.models import Suppression


def suppressed_among(addresses: Collection[str]) -> set[str]:
    """Which of those normalised addresses are suppressed. One statement."""
    digests = {digest: address for address in addresses for digest in _digests(address)}
    query = select(Suppression.digest).where(Suppression.digest.in_(digests))
    return {digests[digest] for digest in db.session.scalars(query)}


def _digests(address: str) -> list[str]:
    """Under every key of the board, the oldest first."""
    keys = current_app.config["BOARD"].signing_keys
    return [
        hmac.new(key.encode(), f"suppress {address}".encode(), hashlib.sha256).hexdigest() for key in keys
    ]
