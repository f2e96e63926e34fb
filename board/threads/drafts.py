"""What an author says to a prompt that was found: yes, with these words; no; or again from the start."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError

from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.events import publish
from board.threads.events import ThreadOpened
from board.threads.models import Draft, DraftState, Post, Thread

MAX_HEADING_CHARS = 300


class HasComments(BoardError):
    """A thread in which somebody wrote cannot be taken back. It can be closed or hidden."""

    status = 409
    title = _l("Somebody has written here already")
    words = _l(
        "Somebody wrote in this discussion, or another was merged into it, so it stays. "
        "You can close or hide it on the page of its post."
    )


class SaidAnew(BoardError):
    """Other words were accepted for the thread since: taking back the older ones would lose the newer."""

    status = 409
    title = _l("This discussion has newer words")
    words = _l("You accepted newer words for this discussion since. Take those back first.")


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
    draft: Draft,
    words: Words | None = None,
    *,
    now: datetime,
    account_id: int | None = None,
    is_archive: bool = False,
) -> Thread:
    """Say yes: the draft's thread is opened, or the thread it renews gets the new words.

    draft: with its thread loaded; one that was accepted before stays as it is. words: instead of the draft's
    own. is_archive: its post came with many others. Publishes ThreadOpened.
    """
    if draft.state == DraftState.ACCEPTED and draft.thread is not None:
        return draft.thread
    words = words or Words(draft.heading, draft.prompt, draft.kind)
    is_new = draft.thread is None or draft.thread.stands_in
    if draft.thread is None:
        draft.thread = open_thread(draft.post_id, draft.site_id, words, confidence=draft.confidence, now=now)
    else:
        _keep_former(draft, draft.thread)
        _reword(draft.thread, words)
    _decide(draft, DraftState.ACCEPTED, now, account_id)
    if is_new:
        publish(ThreadOpened(draft.thread, is_archive, now))
    return draft.thread


def dismiss(draft: Draft, *, now: datetime, account_id: int | None = None) -> None:
    """Say no: it is no prompt, or the thread keeps the words it has. It is not proposed again."""
    _decide(draft, DraftState.DISMISSED, now, account_id)


def take_back(draft: Draft, *, now: datetime, account_id: int | None = None) -> None:
    """Let a decided draft wait again: a thread it opened goes, one that it renewed is what it was before.

    draft: with its thread loaded. Raises HasComments when somebody wrote in the thread it opened, SaidAnew
    when other words were accepted for that thread since.
    """
    if draft.state == DraftState.ACCEPTED and draft.thread is not None:
        _require_latest(draft, draft.thread)
        if draft.former_prompt is None:
            _remove_empty(draft.thread)
            draft.thread = None
        else:
            _give_back_former(draft, draft.thread)
    _forget_former(draft)
    _decide(draft, DraftState.WAITING, now, account_id)


def open_thread(
    post_id: int, site_id: int, words: Words, *, now: datetime, confidence: float = 1.0
) -> Thread:
    """A new thread at the end of the post's others.

    Whoever opens threads of one post holds its site's row or its own first, as `registration` does: two at
    once would want the same place.
    """
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
    _touch_all(post_id)
    db.session.add(thread)
    db.session.flush()
    return thread


def arrange(post: Post, thread_ids: list[int]) -> None:
    """Let the post's threads stand in the order of `thread_ids`; those not named follow in their old order.

    post: with all its threads loaded, hidden ones as well, or two would share a place.
    """
    wanted = {thread_id: place for place, thread_id in enumerate(thread_ids)}
    ordered = sorted(post.threads, key=lambda one: (wanted.get(one.id, len(wanted)), one.position))
    beyond = max((thread.position for thread in post.threads), default=0) + 1
    for start in (beyond, 0):  # first out of each other's way: no two may share a place, not even in passing
        for place, thread in enumerate(ordered):
            thread.position = start + place
        db.session.flush()
    _touch_all(post.id)


def _touch_all(post_id: int) -> None:
    """The pages of a post's threads name each other. Rows are held by id, as everybody who decides does."""
    held = select(Thread.id).where(Thread.post_id == post_id).order_by(Thread.id).with_for_update()
    db.session.execute(
        update(Thread)
        .where(Thread.id.in_(held))
        .values({Thread.revision: Thread.revision + 1})
        .execution_options(synchronize_session=False)
    )


def _keep_former(draft: Draft, thread: Thread) -> None:
    draft.former_heading, draft.former_prompt = thread.heading, thread.prompt
    draft.former_kind, draft.former_stands_in = thread.kind, thread.stands_in


def _give_back_former(draft: Draft, thread: Thread) -> None:
    former = Words(draft.former_heading or "", draft.former_prompt or "", draft.former_kind or thread.kind)
    _reword(thread, former)
    thread.stands_in = draft.former_stands_in


def _forget_former(draft: Draft) -> None:
    draft.former_heading = draft.former_prompt = draft.former_kind = None
    draft.former_stands_in = False


def _require_latest(draft: Draft, thread: Thread) -> None:
    later = select(Draft.id).where(
        Draft.thread_id == thread.id,
        Draft.state == DraftState.ACCEPTED.value,
        Draft.id != draft.id,
        or_(
            Draft.decided_at > draft.decided_at,
            (Draft.decided_at == draft.decided_at) & (Draft.id > draft.id),
        ),
    )
    if db.session.scalars(later).first() is not None:
        raise SaidAnew


def _reword(thread: Thread, words: Words) -> None:
    thread.heading, thread.prompt, thread.kind = words.heading[:MAX_HEADING_CHARS], words.text, words.kind
    thread.stands_in = False
    thread.revision = Thread.revision + 1


def _remove_empty(thread: Thread) -> None:
    """The database knows whether anything refers to it."""
    post_id = thread.post_id
    try:
        with db.session.begin_nested():
            db.session.delete(thread)
    except IntegrityError:
        raise HasComments from None
    _touch_all(post_id)


def _decide(draft: Draft, state: DraftState, now: datetime, account_id: int | None) -> None:
    draft.state = state.value
    is_open = state is DraftState.WAITING
    draft.decided_at, draft.decided_by = (None, None) if is_open else (now, account_id)
    db.session.flush()
