"""Moving all posts below one prefix to another: seen first, then done in batches, undone like any move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, false, select, update

from board.authoring.merging import absorb
from board.authoring.models import ChangeKind, Move, Remapping
from board.authoring.moving import key_or_none, name, stood
from board.authoring.prefixes import Prefixes
from board.authoring.recording import NothingToMove, add_up, begin, hold, note
from board.extensions import db
from board.foundation.permissions import Actor
from board.threads.models import Post, PostAddress, Thread

BATCH = 1000  # posts in one transaction: whoever sends a comment meanwhile waits for it, half a second
MERGES = 50  # of them, at most, become one with another, which takes twenty times as long
SHOWN = 20  # of each kind in a preview


@dataclass(frozen=True)
class Step:
    """What a rule does with one post. `key`: of its new address, None where that can be no address.
    `taken_by`: the other post that has it."""

    post_id: int
    title: str
    old: str
    new: str
    key: str | None
    taken_by: int | None = None

    @property
    def is_free(self) -> bool:
        return self.key is not None and self.taken_by is None


@dataclass
class Preview:
    """How many posts would move, find their new address taken, or can have none; and the first of each.

    `others`: what the posts are called that have those addresses, by id.
    """

    moving: int = 0
    taken: int = 0
    impossible: int = 0
    first: list[Step] = field(default_factory=list)
    conflicts: list[Step] = field(default_factory=list)
    others: dict[int, str] = field(default_factory=dict)


def preview(site_id: int, rule: Prefixes) -> Preview:
    """Exactly what applying the rule now would change. Changes nothing; reads one batch after the other."""
    seen, given = Preview(), dict[str, int]()
    for steps in _all_steps(site_id, rule, given):
        free, taken = [one for one in steps if one.is_free], [one for one in steps if one.taken_by]
        seen.moving += len(free)
        seen.taken += len(taken)
        seen.impossible += len(steps) - len(free) - len(taken)
        seen.first += free[: SHOWN - len(seen.first)]
        seen.conflicts += taken[: SHOWN - len(seen.conflicts)]
    titles = select(Post.id, Post.title).where(Post.id.in_({one.taken_by for one in seen.conflicts}))
    seen.others.update((post_id, title) for post_id, title in db.session.execute(titles))
    return seen


def begin_rule(site_id: int, rule: Prefixes, actor: Actor, *, merge: bool, now: datetime) -> Remapping:
    """A rule that is to be applied, by `go_on`. merge: a post whose new address is taken becomes one with the
    post that has it; without, it stays where it is. Raises NothingToMove."""
    all_steps = (one for steps in _all_steps(site_id, rule, {}) for one in steps)
    if not any(one.is_free or (merge and one.taken_by) for one in all_steps):
        raise NothingToMove
    details = {"old": rule.old, "new": rule.new, "merge": merge, "moved": 0, "merged": 0, "left": 0}
    remapping = begin(Move.RULE, site_id, actor, details, now=now)
    remapping.goes_on_after = 0
    db.session.flush()
    return remapping


def go_on(remapping: Remapping, *, now: datetime, limit: int = BATCH) -> None:
    """Apply a rule to the next `limit` posts. Nothing happens when it is done, or was undone."""
    hold(remapping.site_id, false())
    db.session.refresh(remapping)
    if remapping.goes_on_after is None:
        return
    rule = Prefixes(remapping.details["old"], remapping.details["new"])
    steps, last = _steps(remapping.site_id, rule, remapping.goes_on_after, {}, limit)
    if remapping.details["merge"]:
        steps, last = _without_too_many_merges(steps, last)
    touched = {one.post_id for one in steps} | {one.taken_by for one in steps if one.taken_by}
    hold(remapping.site_id, Thread.post_id.in_(touched))
    _move(remapping, [one for one in steps if one.is_free], now)
    merged = _merge(remapping, [one for one in steps if one.taken_by]) if remapping.details["merge"] else 0
    moved = sum(one.is_free for one in steps)
    add_up(remapping, moved=moved, merged=merged, left=len(steps) - moved - merged)
    remapping.goes_on_after = last
    db.session.flush()


def go_on_with_rules(now: datetime) -> None:
    """One batch of the oldest rule that is not done yet: what the worker does."""
    waiting = select(Remapping).where(Remapping.goes_on_after.is_not(None)).order_by(Remapping.id)
    remapping = db.session.scalars(waiting.limit(1)).first()
    if remapping is not None:
        go_on(remapping, now=now)


def _all_steps(site_id: int, rule: Prefixes, given: dict[str, int]) -> Iterator[list[Step]]:
    after: int | None = 0
    while after is not None:
        steps, after = _steps(site_id, rule, after, given, BATCH)
        yield steps


def _steps(
    site_id: int, rule: Prefixes, after: int, given: dict[str, int], limit: int
) -> tuple[list[Step], int | None]:
    """What the rule does with the next `limit` posts below its prefix, by id; and after which id it goes on.

    given: addresses that earlier steps gave away, by key; added to.
    """
    query = select(Post.id, Post.title, Post.address).where(Post.site_id == site_id, Post.id > after)
    query = query.where(Post.merged_into_id.is_(None), Post.addresses.any(_below(rule)))
    posts = db.session.execute(query.order_by(Post.id).limit(limit)).all()
    moving = [(*post, new) for post in posts if (new := rule.moved(post.address)) not in {None, post.address}]
    wanted = [Step(number, title, old, str(new), key_or_none(str(new))) for number, title, old, new in moving]
    owners = {**given, **_owners(site_id, [one.key for one in wanted if one.key])}
    steps = []
    for one in wanted:
        owner = owners.setdefault(one.key, one.post_id) if one.key else one.post_id
        steps.append(one if owner == one.post_id else replace(one, taken_by=owner))
    given.update({one.key: one.post_id for one in steps if one.key and one.is_free})
    return steps, posts[-1].id if len(posts) == limit else None


def _without_too_many_merges(steps: list[Step], last: int | None) -> tuple[list[Step], int | None]:
    """The first of the steps, and after which post it goes on."""
    merging = [place for place, one in enumerate(steps) if one.taken_by]
    if len(merging) <= MERGES:
        return steps, last
    here = steps[: merging[MERGES]]
    return here, here[-1].post_id


def _below(rule: Prefixes) -> ColumnElement[bool]:
    """The database's share of `Prefixes.holds`: it may find a few more."""
    return PostAddress.address_key.startswith(rule.old, autoescape=True)


def _owners(site_id: int, keys: Sequence[str]) -> dict[str, int]:
    query = select(PostAddress.address_key, PostAddress.post_id)
    query = query.where(PostAddress.site_id == site_id, PostAddress.address_key.in_(keys))
    return {key: post_id for key, post_id in db.session.execute(query)}  # noqa: C416  # a row is no pair to mypy


def _move(remapping: Remapping, steps: Sequence[Step], now: datetime) -> None:
    note(remapping, ChangeKind.STANDS, [stood(one.post_id, one.old, one.new) for one in steps])
    if steps:
        db.session.execute(update(Post), [{"id": one.post_id, "address": one.new} for one in steps])
    owned = _owners(remapping.site_id, [one.key for one in steps if one.key])
    name(remapping, {one.key: one.post_id for one in steps if one.key and one.key not in owned}, now=now)
    posts = [one.post_id for one in steps]
    seen = update(Thread).where(Thread.post_id.in_(posts)).values({Thread.revision: Thread.revision + 1})
    db.session.execute(seen, execution_options={"synchronize_session": False})


def _merge(remapping: Remapping, steps: Sequence[Step]) -> int:
    """Each post becomes one with that which has its new address; how many did. One that another step of the
    batch merged away stays."""
    merged = 0
    for step in steps:
        source, target = (db.session.get_one(Post, number) for number in (step.post_id, step.taken_by))
        if source.merged_into_id is None and target.merged_into_id is None:
            absorb(remapping, source, target, join=True)
            merged += 1
    return merged
