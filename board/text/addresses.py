"""Which addresses may be links, and which links must say where they really lead."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from board.text.source import is_invisible

# Absolute web addresses without user information (`https://bank.example@evil.example` reads as the bank)
# or an escaped host, and bare mail addresses: a mailto query could prefill a stranger's letter.
LINKABLE = re.compile(r"https?://[^\s/?#\\@%]+(?:[/?#]\S*)?\Z|mailto:[^\s?@]+@[^\s?@]+\Z", re.IGNORECASE)
WORD = re.compile(r"[^\s()\[\]<>\"'“”‘’«»,;!]+")
SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*:/*")
LAST_LABEL = re.compile(r"[^\W\d_]|xn--")
MAX_HOST_CHARS = 253  # RFC 1035, 2.3.4
WRITTEN_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"})


def may_be_linked(address: str) -> bool:
    """Whether `address` may stand in an href: http, https or mailto; nothing relative to the board."""
    return LINKABLE.match(address) is not None


def host_to_tell(text: str, address: str) -> str | None:
    """The host of `address` when the words of its link claim another one, or imitate one.

    "good.example" leading to https://evil.example tells evil.example; a host whose labels mix alphabets
    (a Cyrillic letter among Latin ones) is told in its encoded form. None when nothing is hidden.
    """
    host = host_of(address)
    told = any(without_www(claim) != without_www(host) for claim in claimed_hosts(text))
    return host if told or mixes_alphabets(host) else None


def host_of(address: str) -> str:
    if address[:7].lower() == "mailto:":
        return ascii_host(address.rpartition("@")[2])
    try:
        return ascii_host(urlsplit(address).hostname or address)
    except ValueError:  # a malformed IPv6 host
        return address


def claimed_hosts(text: str) -> list[str]:
    """Everything in the words of a link that a reader would take for a host, in ASCII.

    Folded by NFKC for this comparison only: full-width letters and dots read like the plain ones.
    """
    folded = unicodedata.normalize("NFKC", "".join(c for c in text if c == " " or not is_invisible(c)))
    words = (SCHEME.sub("", word.lower()) for word in WORD.findall(folded.replace("。", ".")))
    hosts = (re.split(r"[/?#:\\]", word, maxsplit=1)[0].rpartition("@")[2].strip(".") for word in words)
    return [ascii_host(host) for host in hosts if looks_like_a_host(host)]


def looks_like_a_host(word: str) -> bool:
    labels = word.split(".")
    return len(labels) > 1 and all(labels) and len(labels[-1]) > 1 and bool(LAST_LABEL.match(labels[-1]))


def ascii_host(host: str) -> str:
    try:
        return host.lower() if len(host) > MAX_HOST_CHARS else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def without_www(host: str) -> str:
    return host.removeprefix("www.")


def mixes_alphabets(host: str) -> bool:
    return any(len(alphabets(label)) > 1 for label in host.split(".") if label.startswith("xn--"))


def alphabets(label: str) -> set[str]:
    try:
        letters = [c for c in label.encode("ascii").decode("idna") if c.isalpha()]
    except UnicodeError:
        return {"unreadable", label}
    names = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
    return names - WRITTEN_TOGETHER if names & WRITTEN_TOGETHER and "LATIN" not in names else names
