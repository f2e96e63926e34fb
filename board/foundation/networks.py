"""A reader's network address, never kept: only a keyed digest of it, and only for a day.

Source: SECURITY notes of the project, privacy: keyed hash with a rotating key.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, request

from board.foundation import clock

A_DAY = timedelta(days=1)
MAX_BROWSER_CHARS = 500
V6_SITE_BITS = 64  # one household or server is given a whole /64, so its addresses count as one


@dataclass(frozen=True)
class Sender:
    """Who sends a request, as far as a request tells: for judging what it brings, and for nobody to keep.

    networks: the digests of today and of yesterday, so that one noted yesterday is known again today.
    address, browser: as they are; only Akismet asks for them.
    """

    networks: tuple[str, ...]
    address: str
    browser: str


def network_digest(address: str, *, secret: str, at: datetime) -> str:
    """32 hexadecimal characters that stand for `address` on the day of `at`, and tell nothing about it."""
    day = at.strftime("%Y-%m-%d")
    return hmac.new(
        secret.encode(), f"network {day} {_coarse(address)}".encode(), hashlib.sha256
    ).hexdigest()[:32]


def request_network() -> str:
    """The digest of whoever sends the present request. Trusts proxies as far as BOARD_PROXIES says."""
    secret = current_app.config["BOARD"].secret
    return network_digest(request.remote_addr or "", secret=secret, at=clock.now())


def request_sender() -> Sender:
    """Whoever sends the present request. Trusts proxies as far as BOARD_PROXIES says."""
    secret, now = current_app.config["BOARD"].secret, clock.now()
    address = request.remote_addr or ""
    networks = tuple(network_digest(address, secret=secret, at=at) for at in (now, now - A_DAY))
    return Sender(networks, address, request.headers.get("User-Agent", "")[:MAX_BROWSER_CHARS])


def _coarse(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, V6_SITE_BITS), strict=False))
    return str(parsed)
