"""From the bytes of a mail that anybody may have sent to something that can be asked. Pure.

Python's parser goes into nested parts by recursion, and its modern policy takes its time with hostile
addresses. So a mail is measured before it is parsed, it is parsed by the old policy, and headers are cut
before they are decoded.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from itertools import islice

MAX_BYTES = 1_000_000  # of a larger mail only the beginning is looked at; words come before pictures
MAX_BOUNDARIES = 40  # the word, in headers and text; a mail with pictures has two or three
MAX_ENCLOSED = 60  # the same for mails within mails
MAX_SEPARATORS = 3000  # lines that begin with two dashes, as parts do
MAX_HEADER_BYTES = 100_000  # of all headers before the first empty line; servers stop at 50,000
MAX_PARTS = 200
MAX_TEXT_BYTES = 300_000  # of one part, decoded
MAX_VALUE_CHARS = 4000  # of one header
MAX_ADDRESSES = 50
MAX_REPEATED = 20  # headers of one name
MAX_BRACKETS = 20  # in a header of addresses
NO_CHARSETS = frozenset(
    {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
SEPARATOR = re.compile(rb"^--", re.MULTILINE)
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
DELIVERED_TO = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To", "Cc")


class Unreadable(Exception):
    """The mail is made to be hard to read, or is none."""


def opened(raw: bytes) -> Message:
    """The mail in `raw`, of which at most MAX_BYTES are looked at. Raises Unreadable."""
    raw = raw[:MAX_BYTES]
    headers = BLANK_LINE.split(raw, maxsplit=1)[0]
    lowered = raw.lower()
    if (
        len(headers) > MAX_HEADER_BYTES
        or lowered.count(b"boundary") > MAX_BOUNDARIES
        or lowered.count(b"message/") > MAX_ENCLOSED
        or len(SEPARATOR.findall(raw)) > MAX_SEPARATORS
    ):
        raise Unreadable
    try:
        return email.message_from_bytes(raw, policy=email.policy.compat32)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as mistake:
        raise Unreadable from mistake


def fingerprint(raw: bytes) -> str:
    """The same for the same mail, whichever way it came: servers on the way write into its head.

    64 hexadecimal characters of Message-ID, sender, date and body; of all bytes where it has no Message-ID.
    """
    message = email.message_from_bytes(raw[:MAX_HEADER_BYTES].split(b"\n\n")[0].split(b"\r\n\r\n")[0])
    body = BLANK_LINE.split(raw, maxsplit=1)[1:]
    names = ("Message-ID", "From", "Date", "To")
    head = [str(message.get(name, ""))[:MAX_VALUE_CHARS].strip() for name in names] if body else []
    if not head or not head[0]:
        return hashlib.sha256(raw).hexdigest()
    words = b"\n".join(b"".join(body).split())
    return hashlib.sha256("\n".join(head).encode("utf-8", "replace") + b"\n\n" + words).hexdigest()


def header(message: Message, name: str) -> str:
    """The first header of that name, decoded, on one line; empty where there is none."""
    return next(headers(message, name), "")


def headers(message: Message, name: str) -> Iterator[str]:
    for value in _values(message, name):
        yield _decoded(value)


def addresses(message: Message, *names: str) -> list[str]:
    """The bare addresses in the headers of those names, in their order, in lower case."""
    values = [value for name in names for value in _values(message, name)]
    found = [address.lower() for value in values for _, address in _pairs(value) if "@" in address]
    return found[:MAX_ADDRESSES]


def sender_name(message: Message) -> str:
    """How its sender calls themselves; may be empty."""
    pairs = _pairs(next(_values(message, "From"), ""))
    return _decoded(pairs[0][0]) if pairs else ""


def parts(message: Message) -> list[Message]:
    """All that holds words, depth first; attachments and what lies in enclosed mails stay out."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MAX_PARTS:
        part = waiting.pop(0)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            payload = part.get_payload()
            waiting[:0] = [one for one in payload if isinstance(one, Message)][:MAX_PARTS]
        elif part.get_content_maintype() != "message" and not _is_attachment(part):
            found.append(part)
    return found


def text_of(part: Message) -> str:
    """The text of one part, whatever its charset and encoding claim."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        payload = None
    raw = payload[:MAX_TEXT_BYTES] if isinstance(payload, bytes) else b""
    text = _read(raw, _charset(part))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").lstrip("\ufeff")


def _values(message: Message, name: str) -> Iterator[str]:
    """The first headers of that name as they are, with what is not ASCII read as UTF-8 (RFC 6532)."""
    found = (value for own, value in message.raw_items() if own.lower() == name.lower())
    for value in islice(found, MAX_REPEATED):
        raw = str(value)[:MAX_VALUE_CHARS].encode("utf-8", "surrogateescape")
        yield raw.decode("utf-8", "replace")


def _pairs(value: str) -> list[tuple[str, str]]:
    """Names and addresses. The library follows brackets within brackets by recursion, so few are allowed."""
    value = value[:MAX_VALUE_CHARS]
    if value.count("(") > MAX_BRACKETS:
        return []
    try:
        return getaddresses([value])
    except (ValueError, IndexError):
        return []


def _charset(part: Message) -> str:
    try:
        charset = str(part.get_content_charset() or "utf-8")
        return "utf-8" if codecs.lookup(charset).name.replace("-", "_") in NO_CHARSETS else charset
    except (ValueError, LookupError, TypeError, UnicodeError):
        return "utf-8"


def _read(raw: bytes, charset: str) -> str:
    """In that charset, or in what it may be instead."""
    for one in (charset, "utf-8"):
        try:
            return raw.decode(one)
        except (LookupError, UnicodeError, ValueError):
            continue
    try:
        return raw.decode(charset, "replace")
    except (LookupError, UnicodeError, ValueError):
        return raw.decode("latin-1")


def _decoded(value: str) -> str:
    try:
        pieces = [
            piece.decode(charset or "latin-1", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(value)
        ]
    except (HeaderParseError, LookupError, ValueError):
        pieces = [value]
    return " ".join("".join(pieces).split())


def _is_attachment(part: Message) -> bool:
    return (part.get_content_disposition() or "") == "attachment" or bool(part.get_filename())
