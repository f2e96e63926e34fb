"""The cookie of a signed-in browser, and who sends the present request."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, g, request
from werkzeug.wrappers import Response

from board.accounts.browsers import REMEMBERED
from board.accounts.sessions import ABSOLUTE, Presence, recognise
from board.foundation import clock
from board.foundation.permissions import Actor

BROWSERS = (  # what stands in the header, in the order in which one hides behind another
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def load_actor() -> Actor:
    """Who sends the present request; asked once per request."""
    return presence().actor


def presence() -> Presence:
    if "staff_presence" not in g:
        g.staff_presence = recognise(request.cookies.get(cookie_name(), ""), now=clock.now())
    found: Presence = g.staff_presence
    return found


def cookie_name() -> str:
    """With https a name that no other host and no unsafe page can set (RFC 6265bis, 4.1.3.2)."""
    return "__Host-board" if current_app.config["BOARD"].is_https else "board"


def present_browser() -> str:
    """Family and system of the browser that sends the present request."""
    return browser_name(request.headers.get("User-Agent", ""))


def browser_mark() -> str:
    """What the present browser is known by, whoever signs in with it; empty before the first sign-in."""
    return request.cookies.get(mark_name(), "")


def mark_name() -> str:
    return f"{cookie_name()}-seen"


def remember(response: Response, token: str) -> Response:
    """Give the browser its session id."""
    return _give(response, cookie_name(), token, ABSOLUTE)


def mark(response: Response, token: str) -> Response:
    """Let the browser be known again at its next sign-in. Opens nothing."""
    return _give(response, mark_name(), token, REMEMBERED)


def forget(response: Response) -> Response:
    response.delete_cookie(
        cookie_name(),
        path="/",
        secure=current_app.config["BOARD"].is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def _give(response: Response, name: str, value: str, life: timedelta) -> Response:
    """Lax said aloud: an unlabelled cookie goes along on foreign POSTs for two minutes."""
    response.set_cookie(
        name,
        value,
        max_age=life,
        path="/",
        secure=current_app.config["BOARD"].is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def browser_name(header: str) -> str:
    """Family and system of a browser, such as `Firefox, Linux`; empty when neither is known."""
    browser = next((name for mark, name in BROWSERS if mark in header), "")
    system = next((name for mark, name in SYSTEMS if mark in header), "")
    return ", ".join(part for part in (browser, system) if part)
