"""What came of an import, post by post, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from board.sources.folders import LeftOut
from board.sources.patterns import PatternRefused
from board.sources.reading import AddressMissing, Unreadable
from board.sources.refusals import FetchRefused
from board.sources.taking import Result, Taken
from board.threads.addresses import AddressRefused

SHOWN_FAILURES = 20


class Unusable(Exception):
    """A post cannot be taken; the message says why, in plain words."""


@dataclass
class Tally:
    """How many posts were new or had new words, were known, wait for the worker, were left out on purpose.

    `silent`: how many of the new ones ask nothing. `failures`: the first of those that could not be taken,
    with the reason; `failed`: how many there are.
    """

    taken: int = 0
    known: int = 0
    queued: int = 0
    left_out: int = 0
    opened: int = 0
    waiting: int = 0
    silent: int = 0
    failed: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    def note(self, taken: Taken) -> None:
        self.taken += taken.result is Result.TAKEN
        self.known += taken.result is Result.KNOWN
        self.queued += taken.result is Result.QUEUED
        self.opened += taken.opened
        self.waiting += taken.waiting
        self.silent += taken.result is Result.TAKEN and not taken.asks

    def fail(self, what: str, why: str) -> None:
        self.failed += 1
        if len(self.failures) < SHOWN_FAILURES:
            self.failures.append((what, why))

    @contextmanager
    def trying(self, what: str) -> Iterator[None]:
        """Note why a post could not be taken, and let the others go on."""
        try:
            yield
        except LeftOut:
            self.left_out += 1
        except AddressMissing:
            self.fail(what, "it does not say where it is published")
        except OSError as mistake:
            self.fail(what, mistake.strerror or type(mistake).__name__)
        except (AddressRefused, FetchRefused, PatternRefused, Unreadable, Unusable) as refusal:
            self.fail(what, str(refusal))


def in_words(tally: Tally) -> list[str]:
    """The result of an import, a line each; what is none is not mentioned."""
    counts = [
        (tally.taken, "read, new or with new words", "read, new or with new words"),
        (tally.known, "known already, and unchanged", "known already, and unchanged"),
        (tally.queued, "waits for the worker to read its page", "wait for the worker to read their pages"),
        (tally.left_out, "left out: not published, or no post", "left out: not published, or no posts"),
        (tally.failed, "could not be taken", "could not be taken"),
    ]
    lines = [
        f"{counted(number, 'post')} {one if number == 1 else more}." for number, one, more in counts if number
    ]
    if tally.taken:
        threads, prompts = counted(tally.opened, "thread"), counted(tally.waiting, "prompt")
        silent = counted(tally.silent, "post")
        lines.append(f"{threads} opened; {prompts} waiting on the desk; {silent} asking nothing.")
    lines += [f"  {what}: {why}" for what, why in tally.failures]
    if tally.failed > len(tally.failures):
        lines.append(f"  ... and {tally.failed - len(tally.failures)} more")
    return lines or ["There was no post in it."]


def counted(number: int, noun: str) -> str:
    """1 post, 2 posts, 5,000 posts"""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
