"""What the figures page tells: what came, what became of it, how long people waited, where they talked.

A fixed number of statements, whatever the number of comments.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, String, cast, extract, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.permissions import Action, Actor
from board.moderation.acts import HELD_BACK
from board.moderation.models import Decision
from board.moderation.spans import Step, place_of
from board.threads.models import Thread

MOST_THREADS = 10
MOST_DECISIONS = 20_000  # looked at for a median; beyond that the older ones of the span do not count
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Flow:
    """One step. `median_seconds`: from arrival to decision, None when nothing was decided."""

    step: Step
    arrived: int
    published: int
    held_back: int
    median_seconds: int | None


@dataclass(frozen=True)
class Talk:
    """One thread within the span: its comments, how many people wrote them, and its comments step by step."""

    thread: Thread
    comments: int
    writers: int
    by_step: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    flows: tuple[Flow, ...]
    talks: tuple[Talk, ...]

    @property
    def arrived(self) -> int:
        return sum(flow.arrived for flow in self.flows)

    @property
    def published(self) -> int:
        return sum(flow.published for flow in self.flows)


def figures_of(actor: Actor, steps: tuple[Step, ...], site_id: int | None = None) -> Figures:
    """The figures of all sites that `actor` may see them of, or of one of these. Five statements."""
    wanted = _wanted(actor, site_id)
    arrivals = _arrivals(wanted, steps)
    waits = _waits(actor, steps, site_id)
    flows = tuple(
        Flow(
            step,
            arrived=sum(arrivals[place].values()),
            published=arrivals[place][Status.PUBLISHED.value],
            held_back=sum(arrivals[place][status.value] for status in HELD_BACK),
            median_seconds=round(median(waits[place])) if waits[place] else None,
        )
        for place, step in enumerate(steps)
    )
    return Figures(flows, _talks(wanted, steps))


def _wanted(actor: Actor, site_id: int | None) -> ColumnElement[bool]:
    if site_id is not None:
        return Thread.site_id == site_id
    return _scope(actor, Thread.site_id)


def _scope(actor: Actor, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    allowed = actor.sites_for(Action.SEE_FIGURES)
    return true() if allowed is None else column.in_(allowed)


def _arrivals(wanted: ColumnElement[bool], steps: tuple[Step, ...]) -> Mapping[int, Counter[str]]:
    """For each step how many comments of each present status arrived in it."""
    day = _day_of(Comment.created_at)
    query = select(day, Comment.status, func.count()).join(Comment.thread).where(wanted)
    query = query.where(Comment.created_at >= steps[0].start).group_by(day, Comment.status)
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for seconds, status, number in db.session.execute(query):
        if (place := place_of(_moment(seconds), steps)) is not None:
            counted[place][status] += number
    return counted


def _waits(actor: Actor, steps: tuple[Step, ...], site_id: int | None) -> Mapping[int, list[float]]:
    """For each step how many seconds the comments had waited that were decided in it."""
    waited = extract("epoch", Decision.created_at) - extract("epoch", Comment.created_at)
    mine = Decision.site_id == site_id if site_id is not None else _scope(actor, Decision.site_id)
    query = select(Decision.created_at, waited).join(Decision.comment).where(mine)
    query = query.where(
        Decision.created_at >= steps[0].start,
        Decision.old_status == Status.PENDING.value,
        Decision.undone_at.is_(None),
    )
    found: defaultdict[int, list[float]] = defaultdict(list)
    for at, seconds in db.session.execute(query.order_by(Decision.id.desc()).limit(MOST_DECISIONS)):
        if (place := place_of(at, steps)) is not None:
            found[place].append(float(seconds))
    return found


def _talks(wanted: ColumnElement[bool], steps: tuple[Step, ...]) -> tuple[Talk, ...]:
    """The threads in which most was published, with their posts."""
    shown = (Comment.status == Status.PUBLISHED.value, Comment.created_at >= steps[0].start)
    number = func.count()
    writer = func.coalesce(cast(Comment.reader_id, String), Comment.author_name)
    query = select(Comment.thread_id, number, func.count(writer.distinct())).join(Comment.thread)
    query = query.where(wanted, *shown).group_by(Comment.thread_id)
    busiest = db.session.execute(query.order_by(number.desc(), Comment.thread_id).limit(MOST_THREADS)).all()
    ids = [thread_id for thread_id, _, _ in busiest]
    threads = _threads(ids)
    by_step = _by_step(ids, shown, steps)
    return tuple(
        Talk(threads[thread_id], comments, writers, tuple(by_step[thread_id][n] for n in range(len(steps))))
        for thread_id, comments, writers in busiest
    )


def _threads(ids: Collection[int]) -> dict[int, Thread]:
    query = select(Thread).where(Thread.id.in_(ids))
    query = query.options(joinedload(Thread.post), joinedload(Thread.site))
    return {thread.id: thread for thread in db.session.scalars(query)}


def _by_step(
    ids: Collection[int], shown: Sequence[ColumnElement[bool]], steps: tuple[Step, ...]
) -> Mapping[int, Counter[int]]:
    day = _day_of(Comment.created_at)
    query = select(Comment.thread_id, day, func.count()).where(Comment.thread_id.in_(ids), *shown)
    counted: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for thread_id, seconds, number in db.session.execute(query.group_by(Comment.thread_id, day)):
        if (place := place_of(_moment(seconds), steps)) is not None:
            counted[thread_id][place] += number
    return counted


def _day_of(column: InstrumentedAttribute[datetime]) -> ColumnElement[Any]:
    """The second at which the moment's day began in UTC: both databases count from 1970."""
    seconds = extract("epoch", column)
    return seconds - seconds % DAY_SECONDS


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
