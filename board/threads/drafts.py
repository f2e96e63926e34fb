"""What an author says to a prompt that was found: yes, with these words; no; or again from the start."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from board.extensions import db
from board.foundation.errors import BoardError
from board.threads.models import Draft, DraftState, Post, Thread

MAX_HEADING_CHARS = 300


class HasComments(BoardError):
    """A thread in which somebody wrote cannot be taken back. It can be closed or hidden."""

    status = 409
    title = _l("Somebody has written here already")
    words = _l("This discussion has comments, so it stays. You can close or hide it instead.")


@dataclass(frozen=True)
class Words:
    """A prompt as the author wants it. `kind`: reaction or question_call."""

    heading: str
    text: str
    kind: str


def digest_of(text: str) -> str:
    """The same for the same words, whatever their case and the white space between them."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "replace")).hexdigest()


def accept(
    draft: Draft, words: Words | None = None, *, now: datetime, account_id: int | None = None
) -> Thread:
    """Say yes: the draft's thread is opened, or the thread it renews gets the new words.

    draft: with its thread loaded. words: instead of the draft's own.
    """
    words = words or Words(draft.heading, draft.prompt, draft.kind)
    if draft.thread is None:
        draft.thread = open_thread(draft.post_id, draft.site_id, words, confidence=draft.confidence, now=now)
    else:
        draft.former_heading, draft.former_prompt = draft.thread.heading, draft.thread.prompt
        _reword(draft.thread, words)
    _decide(draft, DraftState.ACCEPTED, now, account_id)
    return draft.thread


def dismiss(draft: Draft, *, now: datetime, account_id: int | None = None) -> None:
    """Say no: it is no prompt, or the thread keeps the words it has. It is not proposed again."""
    _decide(draft, DraftState.DISMISSED, now, account_id)


def take_back(draft: Draft, *, now: datetime, account_id: int | None = None) -> None:
    """Let a decided draft wait again: a thread it opened goes, one that it renewed has its old words back.

    draft: with its thread loaded. Raises HasComments when somebody wrote in the thread it opened.
    """
    thread = draft.thread
    if draft.state == DraftState.ACCEPTED and thread is not None:
        if draft.former_prompt is not None:
            _reword(thread, Words(draft.former_heading or "", draft.former_prompt, thread.kind))
            draft.former_heading = draft.former_prompt = None
        else:
            _remove_empty(thread)
            draft.thread = None
    _decide(draft, DraftState.WAITING, now, account_id)


def open_thread(
    post_id: int, site_id: int, words: Words, *, now: datetime, confidence: float = 1.0
) -> Thread:
    """A new thread at the end of the post's others."""
    last = db.session.scalar(select(func.max(Thread.position)).where(Thread.post_id == post_id))
    thread = Thread(
        site_id=site_id,
        post_id=post_id,
        position=0 if last is None else last + 1,
        heading=words.heading[:MAX_HEADING_CHARS],
        prompt=words.text,
        kind=words.kind,
        confidence=confidence,
        created_at=now,
    )
    db.session.add(thread)
    db.session.flush()
    return thread


def arrange(post: Post, thread_ids: list[int]) -> None:
    """Let the post's threads stand in the order of `thread_ids`; those not named follow in their old order.

    post: with its threads loaded.
    """
    wanted = {thread_id: place for place, thread_id in enumerate(thread_ids)}
    ordered = sorted(post.threads, key=lambda one: (wanted.get(one.id, len(wanted)), one.position))
    beyond = max((thread.position for thread in post.threads), default=0) + 1
    for start in (beyond, 0):  # first out of each other's way: no two may share a place, not even in passing
        for place, thread in enumerate(ordered):
            thread.position = start + place
        db.session.flush()


def _reword(thread: Thread, words: Words) -> None:
    thread.heading, thread.prompt, thread.kind = words.heading[:MAX_HEADING_CHARS], words.text, words.kind
    thread.stands_in = False
    thread.revision = Thread.revision + 1


def _remove_empty(thread: Thread) -> None:
    """The database knows whether anything refers to it."""
    try:
        with db.session.begin_nested():
            db.session.delete(thread)
    except IntegrityError:
        raise HasComments from None


def _decide(draft: Draft, state: DraftState, now: datetime, account_id: int | None) -> None:
    draft.state = state.value
    is_open = state is DraftState.WAITING
    draft.decided_at, draft.decided_by = (None, None) if is_open else (now, account_id)
    db.session.flush()
