"""By what means this application asks the web and reads posts. Wiring installs them, or a test its own."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Flask, current_app, g

from board.config import Settings
from board.sources.fetching import PURPOSE, VERSION, Web
from board.sources.reading import ReadPost, reader


def install(app: Flask, web: Web) -> None:
    app.extensions["board_web"] = web
    app.teardown_appcontext(lambda _error: let_reader_go())


def present_web() -> Web:
    web: Web = current_app.extensions["board_web"]
    return web


def web_of(settings: Settings) -> Web:
    """How a board with these settings asks: it says where whoever is asked can find out who it is."""
    agent = f"ReflectionBoard/{VERSION} (+{settings.public_url}; {PURPOSE})"
    return Web(agent=agent, inside=frozenset(settings.private_blogs))


def kept_reader() -> ReadPost:
    """A reader that stays for the next time, as starting its process takes longer than reading many posts.

    It ends with the application context, or when it is let go.
    """
    if "board_reader" not in g:
        g.board_reader_ends = ends = ExitStack()
        g.board_reader = ends.enter_context(reader())
    read: ReadPost = g.board_reader
    return read


def let_reader_go() -> None:
    """End the process of the kept reader, if there is one: there is nothing to read at present."""
    if g.pop("board_reader", None):
        g.pop("board_reader_ends").close()
