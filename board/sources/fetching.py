"""Fetching a post from the web: the only outgoing request of the board, and a careful one.

A page's address may come from anybody and lead anywhere, so the address is resolved once, every answer
must be public, and the connection goes to one of the addresses that were checked, never to the name
again. Redirects are followed by hand and checked the same way. Size and time are bounded as a whole.
Source: OWASP, "Server-Side Request Forgery Prevention"; RFC 6890 for what is not public.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from board.foundation.origins import OriginRefused, normal_origin
from board.sources.charsets import charset_of

MAX_BYTES = 2 * 1024 * 1024
MAX_REDIRECTS = 4
DEADLINE_SECONDS = 20.0
PORTS = {"http": 80, "https": 443}
READABLE = (
    "text/html",
    "application/xhtml+xml",
    "text/markdown",
    "text/plain",
    "application/xml",
    "text/xml",
)
ASCII_SAFE = "%/:?#[]@!$&'()*+,;=-._~"  # RFC 3986, 2.2 and 2.3, and what is escaped already
NAT64 = ipaddress.ip_network("64:ff9b::/96")

try:
    VERSION = version("reflection-board")
except PackageNotFoundError:  # a checkout that was not installed
    VERSION = "0"
USER_AGENT = f"ReflectionBoard/{VERSION} (reads the closing question of a post)"

ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.5"

Allowed = Callable[[str], bool]


class FetchRefused(Exception):
    """The page was not fetched. `reason` is a code; the message says it in plain words."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True)
class Fetched:
    """A page as it came: where from in the end, of which kind, its bytes and their charset."""

    final_address: str
    content_type: str
    body: bytes
    charset: str

    @property
    def text(self) -> str:
        """The page as text; what cannot be read in its charset is replaced."""
        return self.body.decode(self.charset, "replace")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, looked at through all its disguises."""
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner:
            return is_public(str(inner))
        if parsed.teredo:
            return False
        if parsed in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast


def fetch(
    address: str,
    *,
    allow: Allowed = is_public,
    any_port: bool = False,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> Fetched:
    """The page at `address`, an http or https address on its usual port.

    Takes at most `deadline_seconds` in all and MAX_BYTES. allow, any_port: for tests against a server on
    this machine. Raises FetchRefused.
    """
    deadline = _Deadline(deadline_seconds)
    try:
        for _ in range(MAX_REDIRECTS + 1):
            parts = _parts(address, any_port)
            status, headers, body = _get(parts, allow, deadline)
            if status in {301, 302, 303, 307, 308} and headers.get("Location"):
                address = _sent_on(address, headers["Location"])
                continue
            if status != 200:
                raise FetchRefused("status", f"the server answered {status}")
            return _fetched(address, headers, body)
        raise FetchRefused("redirects", f"it was sent on more than {MAX_REDIRECTS} times")
    finally:
        deadline.cancel()


class _Deadline:
    """Shuts the present socket when time is up: a limit per read alone lets a slow server go on for ever."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connected: socket.socket) -> None:
        self._socket = connected
        self.check()

    def check(self) -> None:
        if self.passed:
            raise FetchRefused("time", f"it took longer than {self.seconds:g} seconds")

    def cancel(self) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        if self._socket is not None:
            try:
                # Not the method of an encrypted socket, which pulls its keys from under a reader's feet.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return  # it was closed in this very moment


def _sent_on(address: str, location: str) -> str:
    """Where a redirect leads; its letters are UTF-8, though headers are read as Latin 1."""
    letters = location.strip().encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(address, letters.replace(" ", "%20"))
    except ValueError:
        raise FetchRefused("address", "it was sent on to something that is no web address") from None


def _parts(address: str, any_port: bool) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise FetchRefused("address", "it is not a web address") from None
    if (
        parts.scheme not in PORTS
        or not parts.hostname
        or "@" in parts.netloc
        or any(c <= " " for c in address)
    ):
        raise FetchRefused("address", "only http and https addresses without a user name are read")
    if not any_port and port not in {None, PORTS[parts.scheme]}:
        raise FetchRefused("port", "only the usual ports of the web are asked")
    return parts


def _get(
    parts: SplitResult, allow: Allowed, deadline: _Deadline
) -> tuple[int, http.client.HTTPMessage, bytes]:
    # Its own host is never used: it is given the socket of an address that was checked.
    connection = http.client.HTTPConnection("checked.invalid", timeout=deadline.seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Host": _host_and_port(parts),
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",
        "Accept": ACCEPT,
    }
    try:
        connection.sock = _connected(parts, allow, deadline)
        connection.request("GET", quote(path, safe=ASCII_SAFE), headers=headers)
        with connection.getresponse() as answer:
            body = _body(answer)
    except (OSError, http.client.HTTPException, UnicodeError) as mistake:
        deadline.check()
        raise FetchRefused("network", f"the server could not be read ({type(mistake).__name__})") from None
    finally:
        connection.close()
    deadline.check()
    return answer.status, answer.headers, body


def _host_and_port(parts: SplitResult) -> str:
    try:
        return normal_origin(parts.geturl()).partition("://")[2]
    except OriginRefused as refusal:
        raise FetchRefused("address", str(refusal)) from None


def _connected(parts: SplitResult, allow: Allowed, deadline: _Deadline) -> socket.socket:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchRefused("name", "its host is not known") from None
    addresses = [str(answer[4][0]) for answer in found]
    if not addresses or not all(allow(one) for one in addresses):
        raise FetchRefused("private", "its host is not on the public internet")
    plain = _first_to_answer(addresses, port, deadline)
    if parts.scheme == "http":
        return plain
    try:
        wrapped = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise
    deadline.watch(wrapped)
    return wrapped


def _first_to_answer(addresses: list[str], port: int, deadline: _Deadline) -> socket.socket:
    """A connection to the first of the checked addresses that takes one: not every machine has IPv6."""
    failure = OSError()
    for address in dict.fromkeys(addresses):
        deadline.check()
        try:
            connected = socket.create_connection((address, port), timeout=deadline.seconds)
        except OSError as mistake:
            failure = mistake
        else:
            deadline.watch(connected)
            return connected
    raise failure


def _body(answer: http.client.HTTPResponse) -> bytes:
    body = answer.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise FetchRefused("size", f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
    if answer.length:  # what was promised and did not come: a post without its end has no closing prompt
        raise FetchRefused("network", "the server stopped in the middle of the page")
    return body


def _fetched(address: str, headers: http.client.HTTPMessage, body: bytes) -> Fetched:
    kind = headers.get_content_type()
    if kind not in READABLE:
        raise FetchRefused("type", f"it is {kind}, not a page of text")
    return Fetched(address, kind, body, charset_of(body, headers.get_content_charset()))
