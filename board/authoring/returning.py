"""Putting back what a remapping changed, one kind after the other; what is elsewhere by now stays there.

Each function takes the changes of a kind that are not undone yet, and returns those that it could not undo.
What does not exist any more needs no way back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from board.authoring.models import Change
from board.authoring.moving import key_or_none
from board.comments.models import Comment
from board.extensions import db
from board.threads.models import Draft, Post, PostAddress, Thread

AT_ONCE = 500  # numbers in one statement
Changes = Sequence[Change]


class Name(NamedTuple):
    """One of the addresses under which a post is known: the number of its row, and the post."""

    id: int
    post_id: int


def return_posts(merged: Changes, names: Changes, site_id: int) -> list[Change]:
    """Posts that were merged live again, if at least one of their addresses comes back."""
    now_in = _values(Post.merged_into_id, _subjects(merged))
    coming_back = {(one.old_id, one.new_id) for one in _names_at_hand(names, _found(site_id, names))}
    back = [
        one
        for one in merged
        if now_in.get(one.subject_id) == one.new_id and (one.subject_id, one.new_id) in coming_back
    ]
    _set(Post, [{"id": one.subject_id, "merged_into_id": None} for one in back])
    return _without(merged, back)


def return_names(names: Changes, site_id: int) -> list[Change]:
    """Addresses go back to their posts, but for one at which the post stands that has it now."""
    live, found = _live(Post, names), _found(site_id, names)
    back = [one for one in _names_at_hand(names, found) if one.old_id in live]
    _set(PostAddress, [{"id": found[one.old_text].id, "post_id": one.old_id} for one in back])
    return _without([one for one in names if one.old_text in found], back)


def return_threads(moved: Changes) -> list[Change]:
    """Threads go back to their posts: to their former places, or behind the others where those are taken."""
    now_at, live = _values(Thread.post_id, _subjects(moved)), _live(Post, moved)
    born = _values(Thread.created_at, _subjects(moved))
    present = [one for one in moved if _began(born.get(one.subject_id)) == one.new_text]
    back = [one for one in present if now_at[one.subject_id] == one.new_id and one.old_id in live]
    _set(Thread, _places(back))
    return _without(present, back)


def return_drafts(moved: Changes) -> list[Change]:
    """What was found in a post goes back to it, unless it was found there again. No reader wrote it."""
    now_at, live = _values(Draft.post_id, _subjects(moved)), _live(Post, moved)
    digests = _values(Draft.digest, _subjects(moved))
    found = select(Draft.post_id, Draft.digest).where(Draft.post_id.in_({one.old_id for one in moved}))
    there = {(post_id, digest) for post_id, digest in db.session.execute(found)}
    present = [
        one
        for one in moved
        if one.subject_id in now_at and (one.old_id, digests[one.subject_id]) not in there
    ]
    back = [one for one in present if now_at[one.subject_id] == one.new_id and one.old_id in live]
    _set(Draft, [{"id": one.subject_id, "post_id": one.old_id} for one in back])
    return _without(present, back)


def return_merged_threads(merged: Changes, roots: Changes) -> list[Change]:
    """Threads that were merged are there again, unless all that was in them has gone somewhere else since."""
    now_in = _values(Thread.merged_into_id, _subjects(merged))
    filled, coming_back = ({(one.old_id, one.new_id) for one in some} for some in (roots, _at_hand(roots)))
    back = [
        one
        for one in merged
        if now_in.get(one.subject_id) == one.new_id
        and ((one.subject_id, one.new_id) in coming_back or (one.subject_id, one.new_id) not in filled)
    ]
    _set(Thread, [{"id": one.subject_id, "merged_into_id": None, "status": one.old_text} for one in back])
    return _without(merged, back)


def return_roots(roots: Changes) -> list[Change]:
    """Comments go back with everything that was answered below them, whenever it was."""
    live, groups = _live(Thread, roots), defaultdict[tuple[int | None, int | None], list[int]](list)
    back = [one for one in _at_hand(roots) if one.old_id in live]
    for one in back:
        groups[one.old_id, one.new_id].append(one.subject_id)
    for (old, new), ids in groups.items():
        for some in portions(ids):
            going = Comment.thread_id == new, or_(Comment.id.in_(some), Comment.root_id.in_(some))
            everything = update(Comment).where(*going).values(thread_id=old)
            db.session.execute(everything, execution_options={"synchronize_session": False})
    present = _values(Comment.id, _subjects(roots))
    return _without([one for one in roots if one.subject_id in present], back)


def return_ties(retied: Changes) -> list[Change]:
    """Drafts are about their former threads again, where those are there."""
    now_about, live = _values(Draft.thread_id, _subjects(retied)), _live(Thread, retied)
    present = [one for one in retied if one.subject_id in now_about]
    back = [one for one in present if now_about[one.subject_id] == one.new_id and one.old_id in live]
    _set(Draft, [{"id": one.subject_id, "thread_id": one.old_id} for one in back])
    return _without(present, back)


def return_standing(stood: Changes, site_id: int) -> list[Change]:
    """Posts stand where they stood, if they were not moved since and still have that address."""
    now_at = _values(Post.address, _subjects(stood))
    keys = {one.id: key_or_none(one.old_text or "") for one in stood}
    found = _by_key(site_id, keys.values())
    back = [
        one
        for one in stood
        if now_at.get(one.subject_id) == one.new_text
        and keys[one.id] in found
        and found[keys[one.id]].post_id == one.subject_id
    ]
    _set(Post, [{"id": one.subject_id, "address": one.old_text} for one in back])
    return _without(stood, back)


def return_named(named: Changes, site_id: int, elsewhere: Collection[int]) -> list[Change]:
    """Addresses that posts were given go, but for one at which a post stands, or that is its only one.

    elsewhere: posts that moved on from there; their address there goes on leading to them.
    """
    found = _found(site_id, named)
    present = [one for one in named if one.new_text in found]
    needed = _needed(named)
    several = _with_several(named)
    back = [
        one
        for one in present
        if found[one.new_text].post_id == one.new_id
        and needed.get(one.new_id) != one.new_text
        and one.new_id in several.difference(elsewhere)
    ]
    for some in portions([found[one.new_text].id for one in back]):
        gone = delete(PostAddress).where(PostAddress.id.in_(some))
        db.session.execute(gone, execution_options={"synchronize_session": False})
    return _without(present, back)


def return_unnamed(unnamed: Changes, site_id: int, now: datetime) -> list[Change]:
    """Posts have the addresses again that were taken from them, where no other post has them."""
    found, live = _found(site_id, unnamed), _live(Post, unnamed)
    free = [one for one in unnamed if one.old_text not in found and one.old_id in live]
    db.session.add_all(
        PostAddress(site_id=site_id, post_id=one.old_id, address_key=one.old_text, created_at=now)
        for one in free
    )
    db.session.flush()
    has_it = [one for one in unnamed if one.old_text in found and found[one.old_text].post_id == one.old_id]
    return _without(unnamed, [*free, *has_it])


def portions(values: Collection[Any]) -> Iterator[list[Any]]:
    """The different ones of `values`, so many at a time as one statement can hold."""
    every = list(dict.fromkeys(value for value in values if value is not None))
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _names_at_hand(names: Changes, found: Mapping[str | None, Name]) -> list[Change]:
    """Those that still lead to where they were brought, and are not where that post stands."""
    needed = _needed(names)
    return [
        one
        for one in names
        if one.old_text in found
        and found[one.old_text].post_id == one.new_id
        and needed.get(one.new_id) != one.old_text
    ]


def _at_hand(roots: Changes) -> list[Change]:
    now_in = _values(Comment.thread_id, _subjects(roots))
    return [one for one in roots if now_in.get(one.subject_id) == one.new_id]


def _places(back: Changes) -> Iterator[dict[str, Any]]:
    taken = defaultdict[int | None, set[int]](set)
    for some in portions([one.old_id for one in back]):
        for post_id, place in db.session.execute(
            select(Thread.post_id, Thread.position).where(Thread.post_id.in_(some))
        ):
            taken[post_id].add(place)
    for one in back:
        wanted, there = int(one.old_text or 0), taken[one.old_id]
        place = max(there) + 1 if wanted in there else wanted
        there.add(place)
        yield {"id": one.subject_id, "post_id": one.old_id, "position": place}


def _began(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _needed(changes: Changes) -> dict[int | None, str | None]:
    """The keys of where the posts stand that have what was changed."""
    addresses = _values(Post.address, [one.new_id for one in changes])
    return {post_id: key_or_none(address) for post_id, address in addresses.items()}


def _with_several(changes: Changes) -> set[int]:
    """The posts, of those that were given an address, that have others."""
    found: set[int] = set()
    for some in portions([one.new_id for one in changes]):
        query = select(PostAddress.post_id).where(PostAddress.post_id.in_(some)).group_by(PostAddress.post_id)
        found.update(db.session.scalars(query.having(func.count() > 1)))
    return found


def _live(table: type[Post | Thread], changes: Changes) -> set[int | None]:
    """The former places, by id, that were not merged into another."""
    merged = _values(table.merged_into_id, [one.old_id for one in changes])
    return {number for number, into in merged.items() if into is None}


def _found(site_id: int, changes: Changes) -> dict[str | None, Name]:
    """The addresses that were changed, by key: a row that was removed and is back has another number."""
    return _by_key(site_id, [one.old_text or one.new_text for one in changes])


def _by_key(site_id: int, keys: Collection[str | None]) -> dict[str | None, Name]:
    found: dict[str | None, Name] = {}
    for some in portions(keys):
        query = select(PostAddress.address_key, PostAddress.id, PostAddress.post_id)
        query = query.where(PostAddress.site_id == site_id, PostAddress.address_key.in_(some))
        found.update((key, Name(number, post_id)) for key, number, post_id in db.session.execute(query))
    return found


def _values(column: InstrumentedAttribute[Any], ids: Collection[int | None]) -> dict[int | None, Any]:
    """That column of the rows with those ids, by id; rows that are gone are not in it."""
    table, found = column.class_, dict[int | None, Any]()
    for some in portions(ids):
        query = select(table.id, column).where(table.id.in_(some))
        found.update((number, value) for number, value in db.session.execute(query))
    return found


def _set(table: type[Post | PostAddress | Thread | Draft], rows: Iterable[dict[str, Any]]) -> None:
    """Update rows by their ids. What the session knows of them is stale then."""
    if every := list(rows):
        db.session.execute(update(table), every)


def _subjects(changes: Changes) -> list[int]:
    return [one.subject_id for one in changes]


def _without(changes: Changes, done: Changes) -> list[Change]:
    finished = {one.id for one in done}
    return [one for one in changes if one.id not in finished]
