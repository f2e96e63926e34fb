"""A post as a row of text blocks, whatever it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["html", "markdown", "text"]
BlockKind = Literal["heading", "text", "quote", "code"]


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or list item as a reader sees it, white space folded. Headings have a level."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True)
class Document:
    """A post without its surroundings. `language`: a code such as "en", where the page says it.

    `from_page`: it was cut out of a web page, so something that is not the post may still hang on its end.
    """

    title: str
    blocks: tuple[Block, ...]
    canonical_address: str | None = None
    language: str | None = None
    from_page: bool = False
