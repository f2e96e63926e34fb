"""The new words in an answer by mail: without what it quotes, signatures and attachments. Pure."""

from __future__ import annotations

import re
from email.message import Message

from board.inbound.opening import parts, text_of
from board.inbound.quoting import own_lines
from board.inbound.webpages import lines_of

MAX_LINES = 5000
QUOTE_DEPTH = re.compile(r"^>*")


def new_text(message: Message) -> str:
    """What its writer has to say, as plain text; empty where nothing is left.

    The text part, where there is one with something in it, else the web page made into text.
    """
    found = parts(message)
    for part in found:
        if part.get_content_type() == "text/plain" and (words := _own(_unflowed(part))):
            return words
    for part in found:
        if part.get_content_type() == "text/html" and (words := _own(lines_of(text_of(part)))):
            return words
    return ""


def whole_text(message: Message) -> str:
    """All words of the mail, quoted or not, to give them back to whom they belong."""
    for part in parts(message):
        if part.get_content_type() == "text/plain" and (words := text_of(part).strip()):
            return words
        if part.get_content_type() == "text/html" and (words := "\n".join(lines_of(text_of(part))).strip()):
            return words
    return ""


def _own(lines: list[str]) -> str:
    return "\n".join(own_lines(lines[:MAX_LINES])).strip()


def _unflowed(part: Message) -> list[str]:
    """The lines of a text part, with those joined that a mail program broke (RFC 3676)."""
    lines = text_of(part).split("\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return lines
    deletes_space = str(part.get_param("delsp", "")).lower() == "yes"
    joined: list[str] = []
    goes_on = False
    for line in lines[:MAX_LINES]:
        depth, words = _parted(line)
        if goes_on and _depth(joined[-1]) == depth and words != "-- ":
            joined[-1] += words
        else:
            joined.append(f"{'>' * depth} {words}" if depth else words)
        goes_on = words.endswith(" ") and words != "-- "
        if goes_on and deletes_space:
            joined[-1] = joined[-1][:-1]
    return joined


def _parted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and its words without the space that protects them."""
    depth = _depth(line)
    words = line[depth:]
    return depth, words.removeprefix(" ")


def _depth(line: str) -> int:
    found = QUOTE_DEPTH.match(line)
    return found.end() if found else 0
