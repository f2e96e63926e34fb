"""Cutting a block into sentences."""

from __future__ import annotations

import re

END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]?[A-ZÀ-ÞĀ-Ž0-9¿¡“„«\"(])|(?<=[。！？])")
SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|z\.B|bzw|No)\.$")


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
    return sentence.rstrip("\"'”’»)] ").endswith(("?", "？"))
