"""A connection to a host of the web that was looked at first, all within one deadline.

The name is resolved once, every answer must be allowed, and the connection goes to one of the addresses
that were checked, never to the name again.
Source: OWASP, "Server-Side Request Forgery Prevention"; RFC 6890 for what is not public.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence

from board.sources.refusals import FetchRefused

NAT64 = ipaddress.ip_network("64:ff9b::/96")

Allowed = Callable[[str], bool]


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


class Deadline:
    """Shuts the present socket when time is up: a limit per read alone lets a slow server go on for ever."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self._ends_at = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        """Seconds, never none: a timeout of 0 would mean "at once"."""
        return max(self._ends_at - time.monotonic(), 0.01)

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


def connect(scheme: str, host: str, port: int, *, allow: Allowed, deadline: Deadline) -> socket.socket:
    """A socket to `host`, encrypted for https, watched by `deadline`.

    allow: whether an IP address may be asked; all addresses of the host must be allowed.
    Raises FetchRefused, OSError.
    """
    addresses = _resolved(host, port, deadline)
    if not addresses or not all(allow(one) for one in addresses):
        raise FetchRefused("private", "its host is not on the public internet")
    plain = _first_to_answer(addresses, port, deadline)
    return _encrypted(plain, host, deadline) if scheme == "https" else plain


def _resolved(host: str, port: int, deadline: Deadline) -> Sequence[str]:
    """All addresses of a host. The system's resolver knows no deadline, so it is asked in a thread that is
    left behind if need be."""
    answers: queue.SimpleQueue[Sequence[str] | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(answer[4][0]) for answer in found])
        except (OSError, UnicodeError):
            answers.put(None)

    threading.Thread(target=ask, name=f"asks for {host[:60]}", daemon=True).start()
    try:
        addresses = answers.get(timeout=deadline.left)
    except queue.Empty:
        deadline.passed = True
        deadline.check()
        raise
    if addresses is None:
        raise FetchRefused("name", "its host is not known")
    return addresses


def _first_to_answer(addresses: Sequence[str], port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first of the checked addresses that takes one: not every machine has IPv6."""
    failure = OSError()
    for address in dict.fromkeys(addresses):
        deadline.check()
        try:
            connected = socket.create_connection((address, port), timeout=deadline.left)
        except OSError as mistake:
            failure = mistake
        else:
            deadline.watch(connected)
            return connected
    raise failure


def _encrypted(plain: socket.socket, host: str, deadline: Deadline) -> socket.socket:
    """TLS over `plain`, with all checks of the certificate. The deadline watches the handshake too."""
    context = ssl.create_default_context()
    try:
        wrapped = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    except OSError:
        plain.close()
        raise
    try:
        deadline.watch(wrapped)
        wrapped.do_handshake()
    except (OSError, FetchRefused):
        wrapped.close()
        raise
    return wrapped
