"""Many comments at once, for what has to hold however many there are."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.foundation import clock
from board.threads.models import Thread

TEXT = "I count to ten, and then to ten again."


def crowd(
    session: Session,
    thread: Thread,
    count: int,
    *,
    status: Status = Status.PENDING,
    since: datetime | None = None,
) -> None:
    """`count` guests answer the prompt of `thread`, a second apart, the first at `since` or that long ago."""
    thread_id = thread.id
    since = since or clock.now() - timedelta(seconds=count)
    rows = [
        {
            "thread_id": thread_id,
            "depth": 0,
            "status": status.value,
            "author_name": f"Guest {number}",
            "source": TEXT,
            "html": f"<p>{TEXT}</p>",
            "renderer_version": 1,
            "reasons": [{"code": "policy_holds"}],
            "live_replies": 0,
            "network": secrets.token_hex(16),
            "fingerprint": secrets.token_hex(16),
            "text_digest": secrets.token_hex(16),
            "edit_salt": secrets.token_hex(16),
            "created_at": since + timedelta(seconds=number),
            "published_at": since if status is Status.PUBLISHED else None,
            "note": "",
            "open_reports": 0,
        }
        for number in range(count)
    ]
    session.execute(insert(Comment), rows)
    counted = {
        Status.PENDING: {Thread.pending_count: Thread.pending_count + count},
        Status.PUBLISHED: {Thread.published_count: Thread.published_count + count},
    }
    if changes := counted.get(status):
        session.execute(update(Thread).where(Thread.id == thread_id).values(changes))
    session.commit()
