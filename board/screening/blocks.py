"""Blocking something, lifting a block, and trusting a reader: each logged, each taken back by another.

Nothing here commits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from board.accounts.deeds import note_deed
from board.comments.blocking import in_force
from board.comments.models import Block, BlockKind, BlockVerdict
from board.extensions import db
from board.foundation.permissions import Actor
from board.readers.models import Reader
from board.screening.values import normal

MAX_REASON_CHARS = 300


@dataclass(frozen=True)
class NewBlock:
    """`said`: what is blocked, as typed. `site_id` None: on all sites. `ends_at` None: for good."""

    kind: BlockKind
    said: str
    site_id: int | None
    verdict: BlockVerdict = BlockVerdict.HOLD
    reason: str = ""
    ends_at: datetime | None = None


def add_block(new: NewBlock, actor: Actor, *, now: datetime) -> Block:
    """Block something from now on; what is blocked there already gets the new verdict, reason and end.

    Raises ValueRefused.
    """
    value = normal(new.kind, new.said)
    block = _present(new, value, now) or Block(site_id=new.site_id, kind=new.kind.value, value=value)
    block.verdict, block.reason = new.verdict.value, new.reason[:MAX_REASON_CHARS]
    block.ends_at, block.created_at = new.ends_at, now
    block.account_id, block.actor_name = actor.account_id, actor.name
    db.session.add(block)
    _note(actor, "block_added", block, now)
    return block


def lift(block: Block, actor: Actor, *, now: datetime) -> None:
    """Let what it is about be admitted again; nothing where it was lifted before."""
    if block.lifted_at is None:
        block.lifted_at = now
        _note(actor, "block_lifted", block, now)


def restore(block: Block, actor: Actor, *, now: datetime) -> None:
    """As if it had not been lifted."""
    if block.lifted_at is not None:
        block.lifted_at = None
        _note(actor, "block_restored", block, now)


def trust(reader: Reader, actor: Actor, *, now: datetime) -> None:
    """Spare a reader who shows who they are the site's policy and Akismet."""
    if reader.trusted_at is None:
        reader.trusted_at = now
        note_deed(actor, "reader_trusted", reader.name or reader.email, site_id=reader.site_id, now=now)


def distrust(reader: Reader, actor: Actor, *, now: datetime) -> None:
    """Judge a reader like everybody else."""
    if reader.trusted_at is not None:
        reader.trusted_at = None
        note_deed(actor, "reader_distrusted", reader.name or reader.email, site_id=reader.site_id, now=now)


def _present(new: NewBlock, value: str, now: datetime) -> Block | None:
    site = Block.site_id.is_(None) if new.site_id is None else Block.site_id == new.site_id
    query = select(Block).where(site, Block.kind == new.kind.value, Block.value == value, in_force(now))
    return db.session.scalars(query.with_for_update()).first()


def _note(actor: Actor, act: str, block: Block, now: datetime) -> None:
    """A network has no name that anybody could read."""
    subject = "" if block.kind == BlockKind.NETWORK else block.value
    note_deed(actor, act, subject, site_id=block.site_id, now=now, kind=block.kind, reason=block.reason)
