"""Which blocks a comment meets. One statement, whatever their number: it names what the comment shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from board.comments.admission import Hit
from board.comments.models import Block, BlockKind, BlockVerdict
from board.comments.traces import Traces
from board.extensions import db

MOST_ASKED = 12_000  # of one kind; SQLite takes 32,766 values in a statement, and no text of ours has as many


def blocks_met(site_id: int, traces: Traces, now: datetime) -> tuple[Hit, ...]:
    """The blocks in force on that site, or on all, that `traces` meet; each value once, the strictest."""
    query = select(Block.kind, Block.value, Block.verdict).where(
        or_(Block.site_id == site_id, Block.site_id.is_(None)), in_force(now), _asked(traces)
    )
    rows = db.session.execute(query).all()
    said = set(traces.words.met({value for kind, value, _ in rows if kind == BlockKind.WORD}))
    hits = [Hit(BlockKind(kind), value, BlockVerdict(verdict)) for kind, value, verdict in rows]
    return strictest(hit for hit in hits if hit.kind is not BlockKind.WORD or hit.value in said)


def in_force(now: datetime) -> ColumnElement[bool]:
    return and_(Block.lifted_at.is_(None), or_(Block.ends_at.is_(None), Block.ends_at > now))


def strictest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """One hit for each value, in a fixed order."""
    order = list(BlockVerdict)
    by_value = {(hit.kind, hit.value): hit for hit in sorted(hits, key=lambda hit: order.index(hit.verdict))}
    return tuple(by_value[key] for key in sorted(by_value))


def _asked(traces: Traces) -> ColumnElement[bool]:
    """Phrases are few and all looked at; whether one is said, its words in order tell."""
    conditions = [_is_one_of(BlockKind.WORD, traces.words.single), _is_phrase()]
    conditions += [
        _is_one_of(kind, values)
        for kind, values in (
            (BlockKind.HOST, traces.hosts),
            (BlockKind.ADDRESS, traces.addresses),
            (BlockKind.NETWORK, traces.networks),
        )
        if values
    ]
    return or_(*conditions)


def _is_one_of(kind: BlockKind, values: Iterable[str]) -> ColumnElement[bool]:
    asked: Sequence[str] = sorted(values)[:MOST_ASKED]
    return and_(Block.kind == kind.value, Block.value.in_(asked))


def _is_phrase() -> ColumnElement[bool]:
    return and_(Block.kind == BlockKind.WORD.value, Block.value.contains(" "))
