"""Applications under test, and the clients that talk to them as a browser would."""

from __future__ import annotations

import contextvars
import tempfile
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from board import create_app
from board.cli import cli
from board.config import Settings
from board.extensions import db

PUBLIC_URL = "http://board.test"
SECRET = "5ec7e7" * 10 + "5ec7"  # 64 characters, as `board setup` makes one

TEMPLATES = FileSystemBytecodeCache(tempfile.mkdtemp(prefix="board-templates-"))


class BoardClient(FlaskClient):
    """Sends every request to the board's public address.

    What the test did so far is committed before each request, as another process's work would be,
    so a look at the session afterwards shows what the request changed.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", self.application.config["BOARD"].public_url)
        kwargs.setdefault("buffered", True)  # or a file that is sent would stay open
        commit_so_far()
        return super().open(*args, **kwargs)


def make_settings(data: Path, database_url: str, **environ: str) -> Settings:
    """Settings of a test board; `environ` holds further BOARD_* variables, or others for these."""
    return Settings.from_environ(
        {
            "BOARD_DATA": str(data),
            "BOARD_SECRET": SECRET,
            "BOARD_PUBLIC_URL": PUBLIC_URL,
            "BOARD_DATABASE_URL": database_url,
            **environ,
        }
    )


def make_application(settings: Settings, *, raises: bool = True) -> Flask:
    """The application as it is run. raises: an unforeseen exception reaches the test, not the error page."""
    app = create_app(settings)
    app.config["PROPAGATE_EXCEPTIONS"] = raises
    app.test_client_class = BoardClient
    app.jinja_env.bytecode_cache = TEMPLATES  # compiled once, not once for each application
    return app


def client_of(app: Flask, *, bare: bool = False) -> FlaskClient:
    """A client that sends what a browser sends from one of our own pages; bare: what a program sends."""
    client = app.test_client()
    if not bare:
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def run_command(app: Flask, *arguments: str, stdin: str | None = None) -> Result:
    """Run `board ARGUMENTS` in this process against `app`, as a shell would: in a context of its own."""
    commit_so_far()
    runner = app.test_cli_runner()
    return contextvars.Context().run(
        runner.invoke, cli, arguments, input=stdin, catch_exceptions=False, prog_name="board"
    )


def commit_so_far() -> None:
    """Let others see what the test wrote, and forget what it read."""
    if has_app_context():
        db.session.commit()
