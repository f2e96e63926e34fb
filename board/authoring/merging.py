"""Making one of two: discussions that ask the same, posts that turned out to be the same.

Nothing here commits. Whatever changes is noted, so that `undoing` can put it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, insert, literal, select, update

from board.authoring.models import Change, ChangeKind, Move, Remapping
from board.authoring.recording import (
    HiddenThere,
    NothingToMove,
    add_up,
    begin,
    cut,
    hold,
    note,
    note_moved,
    require_live,
)
from board.comments.lifecycle import recount
from board.comments.models import Comment
from board.extensions import db
from board.foundation.permissions import Actor
from board.threads.drafts import digest_of
from board.threads.models import Draft, Post, PostAddress, Thread, ThreadStatus


def merge_threads(source: Thread, target: Thread, actor: Actor, *, now: datetime) -> Remapping:
    """All comments of `source` go to `target`, whatever their status; whoever asks for `source` is led there.

    Both of one site. Subscriptions and permalinks belong to comments and go along. Four statements, however
    many comments there are. Raises MergedAlready, HiddenThere, NothingToMove.
    """
    hold(source.site_id, Thread.id.in_((source.id, target.id)))
    _require_two(source, target)
    if target.status == ThreadStatus.HIDDEN:
        raise HiddenThere
    details = {"source": cut(source.title), "target": cut(target.title), "source_id": source.id}
    remapping = begin(Move.MERGE_THREADS, source.site_id, actor, {**details, "target_id": target.id}, now=now)
    pour(remapping, source, target)
    recount([source.id, target.id])
    return remapping


def merge_posts(source: Post, target: Post, actor: Actor, *, join: bool = True, now: datetime) -> Remapping:
    """All addresses, threads and drafts of `source` go to `target`; whoever asks for `source` is led there.

    Both of one site. join: discussions of the two that ask the same become one, too. Raises MergedAlready,
    NothingToMove.
    """
    hold(source.site_id, Thread.post_id.in_((source.id, target.id)))
    _require_two(source, target)
    details = {"source": cut(source.title), "target": cut(target.title), "source_id": source.id}
    remapping = begin(Move.MERGE_POSTS, source.site_id, actor, {**details, "target_id": target.id}, now=now)
    absorb(remapping, source, target, join=join)
    return remapping


def absorb(remapping: Remapping, source: Post, target: Post, *, join: bool) -> None:
    """Do what `merge_posts` says as a part of `remapping`. Both posts live, their site and threads held."""
    ours, theirs = _threads_of(target), _threads_of(source)
    _move_addresses(remapping, source, target)
    _move_threads(remapping, theirs, ours, target)
    _move_drafts(remapping, source, target)
    note(remapping, ChangeKind.POST_MERGED, [{"subject_id": source.id, "new_id": target.id}])
    source.merged_into_id = target.id
    db.session.flush()
    for one, other in twins(theirs, ours) if join else ():
        pour(remapping, one, other)
    recount([thread.id for thread in (*ours, *theirs)])


def twins(theirs: Sequence[Thread], ours: Sequence[Thread]) -> list[tuple[Thread, Thread]]:
    """Which of the threads of two posts that become one should be one, too: (to be emptied, to go on).

    Those that ask the same; and one that stands in for a post's own prompt with the last that is such a
    prompt. What is hidden stays as it is. Pure. All in the order of their posts.
    """
    theirs, ours = ([one for one in some if one.status != ThreadStatus.HIDDEN] for some in (theirs, ours))
    by_words = {digest_of(thread.prompt): thread for thread in ours}
    pairs = [(one, by_words[digest_of(one.prompt)]) for one in theirs if digest_of(one.prompt) in by_words]
    paired = {thread.id for pair in pairs for thread in pair}
    emptied = {source.id for source, _ in pairs}
    for standing_in, others in ((theirs, ours), (ours, theirs)):
        own = [thread for thread in others if not thread.stands_in and thread.id not in emptied]
        pairs += [(one, own[-1]) for one in standing_in if own and one.stands_in and one.id not in paired]
    return pairs


def pour(remapping: Remapping, source: Thread, target: Thread) -> None:
    """Bring everything of one thread to another, as a part of `remapping`. Counters are the caller's."""
    columns = ["remapping_id", "kind", "subject_id", "old_id", "new_id", "undone"]
    values = (remapping.id, ChangeKind.ROOT_MOVED.value, Comment.id, source.id, target.id, False)
    roots = select(*(value if value is Comment.id else literal(value) for value in values))
    roots = roots.where(Comment.thread_id == source.id, Comment.depth == 0)
    db.session.execute(insert(Change).from_select(columns, roots))
    everything = update(Comment).where(Comment.thread_id == source.id).values(thread_id=target.id)
    moved = db.session.execute(everything, execution_options={"synchronize_session": False})
    add_up(remapping, comments=cast("CursorResult[Any]", moved).rowcount, joined=1)
    _retie_drafts(remapping, source, target)
    empty = {"subject_id": source.id, "new_id": target.id, "old_text": source.status}
    note(remapping, ChangeKind.THREAD_MERGED, [empty])
    source.status, source.merged_into_id = ThreadStatus.HIDDEN.value, target.id
    db.session.flush()


def _require_two(source: Post | Thread, target: Post | Thread) -> None:
    if source.id == target.id or source.site_id != target.site_id:
        raise NothingToMove
    require_live(source, target)


def _threads_of(post: Post) -> Sequence[Thread]:
    return db.session.scalars(select(Thread).where(Thread.post_id == post.id).order_by(Thread.position)).all()


def _move_addresses(remapping: Remapping, source: Post, target: Post) -> None:
    own = select(PostAddress.id, PostAddress.address_key).where(PostAddress.post_id == source.id)
    changes = [
        {"subject_id": number, "old_id": source.id, "new_id": target.id, "old_text": key}
        for number, key in db.session.execute(own)
    ]
    note(remapping, ChangeKind.NAME_MOVED, changes)
    addresses = update(PostAddress).where(PostAddress.post_id == source.id).values(post_id=target.id)
    db.session.execute(addresses, execution_options={"synchronize_session": False})
    add_up(remapping, addresses=len(changes))


def _move_threads(
    remapping: Remapping, theirs: Sequence[Thread], ours: Sequence[Thread], target: Post
) -> None:
    """Before those that are there: the last one is the post's closing prompt, and is shown in the post."""
    first = min((thread.position for thread in ours), default=0)
    note_moved(remapping, theirs, target)
    for place, thread in enumerate(theirs, first - len(theirs)):
        thread.post_id, thread.position = target.id, place
    db.session.flush()
    add_up(remapping, threads=len(theirs))


def _move_drafts(remapping: Remapping, source: Post, target: Post) -> None:
    """What was found in both posts stays found once."""
    there = select(Draft.digest).where(Draft.post_id == target.id)
    mine = Draft.post_id == source.id, Draft.digest.not_in(there)
    ids = db.session.scalars(select(Draft.id).where(*mine)).all()
    note(remapping, ChangeKind.DRAFT_MOVED, _moved(ids, source.id, target.id))
    moved = update(Draft).where(Draft.id.in_(ids)).values(post_id=target.id)
    db.session.execute(moved, execution_options={"synchronize_session": False})


def _retie_drafts(remapping: Remapping, source: Thread, target: Thread) -> None:
    ids = db.session.scalars(select(Draft.id).where(Draft.thread_id == source.id)).all()
    note(remapping, ChangeKind.DRAFT_RETIED, _moved(ids, source.id, target.id))
    retied = update(Draft).where(Draft.thread_id == source.id).values(thread_id=target.id)
    db.session.execute(retied, execution_options={"synchronize_session": False})


def _moved(ids: Sequence[int], old: int, new: int) -> list[dict[str, int]]:
    return [{"subject_id": one, "old_id": old, "new_id": new} for one in ids]
