"""Reading a post, from a file's text or from the web, into what can be registered."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from board.prompts import Detection, Document, Prompt, detect, read_document
from board.sources import fetching
from board.sources.charsets import charset_of
from board.threads.registration import PostRead

Format = Literal["html", "markdown", "text"]
DETECTOR = 2  # rises when the detector finds other prompts, so that posts are looked at anew
MARKDOWN_ENDINGS = frozenset({".md", ".markdown", ".mdown"})


class AddressMissing(Exception):
    """A file does not say where it is published, and nobody else did."""


def read_post(body: str | bytes, form: Format, *, address: str | None = None) -> PostRead:
    """A post with its prompts; the closing one, if any, stands last.

    address: where it is published; without one the page's own canonical link counts.
    Raises AddressMissing.
    """
    document = read_document(body, form)
    where = document.canonical_address or address
    if not where:
        raise AddressMissing
    names = [address] if address else []
    prompts = closing_last(detect(document))
    return PostRead(where, document.title, prompts, names=names, content_hash=content_hash(document))


def read_file(file: Path, *, address: str | None = None) -> PostRead:
    """A post from a file, Markdown or HTML by its ending. Raises OSError, AddressMissing."""
    form: Format = "markdown" if file.suffix.lower() in MARKDOWN_ENDINGS else "html"
    body = file.read_bytes()
    return read_post(body.decode(charset_of(body, None), "replace"), form, address=address)


def read_address(address: str) -> PostRead:
    """A post fetched from the web. Raises fetching.FetchRefused."""
    fetched = fetching.fetch(address)
    form: Format = "markdown" if "markdown" in fetched.content_type else "html"
    return read_post(fetched.text, form, address=fetched.final_address)


def content_hash(document: Document) -> str:
    """The same for the same words in the same order, whatever the page around them looks like today."""
    words = "\n".join(f"{block.kind} {block.text}" for block in document.blocks)
    return hashlib.sha256(f"{DETECTOR} {words}".encode("utf-8", "replace")).hexdigest()


def closing_last(detection: Detection) -> list[Prompt]:
    others = [prompt for prompt in detection.prompts if prompt is not detection.closing]
    return [*others, detection.closing] if detection.closing else others
