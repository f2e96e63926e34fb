"""What a language module holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cues:
    """What the detector knows of one language: regular expressions, matched anywhere, case ignored.

    `common`: some of the language's commonest words, lower case, by which a text in it is known.

    Of one sentence:
    reader: it speaks to the reader. asks: a form of question that is put to readers, such as "what is your".
    invites: it asks for an answer. publicly: it says where, such as in the comments. supports: it goes along
    with a prompt, such as "I read every comment". wants_questions, wants_reactions: what it asks readers for.
    appeals: subscribe, share and contact lines, which are no prompts. rhetorical: only looks like a question
    to readers. answers: it begins as answers do, so the question before it was none.

    Of a whole block:
    headings: what stands above a prompt. afterword: notes that follow a post's end, such as P.S. or credits.
    ends_post: a line after which the post is over, such as "3 comments" or "Related posts".
    """

    code: str
    common: frozenset[str]
    reader: re.Pattern[str]
    asks: re.Pattern[str]
    invites: re.Pattern[str]
    publicly: re.Pattern[str]
    supports: re.Pattern[str]
    wants_questions: re.Pattern[str]
    wants_reactions: re.Pattern[str]
    appeals: re.Pattern[str]
    rhetorical: re.Pattern[str]
    answers: re.Pattern[str]
    headings: re.Pattern[str]
    afterword: re.Pattern[str]
    ends_post: re.Pattern[str]


def words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def phrases(listed: str) -> re.Pattern[str]:
    """One expression for a list of phrases, one a line, that begin and end with a word.

    `~` stands for up to six words between two parts. A line that begins with `|` goes on with the one above.
    """
    return re.compile(r"(?<!\w)(?:" + "|".join(_lines(listed)) + r")(?!\w)", re.IGNORECASE)


def pieces(listed: str) -> re.Pattern[str]:
    """The same for a language that puts no spaces between words; `~` stands for up to twenty characters."""
    ways = (line.replace(r"(?:\W+[\w'’]+){0,6}?\W+", ".{0,20}?") for line in _lines(listed))
    return re.compile("|".join(ways), re.IGNORECASE)


def openings(listed: str) -> re.Pattern[str]:
    """An expression for a list of beginnings of a block, one a line."""
    return re.compile(r"\W*(?:" + "|".join(_lines(listed)) + r")", re.IGNORECASE)


def _lines(listed: str) -> Iterable[str]:
    whole = re.sub(r"\n\s*\|", "|", listed)
    stripped = (line.strip() for line in whole.splitlines())
    return [line.replace("~", r"(?:\W+[\w'’]+){0,6}?\W+") for line in stripped if line]
