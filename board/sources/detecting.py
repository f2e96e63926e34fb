"""Examining posts in a process of its own, with limits of time and memory.

A page comes from anywhere. What it costs to read it is bounded from outside: the process that reads it is
killed when it takes too long, dies when it takes too much, and is started anew for the next page.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

import board
from board.prompts import Examined, Format

SECONDS = 10.0  # a page of 512 KB takes a tenth of a second; the slowest known made-up one takes six
MAX_CHARS = 512 * 1024  # as much as is read of a post; the rest need not cross the pipe
ROOT = Path(board.__file__).resolve().parents[1]  # so that a checkout is found from wherever one stands


class Unreadable(Exception):
    """A post could not be examined; the message says why, in plain words."""


class Detector:
    """Examines posts, one after the other. For one thread; close it, or use it in a `with` block."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Detector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, mistake: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def examine(self, body: str | bytes, form: Format) -> Examined:
        """The post in `body`. Raises Unreadable when that takes more time or memory than a post is worth."""
        text = body[: 4 * MAX_CHARS].decode("utf-8", "replace") if isinstance(body, bytes) else body
        question = json.dumps({"body": text[:MAX_CHARS], "form": form}).encode() + b"\n"
        line, too_late = self._ask(question)
        if too_late:
            raise Unreadable(f"reading it took longer than {self._seconds:g} seconds")
        said = json.loads(line) if line.endswith(b"\n") else {}
        if not said:
            self.close()
            raise Unreadable("reading it took too much memory")
        return Examined.from_dict(said)

    def close(self) -> None:
        """End the process. The next post begins a new one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.communicate()

    def _ask(self, question: bytes) -> tuple[bytes, bool]:
        """The child's answer, cut short when it died, and whether it was killed for taking too long."""
        child = self._running()
        killed = threading.Event()
        timer = threading.Timer(self._seconds, self._kill, (child, killed))
        timer.start()
        try:
            assert child.stdin is not None  # noqa: S101  # it was opened with both pipes
            assert child.stdout is not None  # noqa: S101
            child.stdin.write(question)
            child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if killed.is_set():
            self.close()
        return line, killed.is_set()

    @staticmethod
    def _kill(child: subprocess.Popen[bytes], killed: threading.Event) -> None:
        killed.set()
        child.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(  # our own module, no shell
                [sys.executable, "-m", "board.sources.child"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._child
