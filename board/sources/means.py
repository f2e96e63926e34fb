"""By what means this application asks the web. Wiring installs it; tests install their own."""

from __future__ import annotations

from flask import Flask, current_app

from board.config import Settings
from board.sources.fetching import PURPOSE, VERSION, Web


def install(app: Flask, web: Web) -> None:
    app.extensions["board_web"] = web


def present_web() -> Web:
    web: Web = current_app.extensions["board_web"]
    return web


def web_of(settings: Settings) -> Web:
    """How a board with these settings asks: it says where whoever is asked can find out who it is."""
    agent = f"ReflectionBoard/{VERSION} (+{settings.public_url}; {PURPOSE})"
    return Web(agent=agent, inside=frozenset(settings.private_blogs))
