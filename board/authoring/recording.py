"""Writing down what a remapping changes, while nobody else changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, insert, select

from board.authoring.models import Change, ChangeKind, Move, Remapping
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.permissions import Actor
from board.sites.models import Site
from board.threads.models import Post, Thread

NAME_CHARS = 120  # of what is named in the log: enough to know it again
OF_A_POST = ("merged_into_id", "address")  # what a remapping looks at, and somebody may just have changed
OF_A_THREAD = ("merged_into_id", "status", "post_id", "position")


class MergedAlready(BoardError):
    """Somebody merged it in the meantime: what it had is elsewhere now."""

    status = 409
    title = _l("This was merged in the meantime")
    words = _l("What it had is in another place now. Nothing was changed; please look at it there.")


class HiddenThere(BoardError):
    """The comments would go to where nobody can see them."""

    status = 409
    title = _l("That discussion is hidden")
    words = _l("Comments that went there could not be seen any more. Open or close that discussion first.")


class NothingToMove(BoardError):
    """What is to be changed is so already, or it would go to where it is."""

    status = 409
    title = _l("Nothing would change")
    words = _l("It is already as you want it, or it would go to where it is.")


def hold(site_id: int, threads: ColumnElement[bool]) -> None:
    """Hold the site and those threads until the transaction ends.

    The site first, as whoever reads posts does, then threads by id, as whoever moderates does: everybody
    waits for the others and never in a circle.
    """
    site = select(Site.id).where(Site.id == site_id)
    db.session.execute(site.with_for_update(key_share=True)).all()
    db.session.execute(select(Thread.id).where(threads).order_by(Thread.id).with_for_update()).all()


def require_live(*rows: Post | Thread) -> None:
    """Look at what is held as it is now. Raises MergedAlready for what was merged into another."""
    for row in rows:
        db.session.refresh(row, OF_A_POST if isinstance(row, Post) else OF_A_THREAD)
        if row.merged_into_id is not None:
            raise MergedAlready


def begin(move: Move, site_id: int, actor: Actor, details: Mapping[str, Any], *, now: datetime) -> Remapping:
    """A new entry of the log. `details`: what it will say."""
    remapping = Remapping(
        site_id=site_id,
        account_id=actor.account_id,
        actor_name=actor.name,
        move=move.value,
        details=dict(details),
        created_at=now,
    )
    db.session.add(remapping)
    db.session.flush()
    return remapping


def note(remapping: Remapping, kind: ChangeKind, changes: Iterable[Mapping[str, Any]]) -> None:
    """Write down changes of one kind, each with `subject_id` and what else the kind says. One statement."""
    empty = {"old_id": None, "new_id": None, "old_text": None, "new_text": None}
    own = {"remapping_id": remapping.id, "kind": kind.value, "undone": False}
    rows = [{**empty, **own, **change} for change in changes]
    if rows:
        db.session.execute(insert(Change), rows)


def note_moved(remapping: Remapping, threads: Iterable[Thread], post: Post) -> None:
    """Write down that those threads go to `post`, with the place that each has now.

    new_text: when the thread began. SQLite gives a number again once its row is gone.
    """
    changes = [
        {
            "subject_id": thread.id,
            "old_id": thread.post_id,
            "new_id": post.id,
            "old_text": str(thread.position),
            "new_text": thread.created_at.isoformat(),
        }
        for thread in threads
    ]
    note(remapping, ChangeKind.THREAD_MOVED, changes)


def add_up(remapping: Remapping, **numbers: int) -> None:
    """Add to the numbers that the log says."""
    sums = {name: remapping.details.get(name, 0) + number for name, number in numbers.items()}
    remapping.details = {**remapping.details, **sums}


def cut(name: str) -> str:
    return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - 1] + "…"
