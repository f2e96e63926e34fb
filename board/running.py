"""`board run`: the web server, the mail worker and perhaps the demo blog, as children of one process.

The children are in process groups of their own, so that Ctrl-C reaches this process alone and it
alone decides in which order they end.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

import click
from flask import Flask

from board import create_app, setup
from board.accounts.invitations import first_owner
from board.config import Settings
from board.extensions import db
from board.foundation import clock

THREADS = 8  # a sign-in or a slow disk must not keep readers waiting
LOOK_EVERY_SECONDS = 0.1
STOP_SECONDS = 10  # the worker may be in the middle of a mail
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
STEADY_SECONDS = 60.0  # a worker that lived so long starts again at once
PACKAGE_PARENT = Path(__file__).resolve().parent.parent
PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG
log = logging.getLogger(__name__)


class PortTaken(Exception):
    """Somebody else listens where we should."""


@dataclass
class Child:
    """A program of ours. `essential`: without it there is no board; others are started again."""

    name: str
    command: list[str]
    essential: bool
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE_SECONDS
    started_at: float = 0.0
    start_again_at: float | None = field(default=None)

    def start(self, environ: Mapping[str, str]) -> None:
        self.started_at, self.start_again_at = time.monotonic(), None
        self.process = subprocess.Popen(  # noqa: S603  # our own command, no shell
            self.command,
            env=dict(environ),
            process_group=0,
            preexec_fn=_end_with_parent(),  # noqa: PLW1509  # this process has one thread
        )

    @property
    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self, now: float) -> None:
        """Start again after a pause that doubles with each early death."""
        self.pause = FIRST_PAUSE_SECONDS if now - self.started_at > STEADY_SECONDS else self.pause
        self.process, self.start_again_at = None, now + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE_SECONDS)


def run(environ: MutableMapping[str, str], *, demo: bool) -> int:
    """Serve until a signal asks to stop. The exit status: 0 when asked, 1 when the web server died.

    Raises PortTaken before anything is started, SettingsInvalid for mistaken settings.
    """
    if environ.get("PORT") and not environ.get("BOARD_PORT"):
        environ["BOARD_PORT"] = environ["PORT"]
    setup.make_folder(environ)
    settings = Settings.from_environ(environ)
    demo_port = int(environ.setdefault("BOARD_DEMO_PORT", str(settings.port + 1))) if demo else None
    require_free(settings.host, settings.port, "BOARD_PORT")
    if demo_port:
        require_free("127.0.0.1", demo_port, "BOARD_DEMO_PORT")
    blog = f"http://127.0.0.1:{demo_port}" if demo_port else None
    words = _prepare(create_app(settings), blog)
    environ["BOARD_PUBLIC_URL"] = settings.public_url
    environ["PYTHONPATH"] = os.pathsep.join([str(PACKAGE_PARENT), environ.get("PYTHONPATH", "")]).rstrip(
        os.pathsep
    )
    return Supervisor(children(settings, demo=demo), environ).serve(settings, words)


def children(settings: Settings, *, demo: bool) -> list[Child]:
    python = [sys.executable, "-m"]
    server = [*python, "granian", "--interface", "wsgi", "--factory", "board:create_app"]
    server += ["--host", settings.host, "--port", str(settings.port)]
    server += ["--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "warning"]
    found = [
        Child("The web server", server, essential=True),
        Child("The mail worker", [*python, "board", "worker"], essential=False),
    ]
    if demo:
        found.append(Child("The demo blog", [*python, "board.demo.server"], essential=False))
    return found


class Supervisor:
    """Starts children, watches them, and ends them all when one signal comes."""

    def __init__(self, children: list[Child], environ: Mapping[str, str]) -> None:
        self.children = children
        self.environ = environ
        self.asked_to_stop = threading.Event()

    def serve(self, settings: Settings, words: list[str]) -> int:
        """Run until asked to stop. words: what to tell once the web server answers."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.asked_to_stop.set())
        try:
            for child in self.children:
                child.start(self.environ)
            if self._watch(until=lambda: listens(settings.host, settings.port)):
                click.echo("\n".join(words))
                self._watch(until=lambda: False)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)  # impatience must not leave an orphan
            self._stop_all()
        if self.asked_to_stop.is_set():
            return 0
        click.echo("The web server stopped by itself, so everything is stopped.", err=True)
        return 1

    def _watch(self, until: Callable[[], bool]) -> bool:
        """Keep the children alive until `until` holds (True), or stopping is due (False)."""
        while not self.asked_to_stop.wait(LOOK_EVERY_SECONDS):
            now = time.monotonic()
            for child in self.children:
                if child.is_dead and child.essential:
                    return False
                if child.is_dead:
                    child.plan_restart(now)
                    click.echo(f"{child.name} stopped and is started again.", err=True)
                elif child.start_again_at is not None and now >= child.start_again_at:
                    child.start(self.environ)
            if until():
                return True
        return False

    def _stop_all(self) -> None:
        """Ask all to end, wait, and insist where asking does not help."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("process %d did not end when asked", process.pid)
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def require_free(host: str, port: int, variable: str) -> None:
    """Raise PortTaken unless a server could listen there now."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
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


def _prepare(app: Flask, blog: str | None) -> list[str]:
    """Make the database ready, with the demo in it, and find the words that tell what to open."""
    settings: Settings = app.config["BOARD"]
    setup.migrate(app)
    words = [f"The board:     {settings.public_url}/"]
    with app.app_context():
        if blog:
            # Only a demo needs it, so an ordinary start does not load it.
            seeding = importlib.import_module("board.demo.seeding")
            seeding.seed(board=settings.public_url, blog=blog, secret=settings.secret, now=clock.now())
            words.append(f"The demo blog: {blog}/")
        token = first_owner(now=clock.now())
        if token:
            words.append(
                f"Set up your account (this link works once): {settings.public_url}/invitation/{token}"
            )
        else:
            words.append(f"Moderate:      {settings.public_url}/desk")
        db.session.commit()
        db.engine.dispose()
    return [*words, "Ctrl-C stops everything."]


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux, what a child runs first so that it ends when this process is killed outright."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return functools.partial(libc.prctl, PARENT_DEATH_SIGNAL, signal.SIGTERM)
