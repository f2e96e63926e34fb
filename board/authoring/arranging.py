"""The order of a post's threads. Nothing here commits."""

from __future__ import annotations

from typing import Literal

from board.authoring.holding import hold_post
from board.threads.drafts import arrange
from board.threads.models import Post


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
