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

from board.prompts import Examined, Format

SECONDS = 10.0  # a page of 512 KB takes a tenth of a second; the slowest known made-up one takes six
MAX_CHARS = 512 * 1024  # as much as is read of a post; the rest need not cross the pipe
ROOT = Path(__file__).resolve().parents[2]  # so that a checkout is found from wherever one stands


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
        line = self._exchange(question, self._seconds)
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
            self._child = subprocess.Popen(
                [sys.executable, "-m", "board.sources.child"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            self._child.stdout.readline()  # type: ignore[union-attr]
        return self._child


def _kill(child: subprocess.Popen[bytes], killed: threading.Event) -> None:
    killed.set()
    child.kill()
