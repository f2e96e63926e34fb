"""What a block can be about, brought into the form in which comments are compared with it. Pure."""

from __future__ import annotations

import re

from board.comments.models import BlockKind
from board.comments.traces import normal_words
from board.text.addresses import MAX_HOST_CHARS, host_of

MAX_WORDS_CHARS = 100
MAX_ADDRESS_CHARS = 254  # RFC 5321, 4.5.3.1.3
SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*:/*", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
NETWORK = re.compile(r"[0-9a-f]{32}")


class ValueRefused(ValueError):
    """Nothing that a block of this kind could ever meet."""

    def __init__(self, kind: BlockKind) -> None:
        super().__init__(f"this is no {kind.value}")
        self.kind = kind


def normal(kind: BlockKind, said: str) -> str:
    """What somebody typed, as blocks keep it. Raises ValueRefused.

    "https://Shop.Example/offer" is the host shop.example; a word is kept as letters and digits, without
    case and accents; an address in small letters.
    """
    value = NORMAL[kind](said.strip())
    if not value:
        raise ValueRefused(kind)
    return value


def _words(said: str) -> str:
    words = normal_words(said)
    return words if len(words) <= MAX_WORDS_CHARS else ""


def _host(said: str) -> str:
    bare = re.split(r"[/?#\s]", SCHEME.sub("", said), maxsplit=1)[0].rpartition("@")[2]
    host = host_of(f"https://{bare}/").strip(".") if bare else ""
    return host if HOST.fullmatch(host) and len(host) <= MAX_HOST_CHARS else ""


def _address(said: str) -> str:
    address = said.removeprefix("mailto:").lower()
    return address if ADDRESS.fullmatch(address) and len(address) <= MAX_ADDRESS_CHARS else ""


def _network(said: str) -> str:
    return said if NETWORK.fullmatch(said) else ""


NORMAL = {
    BlockKind.WORD: _words,
    BlockKind.HOST: _host,
    BlockKind.ADDRESS: _address,
    BlockKind.NETWORK: _network,
}
