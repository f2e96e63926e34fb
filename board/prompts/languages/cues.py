"""What a language module holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cues:
    """Regular expressions over one sentence, matched anywhere in it, case ignored.

    common: some of the language's commonest words, lower case, by which a text in it is known.
    reader: the sentence speaks to the reader. invitation: it asks for an answer. publicly: it says where,
    such as in the comments. questions_wanted: it asks for the readers' own questions. not_a_prompt: subscribe
    lines, contact lines and phrases that only look like a question. headings: what stands above a prompt.
    """

    code: str
    common: frozenset[str]
    reader: re.Pattern[str]
    invitation: re.Pattern[str]
    publicly: re.Pattern[str]
    questions_wanted: re.Pattern[str]
    not_a_prompt: re.Pattern[str]
    headings: re.Pattern[str]


def words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for a list of phrases; `~` stands for up to a few words between two parts."""
    ways = (phrase.replace("~", r"(?:\W+[\w'’]+){0,6}?\W+") for phrase in phrases)
    return re.compile(r"(?<!\w)(?:" + "|".join(ways) + r")(?!\w)", re.IGNORECASE)
