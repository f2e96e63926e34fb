"""Which sentences of a post are put to its readers, and which of them close it.

Every run of sentences that ask is judged by what it says, by what stands above and beside it, and by how
much of the post still follows. The weights were set by hand and checked on real posts
(benchmarks/prompts.py); none of them knows a blog. Where the sum stays low the answer is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from board.prompts.document import Block, Document
from board.prompts.languages import Cues, cues_for
from board.prompts.runs import Run, Sentence, find_runs
from board.prompts.sentences import is_question
from board.prompts.signs import signs_of

Kind = Literal["reaction", "question_call"]
SURE = 0.6  # a prompt below this is not reported
LOOKED_AT_BLOCKS = 60  # of the end: what stands before is looked at for calls for questions alone
FEWEST_WORDS_OF_PROSE = 12  # a shorter block is a caption, a link or a credit
FEWEST_WORDS_OF_POST = 60  # before a line that ends posts may end this one
SURROUNDING_CHARS = 300
LONGEST_RUN = 14  # sentences; a longer row of questions is a poem, an interview or an exercise
LONGEST_BARE_RUN = 4  # questions without an invitation; more of them are rhetoric
NEAR, FAR, FARTHEST = 15, 60, 160  # words of prose that follow a run: it ends the post, nearly, hardly


class Sign(StrEnum):
    """What speaks for a prompt, or against it."""

    INVITES = "invites"
    ASKS_READER = "asks_reader"
    IN_PUBLIC = "in_public"
    ASKS_AND_INVITES = "asks_and_invites"
    HEADING = "heading"
    OWN_PARAGRAPH = "own_paragraph"
    AT_THE_END = "at_the_end"
    NEAR_THE_END = "near_the_end"
    WITHIN_A_PARAGRAPH = "within_a_paragraph"
    MANY_QUESTIONS = "many_questions"
    ANSWERED = "answered"
    BESIDE_AN_APPEAL = "beside_an_appeal"
    IN_A_POSTSCRIPT = "in_a_postscript"
    FAR_FROM_THE_END = "far_from_the_end"


@dataclass(frozen=True)
class Prompt:
    """A question or invitation to readers. `heading`: what stands above it, or empty.

    `confidence`: 0 to 1. `closes`: it is the one that the post ends with. For the author to judge: `signs`
    that spoke for and against it; it begins in text block `block` of `blocks`, counted from 1; `before` and
    `after` are the ends of the post's text around it, empty at the edge.
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
class Post:
    """The blocks of a post without what follows it. `words_after`: of prose, behind each block."""

    blocks: tuple[Block, ...]
    words_after: tuple[int, ...]
    is_page: bool
    cues: tuple[Cues, ...]


def detect(document: Document) -> Detection:
    """The prompts of a post. Linear in its length; never raises."""
    post = _post(document)
    start = max(0, len(post.blocks) - LOOKED_AT_BLOCKS)
    late = [(run, _judged(run, post)) for run in find_runs(post.blocks, start, post.cues)]
    heading = _bare_heading(post)
    if heading is not None:
        late.append((heading, _judged(heading, post)))
    found = [(run, prompt) for run, prompt in late if prompt.confidence >= SURE]
    ending = [prompt for run, prompt in found if _words_left(run, post) <= FARTHEST]
    closing = max(ending, key=lambda one: (one.confidence, one.block), default=None)
    early = [_judged(run, post) for run in _early_calls(post, start)]
    calls = early + [prompt for run, prompt in found if prompt is not closing and _is_call(run)]
    others = [prompt for prompt in calls if prompt is not closing]
    kept = [*others, replace(closing, closes=True)] if closing else others
    return Detection(tuple(sorted(kept, key=lambda one: one.block)))


def _post(document: Document) -> Post:
    cues = cues_for(document.language, " ".join(block.text for block in document.blocks))
    blocks = _until_it_ends(document.blocks, cues) if document.from_page else document.blocks
    words_after, counted = [0] * len(blocks), 0
    for place in range(len(blocks) - 1, -1, -1):
        words_after[place] = counted
        if blocks[place].kind == "heading" and _any(cues, "afterword", blocks[place].text):
            counted = 0  # sources, notes: whatever stands below them is no part of the post's own words
        else:
            counted += _words_of_prose(blocks[place], cues)
    return Post(tuple(blocks), tuple(words_after), document.from_page, cues)


def _until_it_ends(blocks: Sequence[Block], cues: tuple[Cues, ...]) -> Sequence[Block]:
    """Without the comments, related posts and forms that a theme hangs on a post's end."""
    written = 0
    for place, block in enumerate(blocks):
        if written >= FEWEST_WORDS_OF_POST and len(block.text) < 120 and _any(cues, "ends_post", block.text):
            return blocks[:place]
        written += len(block.text.split())
    return blocks


def _words_of_prose(block: Block, cues: tuple[Cues, ...]) -> int:
    """How many words of the block the author goes on with; Japanese has about one in two characters."""
    if block.kind not in {"text", "quote"} or _any(cues, "afterword", block.text):
        return 0
    count = len(block.text.split())
    if any(one.code == "ja" for one in cues):
        count = max(count, len(block.text) // 2)
    return count if count >= FEWEST_WORDS_OF_PROSE else 0


def _early_calls(post: Post, start: int) -> Iterator[Run]:
    """Calls for readers' questions that stand well before the end and also say where they go."""
    for run in find_runs(post.blocks[:start], 0, post.cues):
        if _is_call(run):
            yield run


def _is_call(run: Run) -> bool:
    return any(
        one.signs.wants_questions and one.signs.invites and one.signs.publicly for one in run.sentences
    )


def _bare_heading(post: Post) -> Run | None:
    """A heading at the very end that asks by itself. On a page it is the comment form's, as likely as not."""
    if post.is_page:
        return None
    for place in range(len(post.blocks) - 1, -1, -1):
        block = post.blocks[place]
        if block.kind == "heading" and place and not _any(post.cues, "afterword", block.text):
            signs = signs_of(block.text, post.cues)
            is_one = is_question(block.text) and signs.is_put_to_readers and post.words_after[place] == 0
            sentence = Sentence(block.text, signs, place, 0, True, True)
            return Run((sentence,), block.text) if is_one else None
        if _words_of_prose(block, post.cues):
            return None
    return None


def _judged(run: Run, post: Post) -> Prompt:
    heading = _heading(run, post)
    weighed = [*_said(run), *_placed(run, post)]
    if heading:
        weighed.append((Sign.HEADING, 0.25))
    confidence = max(0.0, min(sum(weight for _, weight in weighed), 0.99))
    return Prompt(
        heading=heading,
        text=run.text,
        kind=_kind(run),
        confidence=0.0 if len(run.sentences) > LONGEST_RUN else round(confidence, 2),
        signs=tuple(sign for sign, _ in weighed),
        block=run.place + 1,
        blocks=len(post.blocks),
        before=_before(run, post),
        after=_after(run, post),
    )


def _said(run: Run) -> Iterator[tuple[Sign, float]]:
    """What its own words say for it."""
    signs = [one.signs for one in run.sentences]
    asked = max(
        (0.45 if one.asks else 0.3 for one in signs if one.question and one.is_put_to_readers), default=0.0
    )
    if run.invites:
        yield Sign.INVITES, 0.5
        if any(one.publicly for one in signs):
            yield Sign.IN_PUBLIC, 0.2
        if asked or any(one.question for one in signs):
            yield Sign.ASKS_AND_INVITES, 0.15
    else:
        yield Sign.ASKS_READER, asked
        if len(run.sentences) > LONGEST_BARE_RUN:
            yield Sign.MANY_QUESTIONS, -0.3


def _placed(run: Run, post: Post) -> Iterator[tuple[Sign, float]]:
    """What its place in the post says for it."""
    rest = _words_left(run, post)
    if rest <= NEAR:
        yield Sign.AT_THE_END, 0.25
    elif rest <= FAR:
        yield Sign.NEAR_THE_END, 0.15
    elif rest > FARTHEST and not _is_call(run):
        yield Sign.FAR_FROM_THE_END, -0.5
    if run.sentences[0].first and run.sentences[-1].last:
        yield Sign.OWN_PARAGRAPH, 0.1
    elif not run.invites and run.left > NEAR:
        yield Sign.WITHIN_A_PARAGRAPH, -0.2
    if run.answered and not run.invites:
        yield Sign.ANSWERED, -0.3
    if run.appealed and not any(one.signs.publicly for one in run.sentences):
        yield Sign.BESIDE_AN_APPEAL, -0.25
    if _any(post.cues, "afterword", post.blocks[run.place].text):
        yield Sign.IN_A_POSTSCRIPT, -0.15


def _words_left(run: Run, post: Post) -> int:
    """How much the author goes on writing after it."""
    return post.words_after[run.last_place] + run.left


def _kind(run: Run) -> Kind:
    """By the first sentence that asks for something."""
    first = next(one.signs for one in run.sentences if one.signs.is_put_to_readers)
    return "question_call" if first.wants_questions else "reaction"


def _heading(run: Run, post: Post) -> str:
    above = post.blocks[run.place - 1] if run.place and run.sentences[0].first else None
    if above is None or above.kind != "heading" or above.level == 1:
        return ""
    asks = is_question(above.text) or _any(post.cues, "headings", above.text)
    return above.text if asks else ""


def _before(run: Run, post: Post) -> str:
    """The words before it, in its own block or the one above; its heading is shown with it, not here."""
    own = post.blocks[run.place].text[: run.sentences[0].start].strip()
    above = run.place - (2 if _heading(run, post) else 1)
    if own or above < 0:
        return own[-SURROUNDING_CHARS:]
    return post.blocks[above].text[-SURROUNDING_CHARS:]


def _after(run: Run, post: Post) -> str:
    own = post.blocks[run.last_place].text[run.sentences[-1].end :].strip()
    if own or run.last_place + 1 >= len(post.blocks):
        return own[:SURROUNDING_CHARS]
    return post.blocks[run.last_place + 1].text[:SURROUNDING_CHARS]


def _any(cues: tuple[Cues, ...], what: str, text: str) -> bool:
    """Whether the block begins as the cues say (headings: holds it anywhere)."""
    if what == "headings":
        return any(one.headings.search(text) for one in cues)
    return any(getattr(one, what).match(text) for one in cues)
