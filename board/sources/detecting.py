"""Examining posts in a process of its own, with limits of time and memory.

A page comes from anywhere. What it costs to read it is bounded from outside: the process that reads it is
killed when it takes too long, dies when it takes too much, and is started anew for the next page. Starting
takes a second, so a process that is well stays for a while after its work and is taken again.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from types import TracebackType

from board.prompts import Examined, Format

SECONDS = 10.0  # a page of 512 KB takes a tenth of a second; the slowest known made-up one takes six
MAX_CHARS = 512 * 1024  # as much as is read of a post; the rest need not cross the pipe
STAYS_SECONDS = 30.0  # half as long as the process itself waits for a question
ROOT = Path(__file__).resolve().parents[2]  # so that a checkout is found from wherever one stands


class Unreadable(Exception):
    """A post could not be examined; the message says why, in plain words."""


class Detector:
    """Examines posts, one after the other. For one thread; use it in a `with` block, or close it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Detector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, mistake: BaseException | None, trace: TracebackType | None
    ) -> None:
        child, self._child = self._child, None
        if child is not None:
            _leave(child)

    def examine(self, body: str | bytes, form: Format) -> Examined:
        """The post in `body`. Raises Unreadable when that takes more time or memory than a post is worth."""
        text = body[: 4 * MAX_CHARS].decode("utf-8", "replace") if isinstance(body, bytes) else body
        question = json.dumps({"body": text[:MAX_CHARS], "form": form}).encode() + b"\n"
        line = self._exchange(question, self._seconds)
        said = json.loads(line) if line.endswith(b"\n") else {}
        if not said:
            self.close()
            raise Unreadable("reading it took too much memory")
        return Examined.from_dict(said)

    def close(self) -> None:
        """End the process. The next post begins a new one."""
        child, self._child = self._child, None
        if child is not None:
            _end(child)

    def _exchange(self, question: bytes, seconds: float) -> bytes:
        """The child's answer, cut short when it died. Raises Unreadable when it took too long."""
        child = self._running()
        killed = threading.Event()
        timer = threading.Timer(seconds, _kill, (child, killed))
        timer.start()
        try:
            child.stdin.write(question)  # type: ignore[union-attr]  # it was opened with both pipes
            child.stdin.flush()  # type: ignore[union-attr]
            line: bytes = child.stdout.readline()  # type: ignore[union-attr]
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if killed.is_set():
            self.close()
            raise Unreadable(f"reading it took longer than {seconds:g} seconds")
        return line

    def _running(self) -> subprocess.Popen[bytes]:
        """A child that is ready. How long it takes to start is no page's fault."""
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = _taken() or _started()
        return self._child


SPARE: deque[tuple[subprocess.Popen[bytes], float]] = deque()  # one at most, and since when it has no work


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "board.sources.child"]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # ours
    child.stdout.readline()  # type: ignore[union-attr]
    return child


def _taken() -> subprocess.Popen[bytes] | None:
    """The process that others left, if it is there and still waits."""
    try:
        child, since = SPARE.pop()
    except IndexError:
        return None
    if child.poll() is None and time.monotonic() - since < STAYS_SECONDS:
        return child
    _end(child)
    return None


def _leave(child: subprocess.Popen[bytes]) -> None:
    """Let others take it, where nobody has left one already."""
    if child.poll() is None and not SPARE:
        SPARE.append((child, time.monotonic()))
    else:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.communicate()


@atexit.register
def _end_all() -> None:
    while SPARE:
        _end(SPARE.pop()[0])


def _kill(child: subprocess.Popen[bytes], killed: threading.Event) -> None:
    killed.set()
    child.kill()
