"""A post as a feed or an export carries it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime

MAX_TITLE_CHARS = 300
TAG = re.compile(r"<[^<>]{0,1000}>")


@dataclass(frozen=True)
class Entry:
    """`html`: what it carries of the post, or None; `is_whole`: that this is all of it.

    `key`: the feed's own name for it, often an address that never changes.
    """

    address: str
    title: str
    html: str | None
    is_whole: bool
    published_at: datetime | None
    key: str | None = None
    updated_at: datetime | None = None


def plain_title(said: str) -> str:
    """A title as a reader sees it: most are HTML, whatever they claim to be."""
    return " ".join(html.unescape(TAG.sub(" ", said)).split())[:MAX_TITLE_CHARS]
