"""Comment text: what readers type becomes safe HTML here, and only here.

PURE: no Flask, no database. The only importer of a sanitiser and the only maker of safe markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from board.text.markdown import as_paragraphs, to_html
from board.text.names import clean_name
from board.text.plain import excerpt, plain, words
from board.text.sanitising import sanitise
from board.text.source import MAX_SOURCE_CHARS, TextRefused, is_blank, normalise

__all__ = [
    "MAX_SOURCE_CHARS",
    "RENDERER_VERSION",
    "Rendered",
    "TextRefused",
    "clean_name",
    "excerpt",
    "normalise",
    "plain",
    "render",
    "safe",
]

RENDERER_VERSION = 1  # raise it with any change that alters the HTML of an existing comment


@dataclass(frozen=True)
class Rendered:
    """Safe HTML and the version of the rules that made it; stored together with the source."""

    html: str
    version: int


def render(source: str) -> Rendered:
    """The safe HTML of what a reader typed.

    Words are never lost: where Markdown would show nothing (a lone rule, an empty link) or would
    drop what is nested too deeply, the source is shown as it was typed.
    Raises TextRefused as `normalise` does, and nothing else. A comment of everyday length costs a few
    milliseconds; render when it is written, not when it is read.
    """
    source = normalise(source)
    html = sanitise(to_html(source))
    if is_blank(words(html)):
        html = sanitise(as_paragraphs(source))
    return Rendered(html, RENDERER_VERSION)


def safe(html: str) -> Markup:
    """Stored HTML, marked as safe for a template. `html` must come from `render`."""
    return Markup(html)  # noqa: S704 - the one place; the text was sanitised when it was written
