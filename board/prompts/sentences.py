"""Cutting a block into sentences."""

from __future__ import annotations

import re

EMOJI = "[\u2600-\u27bf\u2b50\ufe0f\u200d\U0001f000-\U0001faff]"
CLOSERS = r"[\"'”’»)\]}*_]*"
END = re.compile(
    rf"(?<=[.!?…])(?:{CLOSERS}\s*{EMOJI}*\s+(?=[\"'“‘«(\[¿¡„*_]*[A-ZÀ-ÞĀ-Ž0-9А-Я¿¡])|\s*{EMOJI}+\s*|\s+(?<=[!?]\s))"
    rf"|(?<=[。！？])[」』）)]*\s*|(?<=[?!])(?=[\u3041-\u9fff])"
)
ASKED = re.compile(rf"[?？][!！?？.…]*{CLOSERS}\s*(?:{EMOJI}|[:;=][-']?[()DPp]+|xo+)*\s*$")
QUOTED_END = re.compile(r"[\"“„«「『].*[?？]\s*[\"”“»」』][.,)]?\s*$")
SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|z\.\s?B|d\.\s?h|u\.\s?a|bzw|ca|usw|No|Nr|Sr|Sra|p\.\s?ej|approx)|\b[A-Z])\.$"
)


def sentences(block: str) -> list[str]:
    """The block's sentences, in order; joined by blanks they are the block again, but for white space."""
    found: list[str] = []
    start = 0
    for end in END.finditer(block):
        piece = block[start : end.end()].strip()
        if piece and not SHORT.search(piece):
            found.append(piece)
            start = end.end()
    rest = block[start:].strip()
    return [*found, rest] if rest else found


def is_question(sentence: str) -> bool:
    """Whether it ends with a question mark; a quoted question at its end is somebody else's."""
    return bool(ASKED.search(sentence)) and not QUOTED_END.search(sentence)


def is_quoted(sentence: str) -> bool:
    """Whether all of it stands in quotation marks: somebody else says it."""
    return bool(re.match(r"\s*[\"“„«「『].*[\"”“»」』][.,]?\s*$", sentence))
