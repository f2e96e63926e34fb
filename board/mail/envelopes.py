"""Addresses of our own that say what a mail to them is about, signed so that nobody can make one up.

`board+b12-MAC@mail.example` takes the bounce of mail 12, `board+r3.45-MAC@mail.example` reader 3's answer to
comment 45. Their parts survive servers that change upper and lower case, and fit into the 64 octets that
RFC 5321, 4.5.3.1.1 grants the part before the @.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from flask import current_app

MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL
MAC_CHARS = 16  # of base32: 80 bits
BOUNCE = re.compile(rf"b([1-9][0-9]{{0,9}})-([a-z2-7]{{{MAC_CHARS}}})")
REPLY = re.compile(rf"r([1-9][0-9]{{0,9}})\.([1-9][0-9]{{0,9}})-([a-z2-7]{{{MAC_CHARS}}})")


@dataclass(frozen=True)
class BounceTag:
    """What comes back of one mail of the outbox; nothing is believed before `is_for` says so."""

    message_id: int
    mac: str

    def is_for(self, recipient: str) -> bool:
        """Whether we wrote that number on a mail to `recipient`: a number may be given again."""
        return _is_ours(self.mac, _about_bounce(self.message_id, recipient))


@dataclass(frozen=True)
class ReplyTag:
    """A reader's answer to a comment; nothing is believed before `is_for` says so."""

    reader_id: int
    comment_id: int
    mac: str

    def is_for(self, born: int) -> bool:
        """Whether we told the reader who was `born` in that second (not a later one of the same number)."""
        return _is_ours(self.mac, _about_reply(self.reader_id, born, self.comment_id))


def bounce_address(message_id: int, recipient: str) -> str:
    """The envelope's sender of that mail; empty where no mailbox is read."""
    return _address(f"b{message_id}", _about_bounce(message_id, recipient))


def reply_address(reader_id: int, born: int, comment_id: int) -> str:
    """Where that reader's answer to that comment goes by mail; empty where no mailbox is read.

    Always the same one, and good as long as reader and comment are there. born: the second in which the
    reader's row was made.
    """
    return _address(f"r{reader_id}.{comment_id}", _about_reply(reader_id, born, comment_id))


def tag_of(address: str) -> BounceTag | ReplyTag | None:
    """What `address` says, however it is spelled; None for one that is not of our making."""
    inbox = _inbox()
    local, _, domain = address.strip().lower().rpartition("@")
    ours, _, our_domain = inbox.lower().rpartition("@")
    name, plus, tag = local.partition("+")
    if not (inbox and plus and name == ours and domain == our_domain):
        return None
    found = BOUNCE.fullmatch(tag) or REPLY.fullmatch(tag)
    *numbers, mac = found.groups() if found else ("",)
    ids = [int(number) for number in numbers]
    if not ids or max(ids) > MAX_ID:
        return None
    return BounceTag(ids[0], mac) if len(ids) == 1 else ReplyTag(ids[0], ids[1], mac)


def _address(tag: str, about: str) -> str:
    local, _, domain = _inbox().rpartition("@")
    return f"{local}+{tag}-{_mac(_keys()[-1], about)}@{domain}" if local else ""


def _about_bounce(message_id: int, recipient: str) -> str:
    return f"bounce {message_id} {recipient}"


def _about_reply(reader_id: int, born: int, comment_id: int) -> str:
    return f"reply {reader_id} {born} {comment_id}"


def _is_ours(mac: str, about: str) -> bool:
    return any(hmac.compare_digest(mac, _mac(key, about)) for key in _keys())


def _mac(key: str, about: str) -> str:
    digest = hmac.new(key.encode(), f"reflection-board.envelope {about}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:MAC_CHARS].decode().lower()


def _keys() -> tuple[str, ...]:
    """The oldest first: with the last one is written, with any is read."""
    keys: tuple[str, ...] = current_app.config["BOARD"].signing_keys
    return keys


def _inbox() -> str:
    return str(current_app.config["BOARD"].inbox_address)
