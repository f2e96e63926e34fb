"""What a request must be before any view sees it."""

from __future__ import annotations

from flask import Flask, request

from board.foundation.errors import NotFound


def init_app(app: Flask) -> None:
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """No page has a NUL in its address, and PostgreSQL cannot even be asked for one. Raises NotFound."""
    if "\x00" in request.path or b"%00" in request.query_string:
        raise NotFound
