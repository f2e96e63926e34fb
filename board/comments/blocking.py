"""Which blocks a comment meets. One statement, whatever their number: it names what the comment shows."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, CompoundSelect, and_, or_, select, union_all

from board.comments.admission import Hit
from board.comments.models import Block, BlockKind, BlockVerdict
from board.comments.traces import Traces
from board.extensions import db

# Of one kind. SQLite takes 32,766 values in a statement, and these stand in it twice. The most that a text of
# 10,000 characters was made to show, on purpose, were 5,200 words or 4,900 hosts.
MOST_ASKED = 7000


def blocks_met(site_id: int, traces: Traces, now: datetime) -> tuple[Hit, ...]:
    """The blocks in force on that site, or on all, that `traces` meet; each value once, the strictest."""
    rows = db.session.execute(_candidates(site_id, traces, now)).all()
    said = set(traces.words.met({value for kind, value, _ in rows if kind == BlockKind.WORD}))
    hits = [Hit(BlockKind(kind), value, BlockVerdict(verdict)) for kind, value, verdict in rows]
    return strictest(hit for hit in hits if hit.kind is not BlockKind.WORD or hit.value in said)


def hashed(address: str) -> list[str]:
    """What stands in a block for an address that was erased: under each key of the board, newest last."""
    keys = current_app.config["BOARD"].signing_keys
    return [hmac.new(key.encode(), f"block {address}".encode(), hashlib.sha256).hexdigest() for key in keys]


def in_force(now: datetime) -> ColumnElement[bool]:
    return and_(Block.lifted_at.is_(None), or_(Block.ends_at.is_(None), Block.ends_at > now))


def strictest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """One hit for each value, in a fixed order."""
    order = list(BlockVerdict)
    by_value = {(hit.kind, hit.value): hit for hit in sorted(hits, key=lambda hit: order.index(hit.verdict))}
    return tuple(by_value[key] for key in sorted(by_value))


def _candidates(site_id: int, traces: Traces, now: datetime) -> CompoundSelect[str, str, str]:
    """One stretch of the index for each kind, of the site and of all sites, in one statement.

    Phrases are few and all looked at; whether one is said, its words in order tell. As one condition with OR
    the same question made SQLite read every block of the site (with 10,000 of them 12.5 ms instead of 1.5).
    """
    wanted = [
        _is_one_of(kind, values)
        for kind, values in (
            (BlockKind.WORD, traces.words.single),
            (BlockKind.HOST, traces.hosts),
            (BlockKind.ADDRESS, traces.addresses),
            (BlockKind.NETWORK, traces.networks),
        )
        if values
    ]
    columns = select(Block.kind, Block.value, Block.verdict).where(in_force(now))
    return union_all(
        *(
            columns.where(site, condition)
            for site in (Block.site_id == site_id, Block.site_id.is_(None))
            for condition in (*wanted, _is_phrase())
        )
    )


def _is_one_of(kind: BlockKind, asked: Iterable[str]) -> ColumnElement[bool]:
    return and_(Block.kind == kind.value, Block.value.in_(sorted(asked)[:MOST_ASKED]))


def _is_phrase() -> ColumnElement[bool]:
    return and_(Block.kind == BlockKind.WORD.value, Block.value.contains(" "))
