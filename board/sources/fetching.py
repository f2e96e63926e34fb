"""Fetching from the web: the only outgoing request of the board, and a careful one.

An address may come from anybody and lead anywhere, so only hosts that were checked are asked (connecting),
redirects are followed by hand and checked the same way, and size and time are bounded as a whole.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from board.foundation.origins import OriginRefused, normal_origin
from board.sources.answers import PAGE, Answer, Download, Fetched, Wanted
from board.sources.connecting import Allowed, Deadline, connect, is_public
from board.sources.receiving import UNCHANGED, receive, refusal_of
from board.sources.refusals import FetchRefused

__all__ = ["FetchRefused", "Web", "fetch", "is_public"]

MAX_REDIRECTS = 4
MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})
PORTS = {"http": 80, "https": 443}
ASCII_SAFE = "%/:?#[]@!$&'()*+,;=-._~"  # RFC 3986, 2.2 and 2.3, and what is escaped already
IN_MEMORY_BYTES = 2 * 1024 * 1024  # what is larger is kept in a temporary file

try:
    VERSION = version("reflection-board")
except PackageNotFoundError:  # a checkout that was not installed
    VERSION = "0"
PURPOSE = "reads the closing question of a post"
USER_AGENT = f"ReflectionBoard/{VERSION} ({PURPOSE})"


@dataclass(frozen=True)
class Web:
    """How this board asks the web.

    agent: under which name. inside: origins that may be asked though they are not public, because the owner
    of the board says so. allow, any_port: for tests against a server on this machine.
    """

    agent: str = USER_AGENT
    inside: frozenset[str] = frozenset()
    allow: Allowed = is_public
    any_port: bool = False

    def fetch(self, address: str, wanted: Wanted = PAGE) -> Fetched:
        """What is at `address`, an http or https address. Raises FetchRefused."""
        with self.download(address, wanted) as one:
            told = {name: value for name, value in vars(one).items() if name != "file"}
            return Fetched(body=one.file.read(), **told)

    @contextmanager
    def download(self, address: str, wanted: Wanted = PAGE) -> Iterator[Download]:
        """What is at `address`, as a file that is gone after the block. Raises FetchRefused."""
        with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as file:
            deadline = Deadline(wanted.seconds)
            try:
                answer = self._follow(address, wanted, file, deadline)
            finally:
                deadline.cancel()
            file.seek(0)
            yield Download(file=file, **vars(answer))

    def _follow(self, address: str, wanted: Wanted, file: IO[bytes], deadline: Deadline) -> Answer:
        moved_to, for_good = None, True
        for _ in range(MAX_REDIRECTS + 1):
            status, headers = self._ask(_parts(address), wanted, file, deadline)
            if status not in MOVED or not headers.get("Location"):
                if refusal := refusal_of(status, headers, wanted):
                    raise refusal
                return replace(_answer(address, headers), moved_to=moved_to, is_unchanged=status == UNCHANGED)
            address = _sent_on(address, headers["Location"])
            for_good = for_good and status in MOVED_FOR_GOOD
            moved_to = address if for_good else moved_to
        raise FetchRefused("redirects", f"it was sent on more than {MAX_REDIRECTS} times")

    def _ask(
        self, parts: SplitResult, wanted: Wanted, file: IO[bytes], deadline: Deadline
    ) -> tuple[int, http.client.HTTPMessage]:
        # Its own host is never used: it is given the socket of an address that was checked.
        connection = http.client.HTTPConnection("checked.invalid", timeout=deadline.seconds)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        origin = _origin(parts)
        headers = {"Host": origin.partition("://")[2], "User-Agent": self.agent, **wanted.headers}
        try:
            connection.sock = self._connected(parts, origin, deadline)
            connection.request("GET", quote(path, safe=ASCII_SAFE), headers=headers)
            with connection.getresponse() as answer:
                receive(answer, wanted, file)
        except (OSError, http.client.HTTPException, UnicodeError) as mistake:
            deadline.check()
            raise FetchRefused(
                "network", f"the server could not be read ({type(mistake).__name__})"
            ) from None
        finally:
            connection.close()
        deadline.check()
        return answer.status, answer.headers

    def _connected(self, parts: SplitResult, origin: str, deadline: Deadline) -> socket.socket:
        is_inside = origin in self.inside
        usual = PORTS[parts.scheme]
        port = parts.port or usual
        if port != usual and not (is_inside or self.any_port):
            raise FetchRefused("port", "only the usual ports of the web are asked")
        allow = (lambda _address: True) if is_inside else self.allow
        return connect(parts.scheme, parts.hostname or "", port, allow=allow, deadline=deadline)


def fetch(
    address: str,
    wanted: Wanted = PAGE,
    *,
    allow: Allowed = is_public,
    any_port: bool = False,
    deadline_seconds: float | None = None,
) -> Fetched:
    """What is at `address`, asked for under the board's plain name. Raises FetchRefused."""
    seconds = wanted.seconds if deadline_seconds is None else deadline_seconds
    return Web(allow=allow, any_port=any_port).fetch(address, replace(wanted, seconds=seconds))


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise FetchRefused("address", "it is not a web address") from None
    if (
        parts.scheme not in PORTS
        or not parts.hostname
        or "@" in parts.netloc
        or any(c <= " " for c in address)
    ):
        raise FetchRefused("address", "only http and https addresses without a user name are read")
    return parts


def _origin(parts: SplitResult) -> str:
    try:
        return normal_origin(parts.geturl())
    except OriginRefused as refusal:
        raise FetchRefused("address", str(refusal)) from None


def _sent_on(address: str, location: str) -> str:
    """Where a redirect leads; its letters are UTF-8, though headers are read as Latin 1."""
    letters = location.strip().encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(address, letters.replace(" ", "%20"))
    except ValueError:
        raise FetchRefused("address", "it was sent on to something that is no web address") from None


def _answer(address: str, headers: http.client.HTTPMessage) -> Answer:
    return Answer(
        final_address=address,
        content_type=headers.get_content_type(),
        said_charset=headers.get_content_charset(),
        etag=headers.get("ETag", "").strip(),
        last_modified=headers.get("Last-Modified", "").strip(),
    )
