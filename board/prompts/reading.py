"""From what a blog serves to blocks of text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

import yaml
from markdown_it import MarkdownIt

from board.prompts.document import Block, Document, Format
from board.prompts.page import read_page

# What generators take out of Markdown: tags and short codes of Liquid, Jinja and Hugo, attributes of
# kramdown, imports of MDX, and notes at the foot, which are none of the post's own words.
NOT_WRITING = re.compile(
    r"\{%[^{}\n]{0,500}%\}|\{\{[^{}\n]{0,500}\}\}|^\{:[^{}\n]{0,300}\}[ \t]*$"
    r"|^(?:import|export) .{0,300} from .{1,200};?$"
    r"|^\[\^[^\]\n]{1,50}\]:.*(?:\n[ \t]+\S.*)*|\[\^[^\]\n]{1,50}\]",
    re.MULTILINE,
)
MAX_BYTES = 512 * 1024  # no essay is longer; what is beyond is not read
FENCES: dict[str, Callable[[str], Any]] = {"---": yaml.safe_load, "+++": tomllib.loads}


def read_document(body: str | bytes, form: Format) -> Document:
    """Read a page, a fragment, Markdown with front matter, or plain text.

    Never raises for what stands in `body`; beyond MAX_BYTES it is not read.
    """
    text = body[:MAX_BYTES].decode("utf-8", "replace") if isinstance(body, bytes) else body[:MAX_BYTES]
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a character could not be stored
    text = text.replace("\x00", "").replace("\r\n", "\n")
    if form == "html":
        return read_page(text)
    return read_markdown(text) if form == "markdown" else read_text(text)


def read_text(source: str) -> Document:
    """Plain text: paragraphs stand between empty lines."""
    paragraphs = (" ".join(part.split()) for part in source.split("\n\n"))
    return Document("", tuple(Block("text", paragraph) for paragraph in paragraphs if paragraph))


def read_markdown(source: str) -> Document:
    """Markdown, with YAML or TOML front matter as Hugo, Jekyll and Pelican have it."""
    matter, rest = front_matter(source.lstrip("\ufeff"))
    written = NOT_WRITING.sub("", rest)
    read = read_page(MarkdownIt("commonmark").enable("table").render(written))
    said = {key: " ".join(value.split()) for key, value in matter.items() if isinstance(value, str)}
    return Document(
        title=said.get("title") or read.title,
        blocks=read.blocks,
        canonical_address=said.get("canonical_url") or said.get("canonicalURL"),
        language=said.get("lang") or said.get("language"),
    )


def front_matter(source: str) -> tuple[dict[str, Any], str]:
    """What stands between the fences at the top, and the rest. Broken front matter counts as none."""
    fence, _, after = source.partition("\n")
    parse = FENCES.get(fence.strip())
    head, found, rest = after.partition(f"\n{fence.strip()}")
    if parse is None or not found:
        return {}, source
    try:
        matter = parse(head)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return {}, rest
    return (matter if isinstance(matter, dict) else {}), rest
