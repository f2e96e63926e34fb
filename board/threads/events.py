"""What others may want to know about threads. Who listens is listed in `board/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.threads.models import Thread


@dataclass(frozen=True)
class ThreadOpened:
    """A prompt got its discussion, or a discussion that stood in for one its prompt.

    `is_archive`: its post came with many others, from an export or a sitemap.
    """

    thread: Thread
    is_archive: bool
    now: datetime
