"""Taking a remapping back, as far as its things still are where it put them. Nothing here commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from board.authoring import returning
from board.authoring.models import Change, ChangeKind, Remapping
from board.authoring.recording import hold
from board.authoring.returning import portions
from board.comments.lifecycle import recount
from board.extensions import db
from board.foundation.permissions import Actor
from board.threads.models import Post, Thread

NAMED_IN_WORDS = 3  # of the things that stay, the others are a number
OF_POSTS = (ChangeKind.NAME_MOVED, ChangeKind.THREAD_MOVED, ChangeKind.NAMED, ChangeKind.UNNAMED)
UNSAID = frozenset(  # what stays with them is said by what else stays
    {ChangeKind.POST_MERGED, ChangeKind.THREAD_MERGED, ChangeKind.DRAFT_MOVED, ChangeKind.DRAFT_RETIED}
)
TAKEN_ON = {ChangeKind.NAMED: ChangeKind.NAME_MOVED}  # an address that was given is moved, not given again


@dataclass(frozen=True)
class Kept:
    """Things of one kind that stay where they are. `by`: the remapping that took them on, if one did.
    `names`: what the first of them are called, where they are called anything."""

    kind: ChangeKind
    count: int
    by: int | None
    names: Sequence[str]


@dataclass(frozen=True)
class Undone:
    """How many changes were undone, and what was not."""

    returned: int = 0
    kept: Sequence[Kept] = field(default_factory=list)


def undo(remapping: Remapping, actor: Actor, *, now: datetime) -> Undone:
    """Put back whatever `remapping` changed and is where it put it; the rest stays and can be undone later.

    Comments that were written since go along with what they answer; those that answer the prompt stay where
    they were written. A rule that is still being applied stops. Doing it twice does nothing the second time.
    """
    hold(remapping.site_id, _concerned(remapping))
    db.session.refresh(remapping)
    changes = _open_changes(remapping)
    kept = _put_back(changes, remapping.site_id, now)
    stuck = {change.id for change in kept}
    returned = [change for change in changes if change.id not in stuck]
    remapping.goes_on_after = None
    if returned:
        _mark(returned)
        remapping.undone_at, remapping.undone_by = now, actor.name
        db.session.flush()
        _show(returned)
    db.session.expire_all()
    return Undone(len(returned), _explained(kept))


def _put_back(changes: Sequence[Change], site_id: int, now: datetime) -> list[Change]:
    """What could not be put back. Places come before what belongs into them."""
    of = defaultdict[str, list[Change]](list)
    for change in changes:
        of[change.kind].append(change)
    kept = returning.return_posts(of[ChangeKind.POST_MERGED], of[ChangeKind.NAME_MOVED], site_id)
    kept += returning.return_names(of[ChangeKind.NAME_MOVED], site_id)
    kept += returning.return_threads(of[ChangeKind.THREAD_MOVED])
    kept += returning.return_drafts(of[ChangeKind.DRAFT_MOVED])
    kept += returning.return_merged_threads(of[ChangeKind.THREAD_MERGED], of[ChangeKind.ROOT_MOVED])
    kept += returning.return_roots(of[ChangeKind.ROOT_MOVED])
    kept += returning.return_ties(of[ChangeKind.DRAFT_RETIED])
    elsewhere = returning.return_standing(of[ChangeKind.STANDS], site_id)
    kept += elsewhere
    kept += returning.return_named(of[ChangeKind.NAMED], site_id, {one.subject_id for one in elsewhere})
    return kept + returning.return_unnamed(of[ChangeKind.UNNAMED], site_id, now)


def _concerned(remapping: Remapping) -> ColumnElement[bool]:
    """The threads that an undo changes."""

    def of(column: InstrumentedAttribute[Any], *kinds: ChangeKind) -> Select[Any]:
        return select(column).where(Change.remapping_id == remapping.id, Change.kind.in_(kinds))

    moved = of(Change.subject_id, ChangeKind.THREAD_MOVED, ChangeKind.THREAD_MERGED)
    posts = (
        of(Change.subject_id, ChangeKind.STANDS),
        of(Change.new_id, *OF_POSTS),
        of(Change.old_id, *OF_POSTS),
    )
    return or_(
        Thread.id.in_(moved),
        Thread.id.in_(of(Change.new_id, ChangeKind.THREAD_MERGED)),
        *(Thread.post_id.in_(ids) for ids in posts),
    )


def _open_changes(remapping: Remapping) -> Sequence[Change]:
    query = select(Change).where(Change.remapping_id == remapping.id, Change.undone.is_(False))
    return db.session.scalars(query.order_by(Change.id)).all()


def _mark(returned: Sequence[Change]) -> None:
    """There may be many, and nobody looks at them again in this session."""
    for some in portions([change.id for change in returned]):
        marked = update(Change).where(Change.id.in_(some)).values(undone=True)
        db.session.execute(marked, execution_options={"synchronize_session": False})


def _show(returned: Sequence[Change]) -> None:
    """Let every page that shows something of this be made anew, with its true numbers."""
    threads = {
        number
        for one in returned
        if one.kind == ChangeKind.THREAD_MERGED
        for number in (one.subject_id, one.new_id)
    }
    posts = {one.subject_id for one in returned if one.kind == ChangeKind.STANDS}
    posts |= {
        number for one in returned if one.kind in OF_POSTS for number in (one.old_id, one.new_id) if number
    }
    for some in portions(posts):
        shown = select(Thread.id).where(Thread.post_id.in_(some))
        threads |= set(db.session.scalars(shown))
    for some in portions(threads):
        recount(some)


def _explained(kept: Sequence[Change]) -> list[Kept]:
    """What stays, by kind and by what took it on."""
    elsewhere = {change.subject_id for change in kept if change.kind == ChangeKind.STANDS}
    things = [one for one in kept if one.kind not in UNSAID]
    things = [one for one in things if one.kind != ChangeKind.NAMED or one.new_id not in elsewhere]
    later = _later(things)
    groups = defaultdict[tuple[str, int | None], list[Change]](list)
    for change in things:
        groups[change.kind, later.get(change.id)].append(change)
    return [
        Kept(ChangeKind(kind), len(some), by, _names(some[:NAMED_IN_WORDS]))
        for (kind, by), some in groups.items()
    ]


def _later(things: Sequence[Change]) -> dict[int, int]:
    """Which remapping took a thing on last, or merged the place it should go back to; by the change's id."""
    found: dict[tuple[str, int], int] = {}
    since = min((one.remapping_id for one in things), default=0)
    places = [one.old_id for one in things]
    for some in portions([*(one.subject_id for one in things), *places]):
        query = select(Change.kind, Change.subject_id, func.max(Change.remapping_id))
        query = query.where(
            Change.subject_id.in_(some), Change.remapping_id > since, Change.undone.is_(False)
        )
        for kind, subject_id, last in db.session.execute(query.group_by(Change.kind, Change.subject_id)):
            found[kind, subject_id] = last
    return {one.id: max(by) for one in things if (by := list(_taken_on(one, found)))}


def _taken_on(change: Change, found: Mapping[tuple[str, int], int]) -> Iterator[int]:
    kind = ChangeKind(change.kind)
    place = ChangeKind.THREAD_MERGED if kind is ChangeKind.ROOT_MOVED else ChangeKind.POST_MERGED
    for key in ((TAKEN_ON.get(kind, kind), change.subject_id), (place, change.old_id or 0)):
        if key in found:
            yield found[key]


def _names(changes: Sequence[Change]) -> list[str]:
    names = []
    for change in changes:
        match ChangeKind(change.kind):
            case ChangeKind.NAMED:
                names.append(change.new_text or "")
            case ChangeKind.THREAD_MOVED:
                names.append(db.session.get_one(Thread, change.subject_id).title)
            case ChangeKind.STANDS:
                names.append(db.session.get_one(Post, change.subject_id).title)
            case ChangeKind.NAME_MOVED | ChangeKind.UNNAMED:
                names.append(change.old_text or "")
            case _:
                pass
    return names
