"""From a row of the outbox to the bytes of a mail. Nothing a reader typed can add a header.

Two habits of the standard library are guarded against here, both seen on Python 3.11: a header
value that contains an encoded word (`=?utf-8?q?=0A?=`) is decoded and then written with the line
break in it, and a long address in `List-Unsubscribe` is folded into encoded words that no mail
program reads.
"""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

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
BOUNDARY = (
    "=_board_"  # no quoted-printable line holds that: "=" stands before two digits or an end (RFC 2045)
)
ENCODING = "Content-Transfer-Encoding: quoted-printable"
SPECIAL = frozenset(' ()<>[]:;@\\,"')  # RFC 5322, 3.2.3
OWN = ("Message-ID", "Date", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type")
VERBATIM = frozenset(name.lower() for name in (*EXTRA, *OWN))  # made by us, ASCII, not to be folded
OURS = VERBATIM | {"from", "to", "subject"}


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


class MailPolicy(EmailPolicy):
    """SMTP's rules, with our own structural headers as they are, on one line each."""

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        return (
            (name, _structural(value))
            if name.lower() in VERBATIM
            else super().header_store_parse(name, value)
        )

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}\r\n" if name.lower() in VERBATIM else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return (
            self.fold(name, value).encode() if name.lower() in VERBATIM else super().fold_binary(name, value)
        )


PLAIN = MailPolicy(linesep="\r\n")
INTERNATIONAL = MailPolicy(linesep="\r\n", utf8=True)


def compose(message: OutboxMessage, *, mail_from: str, now: datetime, sender: str = "") -> Parcel:
    """The mail that `message` stands for, from the board's own address. Raises Unmailable.

    sender: where what comes back of it goes, if not to that address.
    """
    policy = PLAIN if message.recipient.isascii() else INTERNATIONAL
    mail = EmailMessage(policy=policy)
    try:
        mail["From"] = _address(mail_from, _line(message.sender_name, MAX_NAME_CHARS))
        mail["To"] = _address(message.recipient)
        mail["Subject"] = _line(message.subject, len(message.subject))
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = message.message_id
        _add_habits(mail, message.headers)
        boundary = BOUNDARY + hashlib.sha256(message.message_id.encode()).hexdigest()[:32]
        mail["MIME-Version"] = "1.0"
        mail["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
        head = b"".join(policy.fold_binary(name, value) for name, value in mail.raw_items())
    except (ValueError, MessageError, IndexError) as mistake:  # IndexError: the library's answer to "@"
        raise Unmailable(f"{type(mistake).__name__}: {mistake}") from mistake
    _refuse_foreign_headers(head)
    raw = head + b"\r\n" + _body(boundary, plain=message.text, html=message.html)
    return Parcel(message.id, message.kind, sender or mail_from, message.recipient, raw)


def _add_habits(mail: EmailMessage, extra: Mapping[str, str]) -> None:
    """What keeps holiday notices from answering, and what the kind of mail adds."""
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834
    mail["X-Auto-Response-Suppress"] = "All"
    for name in EXTRA:
        if name in extra:
            mail[name] = extra[name]


def _line(words: str, limit: int) -> str:
    """One line without characters that hide or break, and without the beginning of an encoded word."""
    return cut(text.clean_name(words).replace("=?", "= ?"), limit)


def _address(address: str, name: str = "") -> Address:
    """By its two halves: given whole, the library refuses what lies beyond ASCII."""
    local, _, domain = address.rpartition("@")
    if not (local and domain) or any(not one.isprintable() or one in SPECIAL for one in local + domain):
        raise ValueError("this is not a bare address")
    return Address(name, local, domain)


def _structural(value: str) -> str:
    if not value.isascii() or not value.isprintable() or "=?" in value:
        raise ValueError("a structural header is one line of ASCII")
    return value


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
