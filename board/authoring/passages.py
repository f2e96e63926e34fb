"""A found prompt in its surroundings, cut where a reader would cut. Pure."""

from __future__ import annotations

from dataclasses import dataclass

AROUND_CHARS = 180  # two lines of the page: enough to know the place again


@dataclass(frozen=True)
class Passage:
    """`before` and `after` are empty at the edge of the post, and bear an ellipsis where they were cut."""

    before: str
    heading: str
    prompt: str
    after: str


def passage(before: str, heading: str, prompt: str, after: str) -> Passage:
    """The prompt with the end of what stands above it and the beginning of what follows."""
    return Passage(ending(before), "" if heading == prompt else heading, prompt, beginning(after))


def ending(text: str) -> str:
    """The last words of `text`, from the start of a word."""
    text = text.strip()
    if len(text) <= AROUND_CHARS:
        return text
    _, _, rest = text[-AROUND_CHARS:].partition(" ")
    return f"… {rest or text[-AROUND_CHARS:]}"


def beginning(text: str) -> str:
    """The first words of `text`, up to the end of a word."""
    text = text.strip()
    if len(text) <= AROUND_CHARS:
        return text
    start, _, _ = text[:AROUND_CHARS].rpartition(" ")
    return f"{start or text[:AROUND_CHARS]} …"
