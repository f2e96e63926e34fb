"""Where a changing request comes from, judged without a cookie.

A form inside our frame is a request from our own origin, even in somebody else's page,
so the headers a browser cannot be talked out of are enough. Fetch metadata first: with a
strict referrer policy `Origin` says null on an honest form.
Source: the Fetch standard, Sec-Fetch-Site; the same order as Go's CrossOriginProtection.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import current_app, request

from board.foundation.errors import ForeignRequest


def require_own_page() -> None:
    """Raise ForeignRequest unless the present request was sent by one of our own pages."""
    settings = current_app.config["BOARD"]
    if not comes_from(settings.public_url, dict(request.headers), bare_allowed=settings.allow_bare_clients):
        raise ForeignRequest


def comes_from(own: str, headers: Mapping[str, str], *, bare_allowed: bool = False) -> bool:
    """Whether the first telling header names `own`, the board's public origin."""
    if "Sec-Fetch-Site" in headers:
        return headers["Sec-Fetch-Site"] == "same-origin"
    if "Origin" in headers:
        return headers["Origin"] == own
    if "Referer" in headers:
        return _origin(headers["Referer"]) == own
    return bare_allowed


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
