"""A post's threads: their order, and whether they can be answered or seen. Nothing here commits."""

from __future__ import annotations

from typing import Literal

from board.authoring.holding import hold_post
from board.threads.drafts import arrange
from board.threads.models import Post, Thread, ThreadStatus


def move(post: Post, thread_id: int, places: Literal[-1, 1]) -> bool:
    """Let a thread of the post change places with its neighbour before (-1) or after it (1).

    False when there is none.
    """
    held = hold_post(post.id)
    order = [thread.id for thread in held.threads]
    here = order.index(thread_id) if thread_id in order else -1
    there = here + places
    if here < 0 or not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    arrange(held, order)
    return True


def set_status(post: Post, thread_id: int, status: ThreadStatus) -> bool:
    """Open, close or hide a thread of the post. False when it is none of them, or was merged into another."""
    held = hold_post(post.id)
    thread = next((one for one in held.threads if one.id == thread_id), None)
    if thread is None or thread.merged_into_id is not None:
        return False
    thread.status = status.value
    for one in held.threads:  # the pages of a post's threads name each other
        one.revision = Thread.revision + 1
    return True
