"""Where posts stand and under which addresses they are known; which post a discussion belongs to.

Nothing here commits. Whatever changes is noted, so that `undoing` can put it back.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from board.authoring.models import ChangeKind, Move, Remapping
from board.authoring.recording import NothingToMove, begin, cut, hold, note, note_moved, require_live
from board.comments.lifecycle import touch
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.permissions import Actor
from board.threads.addresses import AddressRefused, canonical
from board.threads.models import Post, PostAddress, Thread


class AddressTaken(BoardError):
    """The address belongs to another post. Two posts that are one can be merged."""

    status = 409
    title = _l("Another post has this address")
    words = _l("If the two are the same post, merge them; otherwise remove the address there first.")

    def __init__(self, post_id: int) -> None:
        super().__init__(post_id)
        self.post_id = post_id


class AddressNeeded(BoardError):
    """The post stands there, or has no other address left."""

    status = 409
    title = _l("This address is needed")
    words = _l("The post stands there, or it is its last address. Give it another one first.")


def give_address(post: Post, address: str, actor: Actor, *, stands: bool, now: datetime) -> Remapping:
    """Let the post be found at `address`, too; with `stands`, that is where it is from now on.

    Its former addresses go on leading to it. Raises AddressRefused, AddressTaken, MergedAlready,
    NothingToMove.
    """
    key = canonical(address)
    hold(post.site_id, Thread.post_id == post.id)
    require_live(post)
    owner = owner_of(post.site_id, key)
    if owner not in {None, post.id}:
        raise AddressTaken(owner or 0)
    stands = stands and address != post.address
    if owner is not None and not stands:
        raise NothingToMove
    details = {"post": cut(post.title), "post_id": post.id, "address": address, "stands": stands}
    remapping = begin(Move.NAME, post.site_id, actor, details, now=now)
    if owner is None:
        name(remapping, {key: post.id}, now=now)
    if stands:
        note(remapping, ChangeKind.STANDS, [stood(post.id, post.address, address)])
        post.address = address
    _touch_all(post.id)
    return remapping


def remove_address(post: Post, address_id: int, actor: Actor, *, now: datetime) -> Remapping:
    """Let an address lead to the post no more. Raises AddressNeeded, MergedAlready, NothingToMove."""
    hold(post.site_id, Thread.post_id == post.id)
    require_live(post)
    rows = db.session.scalars(select(PostAddress).where(PostAddress.post_id == post.id)).all()
    row = next((one for one in rows if one.id == address_id), None)
    if row is None:
        raise NothingToMove
    if len(rows) == 1 or row.address_key == key_or_none(post.address):
        raise AddressNeeded
    details = {"post": cut(post.title), "post_id": post.id, "address": row.address_key}
    remapping = begin(Move.UNNAME, post.site_id, actor, details, now=now)
    note(
        remapping,
        ChangeKind.UNNAMED,
        [{"subject_id": row.id, "old_id": post.id, "old_text": row.address_key}],
    )
    db.session.delete(row)
    db.session.flush()
    return remapping


def move_thread(thread: Thread, post: Post, actor: Actor, *, now: datetime) -> Remapping:
    """Let the discussion be one of `post`, of the same site, after those that are there.

    thread: with its post loaded. Raises MergedAlready, NothingToMove.
    """
    hold(thread.site_id, Thread.post_id.in_((thread.post_id, post.id)))
    require_live(thread, post)
    if thread.post_id == post.id or thread.site_id != post.site_id:
        raise NothingToMove
    details = {"source": cut(thread.title), "source_id": thread.id, "former": cut(thread.post.title)}
    details |= {"target": cut(post.title), "target_id": post.id}
    remapping = begin(Move.MOVE_THREAD, thread.site_id, actor, details, now=now)
    old = thread.post_id
    note_moved(remapping, [thread], post)
    thread.post_id, thread.position = post.id, place_at_end(post.id)
    db.session.flush()
    _touch_all(old)
    _touch_all(post.id)
    return remapping


def owner_of(site_id: int, key: str) -> int | None:
    """The id of the post that has that address."""
    query = select(PostAddress.post_id).where(PostAddress.site_id == site_id, PostAddress.address_key == key)
    return db.session.scalars(query).first()


def name(remapping: Remapping, posts: dict[str, int], *, now: datetime) -> None:
    """Give addresses, by key, to posts, as a part of `remapping`. None of them is taken."""
    rows = [
        PostAddress(site_id=remapping.site_id, post_id=post_id, address_key=key, created_at=now)
        for key, post_id in posts.items()
    ]
    db.session.add_all(rows)
    db.session.flush()
    changes = [{"subject_id": row.id, "new_id": row.post_id, "new_text": row.address_key} for row in rows]
    note(remapping, ChangeKind.NAMED, changes)


def stood(post_id: int, old: str, new: str) -> dict[str, str | int]:
    return {"subject_id": post_id, "old_text": old, "new_text": new}


def place_at_end(post_id: int) -> int:
    last = db.session.scalar(select(func.max(Thread.position)).where(Thread.post_id == post_id))
    return 0 if last is None else last + 1


def key_or_none(address: str) -> str | None:
    """The key of an address that may be older than the rules for addresses."""
    try:
        return canonical(address)
    except AddressRefused:
        return None


def _touch_all(post_id: int) -> None:
    """The pages of a post's threads name each other and link to the post."""
    for thread_id in db.session.scalars(select(Thread.id).where(Thread.post_id == post_id)).all():
        touch(thread_id)
