"""A real Chromium, and pages that report every mistake they see."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # nothing outside this machine is ever asked
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)
PATIENCE_MILLISECONDS = 10_000
FAILURES = Path(tempfile.gettempdir()) / "board-failures"


class Problems:
    """What went wrong in a page's eyes: console errors, exceptions, broken policies.

    A test that provokes one names a part of it in `expect`; any other fails the test.
    """

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._expected: list[str] = []

    def expect(self, part: str) -> None:
        """Allow problems whose words contain `part`, such as "status of 422"."""
        self._expected.append(part)

    @property
    def unexpected(self) -> list[str]:
        return [problem for problem in self.seen if not any(part in problem for part in self._expected)]

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"exception: {error.error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


class Pages:
    """Opens pages in a context of their own, and closes all at the end of the test."""

    def __init__(self, browser: Browser, problems: Problems) -> None:
        self._browser = browser
        self._problems = problems
        self._contexts: list[BrowserContext] = []

    def open(self, **context_options: Any) -> Page:
        """A page in a fresh context; `context_options` as playwright's `new_context` takes them."""
        context = self._browser.new_context(**context_options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self._problems.watch(context)
        self._contexts.append(context)
        return context.new_page()

    def photograph(self, test: str) -> list[Path]:
        """Pictures of every open page, for somebody who wonders why a test failed."""
        FAILURES.mkdir(exist_ok=True)
        open_pages = [page for context in self._contexts for page in context.pages]
        pictures = []
        for number, page in enumerate(open_pages, 1):
            picture = FAILURES / f"{re.sub(r'[^A-Za-z0-9]+', '-', test).strip('-')}-{number}.png"
            page.screenshot(path=picture, full_page=True)
            pictures.append(picture)
        return pictures

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@contextlib.contextmanager
def running_browser() -> Iterator[Browser]:
    """A headless Chromium: the one in BOARD_CHROMIUM, on the path, or downloaded by playwright.

    Playwright's own event loop stays in the main thread until the end, so nothing else there
    may call asyncio.run meanwhile.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=_flags())
        try:
            yield browser
        finally:
            browser.close()


def _program() -> str | None:
    found = (path for name in PROGRAMS if (path := shutil.which(name)))
    return os.environ.get("BOARD_CHROMIUM") or next(found, None)


def _flags() -> list[str]:
    as_root = hasattr(os, "getuid") and os.getuid() == 0  # Chromium's sandbox refuses to run as root
    return [*FLAGS, "--no-sandbox"] if as_root else [*FLAGS]
