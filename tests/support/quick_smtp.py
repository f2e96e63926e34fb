"""An SMTP server quick enough not to hide who sends to it, and as unkind as one wants.

It runs in a process of its own, speaks what a sender needs of RFC 5321 and no more, and writes down what it
took: one line for each mail, in a file, with the recipient and the Message-ID.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE | re.IGNORECASE)
GREETING = b"220 quick.test ready\r\n"
EXTENSIONS = b"250-quick.test\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 10000000\r\n"
LATER, NEVER = b"451 4.3.0 Try again later\r\n", b"550 5.7.1 Not wanted here\r\n"
GREYLISTED = b"451 4.7.1 Greylisted, try again\r\n"
OK, GO_ON = b"250 2.0.0 OK\r\n", b"354 Go on\r\n"


@dataclass(frozen=True)
class Manners:
    """How often (0 to 1) it does what. greylists: the first time it sees a recipient. refuses: a recipient for
    good, always the same ones. hangs_up: instead of taking the words. swallows: hangs up after it took them,
    before it says so. away_every, away_for: seconds in which it cannot be reached."""

    greylists: bool = False
    later: float = 0.0
    refuses: float = 0.0
    hangs_up: float = 0.0
    swallows: float = 0.0
    away_every: float = 0.0
    away_for: float = 0.0

    def is_away(self, begun: float) -> bool:
        """Whether it is away now; it is there for a while first."""
        if not self.away_every:
            return False
        return (time.monotonic() - begun) % (self.away_every + self.away_for) > self.away_every


KIND = Manners()


@contextmanager
def quick_smtp(log: Path, manners: Manners = KIND) -> Iterator[int]:
    """A running server, by its port."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    server = multiprocessing.get_context("fork").Process(target=_serve, args=(listening, log, manners))
    server.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.terminate()
        server.join(5)
        listening.close()


@contextmanager
def whole_smtp(log: Path) -> Iterator[int]:
    """The same with aiosmtpd, which speaks all of the RFC and takes its time for it."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    server = multiprocessing.get_context("fork").Process(target=_serve_whole, args=(listening, log))
    server.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.terminate()
        server.join(5)
        listening.close()


class Taken(NamedTuple):
    """One mail that it took. is_swallowed: and never said so."""

    recipient: str
    message_id: str
    is_swallowed: bool


def taken(log: Path) -> list[Taken]:
    """Every mail it took, in order."""
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    parts = [line.split() for line in lines]
    return [Taken(recipient, message_id, how == "swallowed") for recipient, message_id, how in parts]


def is_refused(recipient: str, manners: Manners) -> bool:
    return random.Random(f"refused {recipient}").random() < manners.refuses  # noqa: S311  # no secret


def _serve(listening: socket.socket, log: Path, manners: Manners) -> None:
    asyncio.run(_serve_for_ever(listening, log, manners))


async def _serve_for_ever(listening: socket.socket, log: Path, manners: Manners) -> None:
    seen: set[str] = set()
    begun = time.monotonic()
    with log.open("a", buffering=1, encoding="utf-8") as book:
        server = await asyncio.get_running_loop().create_server(
            lambda: _Session(book.write, manners, seen, begun), sock=listening
        )
        await server.serve_forever()


def _serve_whole(listening: socket.socket, log: Path) -> None:
    asyncio.run(_serve_whole_for_ever(listening, log))


async def _serve_whole_for_ever(listening: socket.socket, log: Path) -> None:
    with log.open("a", buffering=1, encoding="utf-8") as book:
        handler = _Book(book.write)
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), sock=listening)
        await server.serve_forever()


class _Book:
    """Writes down what aiosmtpd took."""

    def __init__(self, write_down: Callable[[str], object]) -> None:
        self._write_down = write_down

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        for recipient in envelope.rcpt_tos:
            self._write_down(_line(recipient, envelope.content, "taken"))
        return "250 2.0.0 OK"


def _line(recipient: str, words: bytes, how: str) -> str:
    found = MESSAGE_ID.search(words)
    return f"{recipient} {found.group(1).decode() if found else '?'} {how}\n"


class _Session(asyncio.Protocol):
    """One connection."""

    def __init__(
        self, write_down: Callable[[str], object], manners: Manners, seen: set[str], begun: float
    ) -> None:
        self._write_down, self._manners, self._seen, self._begun = write_down, manners, seen, begun
        self._buffer, self._recipient, self._reads_words = b"", "", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._manners.is_away(self._begun):
            transport.abort()
        else:
            transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := b"\r\n.\r\n" if self._reads_words else b"\r\n") in self._buffer:
            said, _, self._buffer = self._buffer.partition(end)
            answer = self._words(said) if self._reads_words else self._command(said)
            if answer is None:
                self._transport.abort()
                return
            self._transport.write(answer)

    def _command(self, said: bytes) -> bytes | None:
        verb = said[:4].upper()
        if self._manners.is_away(self._begun):
            return None
        if verb == b"EHLO":
            return EXTENSIONS
        if verb == b"RCPT":
            return self._recipient_named(said)
        if verb == b"DATA":
            self._reads_words = True
            return None if self._happens(self._manners.hangs_up) else GO_ON
        if verb == b"QUIT":
            return b"221 2.0.0 Bye\r\n"
        return OK

    def _recipient_named(self, said: bytes) -> bytes:
        self._recipient = said.partition(b"<")[2].partition(b">")[0].decode()
        if is_refused(self._recipient, self._manners):
            return NEVER
        if self._manners.greylists and self._recipient not in self._seen:
            self._seen.add(self._recipient)
            return GREYLISTED
        return LATER if self._happens(self._manners.later) else OK

    def _words(self, words: bytes) -> bytes | None:
        self._reads_words = False
        swallows = self._happens(self._manners.swallows)
        self._write_down(_line(self._recipient, words, "swallowed" if swallows else "taken"))
        return None if swallows else OK

    def _happens(self, chance: float) -> bool:
        return random.random() < chance  # noqa: S311  # bad luck needs no secrecy
