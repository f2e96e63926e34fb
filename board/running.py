"""`board run`: the web server, the mail worker and perhaps the demo blog, as children of one process.

The children are in process groups of their own, so that Ctrl-C reaches this process alone and it
alone decides in which order they end.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import MutableMapping
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from board import create_app, setup
from board.accounts.invitations import first_owner
from board.config import Settings
from board.demo.seeding import Demo, seed
from board.extensions import db
from board.foundation import clock
from board.supervision import Child, Supervisor

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
THREADS = 8  # a sign-in or a slow disk must not keep readers waiting
PACKAGE_PARENT = str(Path(__file__).resolve().parent.parent)


class PortTaken(Exception):
    """Somebody else listens where we should."""


def run(environ: MutableMapping[str, str], *, demo: bool) -> int:
    """Serve until a signal asks to stop. The exit status: 0 when asked, 1 when the web server died.

    environ: the process's own environment, which the children inherit.
    Raises PortTaken before anything is started, SettingsInvalid for mistaken settings.
    """
    if environ.get("PORT") and not environ.get("BOARD_PORT"):
        environ["BOARD_PORT"] = environ["PORT"]
    setup.make_folder(environ)
    settings = Settings.from_environ(environ)
    require_free(settings.host, settings.port, "BOARD_PORT")
    blog = _demo_address(settings, environ) if demo else None
    if blog:
        _let_read(blog, environ)
    words = _prepare(create_app(settings), blog)
    environ["BOARD_PUBLIC_URL"] = settings.public_url  # the demo blog asks for it
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, (PACKAGE_PARENT, environ.get("PYTHONPATH"))))
    return Supervisor(children(settings, demo=demo)).serve(
        ready=lambda: listens(settings.host, settings.port), words="\n".join(words)
    )


def children(settings: Settings, *, demo: bool) -> list[Child]:
    found = [
        Child("The web server", serve_web, (settings.host, settings.port), essential=True),
        Child("The mail worker", run_module, ("board", "worker")),
    ]
    return [*found, Child("The demo blog", run_module, ("board.demo.server",))] if demo else found


def serve_web(host: str, port: int) -> None:
    """Serve the board until told to stop. Where processes are forked, nothing is loaded a second time."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    logging.getLogger("_granian").setLevel(logging.ERROR)
    Granian(
        "board:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()


def run_module(*arguments: str) -> None:
    """Become `python -m ARGUMENTS`, a fresh interpreter with nothing of ours in its memory."""
    command = [sys.executable, "-m", *arguments]
    os.execv(sys.executable, command)  # noqa: S606  # our own command, no shell


def require_free(host: str, port: int, variable: str) -> None:
    """Raise PortTaken unless a server could listen there now."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortTaken(
            f"Port {port} on {host} cannot be used ({error.strerror}): choose another with {variable}."
        ) from None


def listens(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # a question, no binding
    try:
        socket.create_connection((reachable, port), timeout=1).close()
    except OSError:
        return False
    return True


def _demo_address(settings: Settings, environ: MutableMapping[str, str]) -> str:
    """Where the demo blog will be: on another port, so on another origin. Raises PortTaken."""
    port = environ.setdefault("BOARD_DEMO_PORT", str(settings.port + 1))
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise PortTaken(f"BOARD_DEMO_PORT must be a port, 1 to 65535, and not {port}.")
    require_free("127.0.0.1", int(port), "BOARD_DEMO_PORT")
    return f"http://127.0.0.1:{int(port)}"


def _let_read(blog: str, environ: MutableMapping[str, str]) -> None:
    """Let the worker read the demo blog, which has no public address."""
    names = (environ.get("BOARD_PRIVATE_BLOGS"), blog, blog.replace("127.0.0.1", "localhost"))
    environ["BOARD_PRIVATE_BLOGS"] = " ".join(filter(None, names))


def _prepare(app: Flask, blog: str | None) -> list[str]:
    """Make the database ready, with the demo in it, and find the words that tell what to open."""
    settings: Settings = app.config["BOARD"]
    setup.migrate(app)
    words = [f"The board:      {settings.public_url}/"]
    with app.app_context():
        if blog:
            seed(Demo(settings.public_url, blog, settings.secret, clock.now()))
            words.append(f"The demo blog:  {blog}/")
        token = first_owner(now=clock.now())
        opening = f"Your account:   {settings.public_url}/invitation/{token}   (works once)"
        words.append(opening if token else f"The moderators: {settings.public_url}/desk")
        db.session.commit()
        db.engine.dispose()  # a connection must not be shared with the children
    return [*words, "Ctrl-C stops everything."]
