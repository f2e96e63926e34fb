"""`board prompts`: the detector by itself, without a board."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, get_args

import click

from board.prompts import Examined, Format, Prompt
from board.sources.detecting import Detector, Unreadable

FORMATS = get_args(Format)


class LineRefused(Exception):
    """A line of input says nothing that can be read; the message says why, in plain words."""


@click.group("prompts")
def prompts() -> None:
    """The questions that posts put to their readers."""


@prompts.command("detect")
def detect() -> None:
    """Find the closing prompt of each post on standard input, one JSON object a line.

    In:  {"id", "format": "html", "markdown" or "text", "title", "body"}.
    Out: {"id", "prompt_text", "heading", "kind", "confidence", "others"}, in the same order; prompt_text and
    heading may be null, kind is reaction, question_call or none. A post that cannot be read is answered with
    none and its "error". No database is needed, and no network.

    \b
    Example:
      board prompts detect < posts.jsonl > found.jsonl
    """
    failed = 0
    for answer in answers(sys.stdin.buffer):
        failed += "error" in answer
        click.echo(json.dumps(answer, ensure_ascii=False))
    if failed:
        raise click.ClickException(f"{failed} could not be read; each says why in its answer.")


def answers(lines: BinaryIO) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not empty."""
    with Detector() as detector:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _answer(detector, line, number)


def _answer(detector: Detector, line: bytes, number: int) -> dict[str, Any]:
    asked = _parsed(line)
    post_id = asked.get("id")
    try:
        return _told(post_id, detector.examine(*_post(asked, number)))
    except (LineRefused, Unreadable) as refusal:
        return {**_told(post_id, None), "error": str(refusal)}


def _parsed(line: bytes) -> dict[str, Any]:
    """The object on the line; an empty one for anything else."""
    try:
        asked = json.loads(line)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _post(asked: dict[str, Any], number: int) -> tuple[str, Format]:
    body, form = asked.get("body"), asked.get("format")
    if not isinstance(body, str):
        raise LineRefused(f"line {number} is not a JSON object with a body")
    if form not in FORMATS:
        raise LineRefused(f"line {number} has no format of {', '.join(FORMATS)}")
    return body, form  # type: ignore[return-value]  # it is one of them


def _told(post_id: object, examined: Examined | None) -> dict[str, Any]:
    closing = examined.closing if examined else None
    others = [prompt for prompt in examined.prompts if not prompt.closes] if examined else []
    found = (
        _prompt(closing)
        if closing
        else {"prompt_text": None, "heading": None, "kind": "none", "confidence": 0.0}
    )
    return {"id": post_id, **found, "others": [_prompt(prompt) for prompt in others]}


def _prompt(prompt: Prompt) -> dict[str, Any]:
    return {
        "prompt_text": prompt.text,
        "heading": prompt.heading or None,
        "kind": prompt.kind,
        "confidence": prompt.confidence,
    }
