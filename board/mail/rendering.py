"""The words of a mail, from the templates of its kind, in the language of its site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import force_locale

from board import text
from board.foundation.templating import is_language

MAX_SUBJECT_CHARS = 120  # what mailboxes show, with room; the rest stands in the mail


@dataclass(frozen=True)
class Words:
    """What a mail says: one line of subject, and the same thing twice, as text and as HTML."""

    subject: str
    text: str
    html: str


def write(kind: str, language: str, **values: Any) -> Words:
    """Fill `templates/mail/<kind>/` with `values`. Unknown languages are written to in English."""
    code = language.replace("-", "_")
    with force_locale(code if is_language(code) else "en"):
        subject, body, html = (
            render_template(f"mail/{kind}/{part}", **values)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Words(cut(text.clean_name(subject), MAX_SUBJECT_CHARS), _tidy(body), html)


def cut(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _tidy(body: str) -> str:
    """Template lines leave gaps behind; a mail has at most one empty line in a row."""
    return re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
