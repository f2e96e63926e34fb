"""Where to go after signing in: only ever to a page of this board. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

MAX_CHARS = 500


def local_path(address: str) -> str:
    """`address` when it leads to a page of this board, else nothing.

    Browsers drop tabs and line breaks and read backslashes as slashes, and two slashes at the start
    name another host, so whatever holds such things is not followed. Source: WHATWG URL standard.
    """
    plain = address.isascii() and address.isprintable() and "\\" not in address and " " not in address
    if not plain or len(address) > MAX_CHARS or not address.startswith("/") or address.startswith("//"):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else address
