"""What a reader typed, brought into one form before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata

MAX_SOURCE_CHARS = 10_000  # at most 40,000 bytes of UTF-8, so bytes need no limit of their own
MAX_RAW_CHARS = 2 * MAX_SOURCE_CHARS  # room for decomposed letters; stacked marks cost their square

# Never meant for reading: C0 (but tab and line feed), DEL and C1; the two bidirectional overrides, which
# show text in another order than it is stored; characters no XML document, and so no feed, may hold.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
SURROGATE = re.compile("[\ud800-\udfff]")
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")  # fillers: letters by name, nothing to see
INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class TextRefused(Exception):
    """The text cannot be a comment. `code`: "empty", "too_long" or "surrogates"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def normalise(source: str) -> str:
    """The text as it is stored: NFC, lines ended by LF, without control characters.

    Never NFKC, which would change words and turn full-width letters into the scheme of a link.
    Embeddings and isolates stay, for writers of Arabic and Hebrew need them; they end with their block.
    Idempotent. Raises TextRefused: "surrogates" for half a character, "empty" when nothing could be
    seen, "too_long" above MAX_SOURCE_CHARS characters of the result.
    """
    if len(source) > MAX_RAW_CHARS:
        raise TextRefused("too_long")
    if SURROGATE.search(source):
        raise TextRefused("surrogates")
    text = drop_unwanted(LINE_ENDS.sub("\n", source))
    text = unicodedata.normalize("NFC", text).rstrip().lstrip("\n")
    if is_blank(text):
        raise TextRefused("empty")
    if len(text) > MAX_SOURCE_CHARS:
        raise TextRefused("too_long")
    return text


def drop_unwanted(text: str) -> str:
    return UNWANTED.sub("", text)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing at all."""
    return all(is_invisible(character) for character in text)


def is_invisible(character: str) -> bool:
    return character in BLANK_LETTERS or unicodedata.category(character) in INVISIBLE_CATEGORIES
