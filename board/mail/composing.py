"""From a row of the outbox to the bytes of a mail. Nothing a reader typed can add a header.

Two habits of the standard library are guarded against here, both seen on Python 3.11: a header
value that contains an encoded word (`=?utf-8?q?=0A?=`) is decoded and then written with the line
break in it, and a long address in `List-Unsubscribe` is folded into encoded words that no mail
program reads.
"""

from __future__ import annotations

import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from board import text
from board.mail.models import OutboxMessage
from board.mail.rendering import cut

MAX_NAME_CHARS = 80
EXTRA = (
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Precedence",
    "Reply-To",
)
# no quoted-printable line holds that: there "=" stands before two digits or an end (RFC 2045, 6.7)
BOUNDARY = "=_board_"
SHORT_LINE = 70  # with "Subject: " before it, a line that nobody folds
ENCODING = "Content-Transfer-Encoding: quoted-printable"
SPECIAL = frozenset(' ()<>[]:;@\\,"')  # RFC 5322, 3.2.3
OURS = frozenset(
    (
        "From To Subject Date Message-ID Auto-Submitted X-Auto-Response-Suppress MIME-Version Content-Type "
        + " ".join(EXTRA)
    )
    .lower()
    .split()
)


class Unmailable(Exception):
    """No mail can be made of this row: an address that is none, or words that no header holds."""


@dataclass(frozen=True)
class Parcel:
    """A mail ready to go, that needs the database no more."""

    id: int
    kind: str
    sender: str
    recipient: str
    raw: bytes

    @property
    def is_international(self) -> bool:
        """Its address needs a server that knows SMTPUTF8 (RFC 6531)."""
        return not self.recipient.isascii()


PLAIN = EmailPolicy(linesep="\r\n")
INTERNATIONAL = EmailPolicy(linesep="\r\n", utf8=True)


def compose(message: OutboxMessage, *, mail_from: str, now: datetime, sender: str = "") -> Parcel:
    """The mail that `message` stands for, from the board's own address. Raises Unmailable.

    sender: where what comes back of it goes, if not to that address.
    """
    boundary = BOUNDARY + hashlib.sha256(message.message_id.encode()).hexdigest()[:32]
    own = {
        "Date": format_datetime(now),
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: holiday notices do not answer
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    extra = {name: message.headers[name] for name in EXTRA if name in message.headers}
    try:
        head = b"".join(
            [
                _from(mail_from, message.sender_name),
                _to(message.recipient),
                _subject(message.subject, is_international=not message.recipient.isascii()),
                *(_structural(name, value) for name, value in (own | extra).items()),
            ]
        )
    except (ValueError, MessageError, IndexError) as mistake:  # IndexError: the library's answer to "@"
        raise Unmailable(f"{type(mistake).__name__}: {mistake}") from mistake
    _refuse_foreign_headers(head)
    raw = head + b"\r\n" + _body(boundary, plain=message.text, html=message.html)
    return Parcel(message.id, message.kind, sender or mail_from, message.recipient, raw)


@lru_cache(maxsize=256)  # the same few write to many, and the library takes its time
def _from(mail_from: str, name: str) -> bytes:
    policy = PLAIN if mail_from.isascii() else INTERNATIONAL
    return _folded("From", _address(mail_from, _line(name, MAX_NAME_CHARS)), policy)


def _to(recipient: str) -> bytes:
    address = _address(recipient)
    return _structural("To", recipient) if recipient.isascii() else _folded("To", address, INTERNATIONAL)


def _subject(words: str, *, is_international: bool) -> bytes:
    """Most are one short line of ASCII; for the others there is the library."""
    line = _line(words, len(words))
    if line.isascii() and line.isprintable() and len(line) <= SHORT_LINE and "=?" not in line:
        return _structural("Subject", line)
    return _folded("Subject", line, INTERNATIONAL if is_international else PLAIN)


def _folded(name: str, value: str | Address, policy: EmailPolicy[Any]) -> bytes:
    """A header as the library writes it: encoded where it has to be, on as many lines as it takes."""
    header = policy.header_factory(name, value)
    return policy.fold_binary(name, header)


def _structural(name: str, value: str) -> bytes:
    """A header that we made, on one line, of which nothing is decoded or folded. Raises ValueError."""
    if not value.isascii() or not value.isprintable() or "=?" in value:
        raise ValueError("a structural header is one line of ASCII")
    return f"{name}: {value}\r\n".encode()


def _line(words: str, limit: int) -> str:
    """One line without characters that hide or break, and without the beginning of an encoded word."""
    return cut(text.clean_name(words).replace("=?", "= ?"), limit)


def _address(address: str, name: str = "") -> Address:
    """By its two halves: given whole, the library refuses what lies beyond ASCII."""
    local, _, domain = address.rpartition("@")
    if not (local and domain) or any(not one.isprintable() or one in SPECIAL for one in local + domain):
        raise ValueError("this is not a bare address")
    return Address(name, local, domain)


def _body(boundary: str, **parts: str) -> bytes:
    """The same in several ways, the plainest first, by what they are called after `text/` (RFC 2046, 5.1.4).

    The library takes a millisecond for this, which is half of what sending takes.
    """
    pieces = [
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n{ENCODING}\r\n\r\n".encode()
        + binascii.b2a_qp("\r\n".join(words.splitlines()).encode(), istext=True)
        for kind, words in parts.items()
    ]
    return b"\r\n".join([*pieces, f"--{boundary}--\r\n".encode()])


def _refuse_foreign_headers(head: bytes) -> None:
    """The last look: exactly our headers, each once. Raises Unmailable."""
    lines = [line for line in head.split(b"\r\n") if line[:1] not in {b"", b" ", b"\t"}]
    names = [line.partition(b":")[0].lower().decode("ascii", "replace") for line in lines]
    if len(set(names)) != len(names) or not set(names) <= OURS or b"\n" in head.replace(b"\r\n", b""):
        raise Unmailable("the mail would have had headers that are not ours")
