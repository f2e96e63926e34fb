"""Which sentences of a post are put to its readers, and which of them close it.

A first, careful detector: it wants a question or an invitation that speaks to the reader, near the
end or beside the words "comments"; where it is not sure it answers none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from board.prompts.document import Block, Document
from board.prompts.languages import Cues, cues_for
from board.prompts.sentences import is_question, sentences

Kind = Literal["reaction", "question_call"]
CLOSING_BLOCKS = (
    8  # how many of the last blocks may hold the closing prompt: sign-off, notes and credits follow it
)
SURE = 0.6  # a closing prompt below this is not reported
MAX_SENTENCE_CHARS = 600
LONGEST_RUN = 12  # sentences; a longer row of questions is a poem, an interview or an exercise
LONGEST_BARE_RUN = 3  # questions without an invitation: more of them are rhetoric
BARE_BLOCKS = 4  # and only in the very last blocks are they more than that
FEWEST_WORDS = 4  # an invitation has more; less is a button


class Sign(StrEnum):
    """What speaks for a prompt."""

    INVITES = "invites"
    ASKS_READER = "asks_reader"
    IN_PUBLIC = "in_public"
    HEADING = "heading"
    AT_THE_END = "at_the_end"


@dataclass(frozen=True)
class Prompt:
    """A question or invitation to readers. `heading`: what stands above it, or empty.

    `confidence`: 0 to 1. `closes`: it is the one that the post ends with. For the author to judge: `signs`
    that spoke for it; it begins in text block `block` of `blocks`, counted from 1; `before` and `after` are
    the ends of the post's text around it, empty at the edge.
    """

    heading: str
    text: str
    kind: Kind
    confidence: float
    closes: bool = False
    signs: tuple[Sign, ...] = ()
    block: int = 0
    blocks: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Detection:
    """All prompts in the order of the post."""

    prompts: tuple[Prompt, ...]

    @property
    def closing(self) -> Prompt | None:
        """The one that closes the post, if one does."""
        return next((prompt for prompt in self.prompts if prompt.closes), None)


@dataclass(frozen=True)
class Signs:
    """What speaks for one sentence."""

    question: bool
    reader: bool
    invitation: bool
    publicly: bool
    questions_wanted: bool

    @property
    def is_put_to_readers(self) -> bool:
        return self.invitation or (self.question and self.reader)

    @property
    def may_belong(self) -> bool:
        """Beside such a sentence it is part of the same prompt, as in: What else can we do? Tell me."""
        return self.invitation or self.question


@dataclass(frozen=True)
class Run:
    """Adjacent sentences that belong together. `place`: index of the first block; `last`: of the last."""

    place: int
    last: int
    sentences: tuple[str, ...]
    signs: tuple[Signs, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def detect(document: Document) -> Detection:
    """The prompts of a post. Linear in its length; never raises."""
    blocks = document.blocks
    cues = cues_for(document.language, " ".join(block.text for block in blocks))
    runs = [run for run in map(_trimmed, _runs(blocks, cues)) if run]
    found = [(run, prompt) for run in runs if (prompt := _judged(run, blocks, cues))]
    closing = next((p for run, p in reversed(found) if _is_closing(run, blocks)), None)
    return Detection(
        tuple(
            replace(p, closes=True) if p is closing else p
            for run, p in found
            if p is closing or _is_plain_call(run)
        )
    )


def _runs(blocks: Sequence[Block], cues: Sequence[Cues]) -> Iterator[Run]:
    """Runs of sentences put to readers; one goes on into the next block when it fills its own to the end."""
    open_run: Run | None = None
    for place, block in enumerate(blocks):
        if block.kind != "text":
            if open_run:
                yield open_run
            open_run = None
            continue
        parts = sentences(block.text)
        signs = [_signs(part, cues) for part in parts]
        for start, end in _stretches(signs):
            piece = Run(place, place, tuple(parts[start:end]), tuple(signs[start:end]))
            if open_run and start == 0 and open_run.last == place - 1:
                piece = Run(
                    open_run.place, place, open_run.sentences + piece.sentences, open_run.signs + piece.signs
                )
            elif open_run:
                yield open_run
            open_run = None
            if end == len(parts):
                open_run = piece
            else:
                yield piece
        if open_run and open_run.last != place:
            yield open_run
            open_run = None
    if open_run:
        yield open_run


def _stretches(signs: Sequence[Signs]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for place, sign in enumerate(signs):
        if sign.may_belong and start is None:
            start = place
        elif not sign.may_belong and start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(signs)


def _signs(sentence: str, cues: Sequence[Cues]) -> Signs:
    if len(sentence) > MAX_SENTENCE_CHARS or any(one.not_a_prompt.search(sentence) for one in cues):
        return Signs(False, False, False, False, False)
    return Signs(
        question=is_question(sentence),
        reader=any(one.reader.search(sentence) for one in cues),
        invitation=len(re.split(r"[\s-]+", sentence)) >= FEWEST_WORDS
        and any(one.invitation.search(sentence) for one in cues),
        publicly=any(one.publicly.search(sentence) for one in cues),
        questions_wanted=any(one.questions_wanted.search(sentence) for one in cues),
    )


def _judged(run: Run, blocks: Sequence[Block], cues: Sequence[Cues]) -> Prompt | None:
    if len(run.sentences) > LONGEST_RUN:
        return None
    heading = _heading(run, blocks, cues)
    invited = any(sign.invitation for sign in run.signs)
    asked = any(sign.question and sign.reader for sign in run.signs)
    publicly = invited and any(sign.publicly for sign in run.signs)
    reasons = [
        (invited, 0.5, Sign.INVITES),
        (asked, 0.4, Sign.ASKS_READER),
        (publicly, 0.2, Sign.IN_PUBLIC),
        (bool(heading), 0.2, Sign.HEADING),
        (len(blocks) - run.last <= BARE_BLOCKS, 0.2, Sign.AT_THE_END),
    ]
    confidence = min(sum(weight for holds, weight, _ in reasons if holds), 0.99)
    if confidence < SURE:
        return None
    kind: Kind = "question_call" if _wants_questions(run) else "reaction"
    return Prompt(
        heading=heading,
        text=run.text,
        kind=kind,
        confidence=round(confidence, 2),
        signs=tuple(sign for holds, _, sign in reasons if holds),
        block=run.place + 1,
        blocks=len(blocks),
        before=blocks[run.place - 1].text[-300:] if run.place else "",
        after=blocks[run.last + 1].text[:300] if run.last + 1 < len(blocks) else "",
    )


def _wants_questions(run: Run) -> bool:
    return any(sign.questions_wanted for sign in run.signs)


def _heading(run: Run, blocks: Sequence[Block], cues: Sequence[Cues]) -> str:
    above = blocks[run.place - 1] if run.place else None
    if above is None or above.kind != "heading" or above.level == 1:
        return ""
    asks = is_question(above.text) or any(one.headings.search(above.text) for one in cues)
    return above.text if asks else ""


def _is_plain_call(run: Run) -> bool:
    """Early in a post only a call for readers' questions that also says where they go counts as a prompt."""
    return _wants_questions(run) and any(sign.invitation and sign.publicly for sign in run.signs)


def _trimmed(run: Run) -> Run | None:
    """Without an invitation, only what speaks to the reader stays; nothing stays of mere rhetoric."""
    if any(sign.invitation for sign in run.signs):
        return run
    told = [place for place, sign in enumerate(run.signs) if sign.is_put_to_readers]
    if not told or len(run.signs) > LONGEST_BARE_RUN:
        return None
    start, end = told[0], told[-1] + 1
    return Run(run.place, run.last, run.sentences[start:end], run.signs[start:end])


def _is_closing(run: Run, blocks: Sequence[Block]) -> bool:
    return len(blocks) - run.last <= CLOSING_BLOCKS
