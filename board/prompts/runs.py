"""Runs: adjacent sentences of a post that are put to its readers together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from board.prompts.document import Block
from board.prompts.languages import Cues
from board.prompts.sentences import is_question, sentences
from board.prompts.signs import Signs, signs_of

LONGEST_AFTERTHOUGHT_WORDS = 4  # And why? Why or why not?
LONGEST_GAP_WORDS = 25  # of a sentence between two that ask: it explains them; a longer one parts them


@dataclass(frozen=True)
class Sentence:
    """`place`: index of its block; `start`: where in it. `first`, `last`: it begins or ends the block."""

    text: str
    signs: Signs
    place: int
    start: int
    first: bool
    last: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Run:
    """At least one sentence that is put to readers. `left`: words of its last block that follow it.
    `appealed`: a neighbour asks to subscribe or share. `answered`: what follows begins as answers do."""

    sentences: tuple[Sentence, ...]
    text: str
    left: int = 0
    appealed: bool = False
    answered: bool = False

    @property
    def place(self) -> int:
        return self.sentences[0].place

    @property
    def last_place(self) -> int:
        return self.sentences[-1].place

    @property
    def invites(self) -> bool:
        return any(one.signs.invites for one in self.sentences)


def find_runs(blocks: Sequence[Block], start: int, cues: tuple[Cues, ...]) -> list[Run]:
    """The runs from block `start` on, in their order."""
    said = [one for place in range(start, len(blocks)) for one in _sentences(blocks[place], place, cues)]
    runs: list[Run] = []
    for first, end in _stretches(said):
        trimmed = _trimmed(said[first:end])
        if trimmed:
            begin = first + said[first:end].index(trimmed[0])
            run = Run(tuple(trimmed), _text(trimmed, blocks))
            runs.append(_in_context(run, said, begin, begin + len(trimmed)))
    return runs


def _sentences(block: Block, place: int, cues: tuple[Cues, ...]) -> Iterator[Sentence]:
    if block.kind != "text":
        yield Sentence(block.text, Signs(), place, 0, True, True)
        return
    parts = sentences(block.text)
    start = 0
    for number, part in enumerate(parts):
        start = block.text.index(part, start)
        yield Sentence(part, signs_of(part, cues), place, start, number == 0, number == len(parts) - 1)
        start += len(part)


def _text(said: Sequence[Sentence], blocks: Sequence[Block]) -> str:
    """The sentences as the post has them; a blank stands between blocks."""
    pieces = []
    for place in dict.fromkeys(one.place for one in said):
        own = [one for one in said if one.place == place]
        pieces.append(blocks[place].text[own[0].start : own[-1].end])
    return " ".join(pieces)


def _stretches(said: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """From where to where sentences belong together: those that ask, and what goes along with them."""
    place = 0
    while place < len(said):
        if not said[place].signs.is_put_to_readers:
            place += 1
            continue
        first, end = place, place + 1
        while first and _leads_to(said[first - 1], said[first]):
            first -= 1
        while (step := _continues(said, first, end)) > 0:
            end += step
        yield first, end
        place = end


def _leads_to(before: Sentence, first: Sentence) -> bool:
    """A question without a reader belongs to the invitation behind it; before a question it is rhetoric."""
    if first.signs.question:
        return False
    if before.place != first.place:
        return before.signs.question and before.first and before.last and before.place == first.place - 1
    return before.signs.question and len(before.text.split()) > 1


def _continues(said: Sequence[Sentence], first: int, end: int) -> int:
    """How many further sentences belong to the run from `first` to before `end`: 0, 1, 2 over a gap."""
    if end >= len(said):
        return 0
    here, following = said[end - 1], said[end]
    signs = following.signs
    if following.place != here.place and not _reaches_over(said, first, end):
        return 0
    if signs.is_put_to_readers or signs.question or _asks_on(here, following):
        return 1
    if following.place != here.place:
        return 0
    if signs.supports and not signs.appeals:
        return 1
    beyond = said[end + 1] if end + 1 < len(said) else None
    is_gap = beyond is not None and beyond.place == here.place and beyond.signs.is_put_to_readers
    short = len(following.text.split()) <= LONGEST_GAP_WORDS
    return 2 if is_gap and short and not signs.appeals and here.signs.is_put_to_readers else 0


def _reaches_over(said: Sequence[Sentence], first: int, end: int) -> bool:
    """Whether a run goes on in the next block: when all of this one belongs to it, or the next one invites.

    A paragraph that happens to end with a question asks something else than the question below it.
    """
    here, following = said[end - 1], said[end]
    if following.place != here.place + 1 or not here.last:
        return False
    own = [one for one in said[first:end] if one.place == here.place]
    return own[0].first or (following.signs.invites and not following.signs.question)


def _trimmed(said: Sequence[Sentence]) -> list[Sentence]:
    """Where nothing invites, only what is put to readers: without the rhetoric that leads up to it, without
    the bare questions after it."""
    kept = list(said)
    if any(one.signs.invites for one in kept):
        return kept
    while kept and not kept[-1].signs.is_put_to_readers and not _asks_on(*kept[-2:]):
        kept.pop()
    if any(one.signs.asks for one in kept):
        while not kept[0].signs.asks and kept[0].place == kept[-1].place:
            kept.pop(0)
    return kept


def _asks_on(asked: Sentence, last: Sentence | None = None) -> bool:
    """Whether `last` asks on, in few words, what the reader was asked before, and ends the block."""
    if last is None or last.place != asked.place or not last.last:
        return False
    is_short = len(last.text.split()) <= LONGEST_AFTERTHOUGHT_WORDS
    return is_short and is_question(last.text) and asked.signs.is_put_to_readers


def _in_context(run: Run, said: Sequence[Sentence], begin: int, end: int) -> Run:
    after = [one for one in said[end : end + 40] if one.place == run.last_place]
    left = sum(len(one.text.split()) for one in after)
    near = [*said[max(0, begin - 1) : begin], *said[end : end + 1]]
    appealed = any(one.signs.appeals for one in near if abs(one.place - run.last_place) <= 1)
    return replace(run, left=left, appealed=appealed, answered=bool(after) and after[0].signs.answers)
