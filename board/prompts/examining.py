"""All that is to be known of a post, as plain values that can cross from one process to another."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from board.prompts.detection import Prompt, Sign, detect
from board.prompts.document import Document, Format
from board.prompts.reading import read_document

VERSION = 3  # rises when the detector finds other prompts, so that posts are looked at anew


@dataclass(frozen=True)
class Examined:
    """What a post is called, where it says it stands, in which language, and what it asks.

    `prompts` in the order of the post. `content_hash`: the same for the same words in the same order,
    whatever the page around them looks like today.
    """

    title: str
    address: str | None
    language: str | None
    content_hash: str
    prompts: tuple[Prompt, ...]

    @property
    def closing(self) -> Prompt | None:
        return next((prompt for prompt in self.prompts if prompt.closes), None)

    def as_dict(self) -> dict[str, Any]:
        """Plain values alone, as JSON holds them."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Examined:
        """What `as_dict` made. Raises TypeError, ValueError for anything else."""
        prompts = tuple(
            Prompt(**{**one, "signs": tuple(Sign(sign) for sign in one["signs"])})
            for one in values["prompts"]
        )
        return cls(**{**values, "prompts": prompts})


def examine(body: str | bytes, form: Format) -> Examined:
    """Read a post and find its prompts. Never raises for what stands in `body`."""
    document = read_document(body, form)
    return Examined(
        title=document.title,
        address=document.canonical_address,
        language=document.language,
        content_hash=_hash_of(document),
        prompts=detect(document).prompts,
    )


def source_hash(source: str) -> str:
    """The same for the same source, as long as the detector finds the same prompts."""
    return hashlib.sha256(f"{VERSION} {source}".encode("utf-8", "replace")).hexdigest()


def _hash_of(document: Document) -> str:
    return source_hash("\n".join(f"{block.kind} {block.text}" for block in document.blocks))
