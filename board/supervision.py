"""Keeping several processes alive together, and ending them together."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, cast

import click

LOOK_EVERY_SECONDS = 0.05
STOP_SECONDS = 10.0  # the worker may be in the middle of a mail
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
STEADY_SECONDS = 60.0  # a child that lived so long is not in a loop of deaths
PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG
SIGNALS = (signal.SIGINT, signal.SIGTERM)
IS_LINUX = sys.platform.startswith("linux")
# Forking spares the web server from loading everything again; elsewhere it is not safe or not there.
PROCESSES: Any = multiprocessing.get_context("fork" if IS_LINUX else "spawn")


class Child:
    """A program of ours. essential: without it there is no sense in the rest; others are started again."""

    def __init__(
        self, name: str, target: Callable[..., None], arguments: tuple[Any, ...], *, essential: bool = False
    ) -> None:
        self.name, self.target, self.arguments, self.essential = name, target, arguments, essential
        self.process: BaseProcess | None = None
        self.pause = FIRST_PAUSE_SECONDS
        self.started_at = 0.0
        self.start_again_at = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = PROCESSES.Process(target=_begin, args=(os.getpid(), self.target, self.arguments))
        self.process.start()

    @property
    def is_dead(self) -> bool:
        return self.process is not None and not self.process.is_alive()

    def plan_restart(self, now: float) -> None:
        """To be started again after a pause that doubles with each early death."""
        if now - self.started_at > STEADY_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS
        self.process, self.start_again_at = None, now + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE_SECONDS)


class Supervisor:
    """Starts children, watches them, and ends them all at the first signal that asks for it."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.asked_to_stop = threading.Event()

    def serve(self, *, ready: Callable[[], bool], words: str) -> int:
        """Run until asked to stop (0), or until an essential child died (1).

        words: what to tell once `ready` holds.
        """
        for number in SIGNALS:
            signal.signal(number, lambda *_: self.asked_to_stop.set())
        try:
            for child in self.children:
                child.start()
            if self._watch(until=ready):
                click.echo(words)
                self._watch(until=lambda: False)
        finally:
            for number in SIGNALS:
                signal.signal(number, signal.SIG_IGN)  # impatience must not leave an orphan
            self._stop_all()
        if self.asked_to_stop.is_set():
            return 0
        lost = next((child.name for child in self.children if child.essential), "A program")
        click.echo(f"{lost} stopped by itself, so everything is stopped.", err=True)
        return 1

    def _watch(self, until: Callable[[], bool]) -> bool:
        """Keep the children alive until `until` holds (True), or until stopping is due (False)."""
        while not self.asked_to_stop.wait(LOOK_EVERY_SECONDS):
            now = time.monotonic()
            for child in self.children:
                if child.is_dead and child.essential:
                    return False
                if child.is_dead:
                    child.plan_restart(now)
                    click.echo(f"{child.name} stopped; it is started again in {child.pause:.0f} s.", err=True)
                elif child.process is None and now >= child.start_again_at:
                    child.start()
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
            process.join(max(0.0, end - time.monotonic()))
            _insist(process)
            process.join()


def _begin(parent: int, target: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """What a child does first: a group of its own, ordinary signals, and no life without its parent."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    if IS_LINUX:
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    if os.getppid() == parent:
        target(*arguments)


def _insist(process: BaseProcess) -> None:
    """End a child that does not listen, and whatever one that is gone left behind."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(cast(int, process.pid), signal.SIGKILL)
    elif process.is_alive():
        process.kill()
