"""Opening, pausing, closing and hiding a discussion. Nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from board.accounts.deeds import note_deed
from board.foundation.permissions import Actor
from board.threads.models import Thread, ThreadStatus


def set_status(
    threads: Sequence[Thread], thread_id: int, status: ThreadStatus, actor: Actor, *, now: datetime
) -> bool:
    """Give one of a post's threads a status, and log it. False when it is none of them, or was merged.

    threads: all of the post, held until the transaction ends.
    """
    thread = next((one for one in threads if one.id == thread_id), None)
    if thread is None or thread.merged_into_id is not None:
        return False
    if thread.status != status.value:
        note_deed(actor, f"thread_{status.value}", thread.title, site_id=thread.site_id, now=now)
    thread.status = status.value
    for one in threads:  # the pages of a post's threads name each other
        one.revision = Thread.revision + 1
    return True
