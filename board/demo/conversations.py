"""What the readers of the demo blog say, read from `conversations.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Voice:
    """Somebody says something. `answers`: which voice of the topic, from 1; 0 for the prompt."""

    name: str
    words: str
    answers: int = 0
    waiting: bool = False


def voices_for(post_name: str) -> list[Voice]:
    """Who talks below the post whose file has that name; nobody, if we know no such topic."""
    topics = tomllib.loads(FILE.read_text("utf-8"))
    said: list[dict[str, Any]] = next((voices for topic, voices in topics.items() if topic in post_name), [])
    return [Voice(**voice) for voice in said]
