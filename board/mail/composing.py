"""From a row of the outbox to the bytes of a mail. Nothing a reader typed can add a header.

Two habits of the standard library are guarded against here, both seen on Python 3.11: a header
value that contains an encoded word (`=?utf-8?q?=0A?=`) is decoded and then written with the line
break in it, and a long address in `List-Unsubscribe` is folded into encoded words that no mail
program reads.
"""

from __future__ import annotations

import email
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy

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
SPECIAL = frozenset(' ()<>[]:;@\\,"')  # RFC 5322, 3.2.3
VERBATIM = frozenset(name.lower() for name in (*EXTRA, "Message-ID"))  # made by us, ASCII, not to be folded
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


class MailPolicy(EmailPolicy):
    """SMTP's rules, with our own structural headers on one line each."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}\r\n" if name.lower() in VERBATIM else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return (
            self.fold(name, value).encode() if name.lower() in VERBATIM else super().fold_binary(name, value)
        )


def compose(message: OutboxMessage, *, mail_from: str, now: datetime) -> Parcel:
    """The mail that `message` stands for, from the board's own address. Raises Unmailable."""
    policy = MailPolicy(linesep="\r\n", utf8=not message.recipient.isascii())
    mail = EmailMessage(policy=policy)
    try:
        mail["From"] = _address(mail_from, _line(message.sender_name, MAX_NAME_CHARS))
        mail["To"] = _address(message.recipient)
        mail["Subject"] = _line(message.subject, len(message.subject))
        mail["Date"] = now
        mail["Message-ID"] = _structural(message.message_id)
        _add_habits(mail, message.headers)
        mail.set_content(message.text, cte="quoted-printable")
        mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
        raw = mail.as_bytes()
    except (ValueError, MessageError, IndexError) as mistake:  # IndexError: the library's answer to "@"
        raise Unmailable(f"{type(mistake).__name__}: {mistake}") from mistake
    _refuse_foreign_headers(raw)
    return Parcel(message.id, message.kind, mail_from, message.recipient, raw)


def _add_habits(mail: EmailMessage, extra: Mapping[str, str]) -> None:
    """What keeps holiday notices from answering, and what the kind of mail adds."""
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834
    mail["X-Auto-Response-Suppress"] = "All"
    for name in EXTRA:
        if name in extra:
            mail[name] = _structural(extra[name])


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


def _refuse_foreign_headers(raw: bytes) -> None:
    """The last look: exactly our headers, each once. Raises Unmailable."""
    names = [name.lower() for name in email.message_from_bytes(raw).keys()]  # noqa: SIM118 - with repetitions
    if len(set(names)) != len(names) or not set(names) <= OURS:
        raise Unmailable("the mail would have had headers that are not ours")
