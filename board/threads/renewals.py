"""Which thread a changed prompt belongs to: a post was edited, and its discussion goes on. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from board.threads.drafts import digest_of
from board.threads.models import Draft, DraftState, Thread, ThreadStatus

ALIKE = 0.5  # share of words in common, in order, from which another wording is the same question
MAX_WORDS_COMPARED = 200


def pair(
    fresh: Sequence[Draft], threads: Sequence[Thread], drafts: Sequence[Draft], *, found: Collection[str]
) -> None:
    """Tell each draft of `fresh` the thread whose words it would renew, where there is one.

    A thread can be renewed when the post says its words no more (`found`: digests of what it says now),
    or when it stands under the default prompt. The closing prompt follows the closing prompt; others must be
    alike.
    """
    free = [thread for thread in threads if _may_be_renewed(thread, drafts, found)]
    closed = {draft.thread_id for draft in drafts if draft.closes}
    for draft in sorted(fresh, key=lambda one: not one.closes):
        thread = max(free, key=lambda one: _fit(draft, one, closed), default=None)
        if thread is not None and _fit(draft, thread, closed) >= ALIKE:
            draft.thread, draft.thread_id = thread, thread.id
            free.remove(thread)


def _may_be_renewed(thread: Thread, drafts: Sequence[Draft], found: Collection[str]) -> bool:
    if thread.status == ThreadStatus.HIDDEN:
        return False
    own = [one.digest for one in drafts if one.thread_id == thread.id and one.state == DraftState.ACCEPTED]
    return thread.stands_in or not {*own, digest_of(thread.prompt)} & set(found)


def _fit(draft: Draft, thread: Thread, closed: Collection[int | None]) -> float:
    """From 0, nothing in common, to beyond 1, which only what closes the post reaches."""
    closes = draft.closes and (thread.stands_in or thread.id in closed)
    return _likeness(draft.prompt, thread.prompt) + (1 if closes else 0)


def _likeness(one: str, other: str) -> float:
    words, others = (text.casefold().split()[:MAX_WORDS_COMPARED] for text in (one, other))
    return SequenceMatcher(None, words, others, autojunk=False).ratio()
