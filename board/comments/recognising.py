"""Who writes, as far as they can show it: an address that is merely typed proves nobody.

What shows it is the link to an earlier comment of theirs, which only its writer was given and whose token
their browser kept. It has to be published: somebody looked at it, or the board let it through. See
docs/decisions/0011.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select

from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import tokens
from board.readers.models import Reader

MOST_KEPT = 10  # tokens that a browser keeps and sends; no site asks for more approved comments


@dataclass(frozen=True)
class Standing:
    """What the writer is here. reader_id: the known reader that they showed to be; None for all others."""

    reader_id: int | None = None
    email: str = ""
    approved: int = 0
    trusted: bool = False
    address_unproven: bool = False


STRANGER = Standing()


def recognised(site_id: int, address: str, keepsakes: Sequence[str]) -> Standing:
    """Who sends a comment to that site with that address typed, and those tokens. Two statements at most.

    address: normalised; empty when none was typed. Only readers with a confirmed address are known.
    """
    shown = [row for row in _written_with(site_id, keepsakes) if not address or row.email == address]
    if shown:
        latest = max(shown, key=lambda row: row.id)
        approved = sum(row.reader_id == latest.reader_id for row in shown)
        return Standing(latest.reader_id, latest.email, approved, latest.trusted_at is not None)
    return Standing(address_unproven=True) if address and _is_known(site_id, address) else STRANGER


def standing_of_writer(comment: Comment) -> Standing:
    """What the writer of `comment` is, who showed that it is theirs. One statement at most.

    Its own approval is not counted: it was for words that are to be replaced.
    """
    if comment.reader_id is None:
        return STRANGER
    reader = db.session.get_one(Reader, comment.reader_id)
    if reader.confirmed_at is None or not comment.is_published:
        return Standing(email=reader.email)
    return Standing(reader.id, reader.email, trusted=reader.trusted_at is not None)


def standing_of_mailbox(reader_id: int) -> Standing:
    """What the reader is whose words came from their own mailbox: that proves what a browser's tokens do.

    Two statements.
    """
    reader = db.session.get_one(Reader, reader_id)
    if reader.confirmed_at is None:
        return Standing(email=reader.email)
    published = select(func.count()).where(
        Comment.reader_id == reader.id, Comment.status == Status.PUBLISHED.value
    )
    approved = min(db.session.scalars(published).one(), MOST_KEPT)
    return Standing(reader.id, reader.email, approved, reader.trusted_at is not None)


def _written_with(
    site_id: int, keepsakes: Sequence[str]
) -> Collection[Row[int, str, int | None, str, datetime | None]]:
    """The published comments of known readers whose tokens these are."""
    salts = dict(_read(token) for token in keepsakes[:MOST_KEPT])
    salts.pop(0, None)
    if not salts:
        return []
    query = (
        select(Comment.id, Comment.edit_salt, Comment.reader_id, Reader.email, Reader.trusted_at)
        .join(Reader, Comment.reader_id == Reader.id)
        .where(Comment.id.in_(salts), Comment.status == Status.PUBLISHED.value)
        .where(Reader.site_id == site_id, Reader.confirmed_at.is_not(None))
    )
    rows = db.session.execute(query).all()
    return [row for row in rows if hmac.compare_digest(row.edit_salt, salts[row.id])]


def _read(token: str) -> tuple[int, str]:
    """The comment that a token is for, and its salt; (0, "") for anything else."""
    try:
        comment_id, salt = tokens.read("own-comment", token)
    except (tokens.TokenInvalid, TypeError, ValueError):
        return 0, ""
    return int(comment_id), str(salt)


def _is_known(site_id: int, address: str) -> bool:
    query = select(Reader.id).where(
        Reader.site_id == site_id, Reader.email == address, Reader.confirmed_at.is_not(None)
    )
    return db.session.scalars(query).first() is not None
