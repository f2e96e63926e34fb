"""What one sentence of a post shows: does it ask, whom, for what?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from board.prompts.languages import Cues
from board.prompts.sentences import is_question, is_quoted

MAX_SENTENCE_CHARS = 600
# Nothing, up to three words (And so, but, well now), or the end of a clause with a word behind it.
BEGINS_CLAUSE = re.compile(r"(?:^\W*(?:[\w'’]+\s+){0,3}|[,;:–—…(-]\s*(?:[\w'’]+\s+)?|[\u3041-\u9fff、]\W*)$")
LONGEST_FRAGMENT_WORDS = 8  # as in: Answers in the comments, please!
FEWEST_WORDS = 3  # an invitation has more; less is a button


@dataclass(frozen=True)
class Signs:
    """`question`: it asks. `reader`: it speaks to the reader. `asks`: in a form that is put to readers.
    `invites`: it wants an answer. `publicly`: where others can read it. `supports`: it goes along with such
    a sentence. `wants_questions`: it is readers' questions that it wants. `appeals`: to subscribe, share,
    buy, or write in private. `answers`: it begins as the answer to a question does."""

    question: bool = False
    reader: bool = False
    asks: bool = False
    invites: bool = False
    publicly: bool = False
    supports: bool = False
    wants_questions: bool = False
    appeals: bool = False
    answers: bool = False

    @property
    def is_put_to_readers(self) -> bool:
        return self.invites or (self.question and (self.reader or self.asks))


NOTHING = Signs()


def signs_of(sentence: str, cues: tuple[Cues, ...]) -> Signs:
    """The signs of a sentence in any of the languages."""
    if len(sentence) > MAX_SENTENCE_CHARS or is_quoted(sentence):
        return NOTHING
    publicly = _has(cues, "publicly", sentence)
    reader = _has(cues, "reader", sentence)
    invites, only_says_where = _invites(sentence, cues)
    appeals = _has(cues, "appeals", sentence)
    answers = any(one.answers.match(sentence) for one in cues)
    if appeals and (only_says_where or not invites or not _says_where_beside_appeals(sentence, cues)):
        return Signs(appeals=True, answers=answers)
    if only_says_where and not reader and len(sentence.split()) > LONGEST_FRAGMENT_WORDS:
        invites = False  # it tells what somebody said there
    invites = invites and _is_long_enough(sentence, publicly)
    rhetorical = _has(cues, "rhetorical", sentence)
    question = is_question(sentence) and not rhetorical
    return Signs(
        question=question,
        reader=reader,
        asks=question and _asks(sentence, cues),
        invites=invites and (publicly or not rhetorical),
        publicly=publicly,
        supports=_has(cues, "supports", sentence),
        wants_questions=_wants_questions(sentence, cues),
        appeals=appeals,
        answers=answers,
    )


def _invites(sentence: str, cues: tuple[Cues, ...]) -> tuple[bool, bool]:
    """Whether it asks for an answer, and whether all that does so is a place, such as in the comments."""
    invites = False
    for one in cues:
        places = [found.span() for found in one.publicly.finditer(sentence)]
        for found in one.invites.finditer(sentence):
            invites = True
            if not any(start <= found.start() and found.end() <= end for start, end in places):
                return True, False
    return invites, invites


def _says_where_beside_appeals(sentence: str, cues: tuple[Cues, ...]) -> bool:
    """Whether it says where to answer in words that are not the appeal's own, as in: share it on Facebook."""
    for one in cues:
        appeals = [found.span() for found in one.appeals.finditer(sentence)]
        for found in one.publicly.finditer(sentence):
            if not any(start < found.end() and found.start() < end for start, end in appeals):
                return True
    return False


def _asks(sentence: str, cues: tuple[Cues, ...]) -> bool:
    """Whether a clause of it begins as questions to readers do; within one the same words tell nothing."""
    return any(
        BEGINS_CLAUSE.search(sentence[: found.start()])
        for one in cues
        for found in one.asks.finditer(sentence)
    )


def _wants_questions(sentence: str, cues: tuple[Cues, ...]) -> bool:
    """Questions, where the sentence does not ask for opinions or experiences before it comes to them."""
    for one in cues:
        questions = one.wants_questions.search(sentence)
        reactions = one.wants_reactions.search(sentence)
        if questions and not (reactions and reactions.end() < questions.end()):
            return True
    return False


def _is_long_enough(sentence: str, publicly: bool) -> bool:
    """Not a button. Two words that say where are enough; where words are not set apart, six characters."""
    fewest = FEWEST_WORDS - 1 if publicly else FEWEST_WORDS
    return len(re.findall(r"[\w'’]+", sentence)) >= fewest or bool(re.search("[\u3041-\u9fff]{6}", sentence))


def _has(cues: tuple[Cues, ...], what: str, text: str) -> bool:
    return any(getattr(one, what).search(text) for one in cues)
