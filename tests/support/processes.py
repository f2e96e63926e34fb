"""Commands in processes of their own, as a person starts them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30
RUN_MAIN = "import sys; from board.cli import main; sys.exit(main())"


class GaveUp(AssertionError):
    """Something did not come about in time; says what was waited for."""


def board_command(*arguments: str) -> list[str]:
    """The command line of `board ARGUMENTS` by the Python and the checkout that run the tests."""
    return [sys.executable, "-c", RUN_MAIN, *arguments]


def environment(**board: str) -> dict[str, str]:
    """This process's environment with no setting of the board but those given."""
    kept = {n: value for n, value in os.environ.items() if n != "PORT" and not n.startswith("BOARD_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **board}


@contextlib.contextmanager
def started(
    command: Sequence[str], environ: Mapping[str, str], *, folder: Path
) -> Iterator[subprocess.Popen[str]]:
    """Run `command` in `folder`, and stop it and all it started at the end. Output: `folder`/output."""
    with (folder / "output").open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            env=environ,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[str], by: signal.Signals = signal.SIGTERM) -> int:
    """Ask the process group to end, insist if it does not, and return the exit status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, by)
    try:
        return process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise GaveUp(f"{process.args!r} did not end by {by.name}") from None


def until(
    claim: Callable[[], T | None], what: str, *, seconds: float = PATIENCE_SECONDS, every: float = 0.05
) -> T:
    """Wait until `claim` returns something true and return that. Raises GaveUp, which says `what`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := claim():
            return answer
        time.sleep(every)
    raise GaveUp(f"waited {seconds:.0f} s for {what}")


def answers(address: str) -> tuple[int, bytes] | None:
    """Status and body of a page, or None while nobody listens there."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=PATIENCE_SECONDS) as answer:
            return answer.status, answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()
    except (URLError, ConnectionError):
        return None


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
