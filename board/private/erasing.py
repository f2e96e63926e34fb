"""Erasing everything that belongs to an address, on every blog of the board, in one transaction.

Whatever may hold the words or the address is named here; tests/private/test_erasing.py reads all columns of
all tables afterwards. What stays: that an address, known by its keyed hash alone, is not to be written to.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select, update

from board.accounts.deeds import THE_BOARD, Deed, note_deed
from board.comments.blocking import hashed
from board.comments.erasing import erase_comments, hold_written_by, outcome_for
from board.comments.models import Block, BlockKind, Comment
from board.comments.traces import addresses_of
from board.extensions import db
from board.moderation.models import Decision, Report, SpamCheck
from board.private.mail_traces import UNSEEN, forget_mail_to, forget_words_in_mail
from board.readers.models import Reader
from board.subscriptions.models import News, Subscription

ERASED = "comments_erased"
ABOUT_COMMENTS = ("comment_held_for_reports", "reports_answered")
ABOUT_READERS = ("reader_trusted", "reader_distrusted")
TRIES = 5  # each begins anew because a comment came in between: five of those in a row are no accident


class StillWriting(Exception):
    """Comments under the address arrive faster than they can be held."""


@dataclass(frozen=True)
class Plan:
    """What erasing would do now: comments that vanish, places that stay, and wishes that end."""

    gone: int
    kept: int
    follows: int


def plan_for(address: str) -> Plan:
    """What `erase` would do for that normalised address."""
    ids = db.session.scalars(select(Reader.id).where(Reader.email == address)).all()
    comments = db.session.scalars(select(Comment).where(Comment.reader_id.in_(ids))).all()
    follows = select(func.count(Subscription.id)).where(
        Subscription.reader_id.in_(ids), Subscription.ended_at.is_(None)
    )
    outcome = outcome_for(comments)
    return Plan(len(outcome.gone), len(outcome.kept), db.session.scalars(follows).one())


def erase(address: str, now: datetime) -> None:
    """Erase what was written under that normalised address, and forget the address. Commits nothing.

    Twice is the same as once. Whatever else the transaction did before is lost where a comment comes in
    between, so it is the first to be done. Raises StillWriting.
    """
    readers, comments = _hold(address)
    if not readers:
        return
    names = {address, *(reader.name for reader in readers), *(one.author_name for one in comments)}
    site_of = {comment.id: comment.thread.site_id for comment in comments}
    forget_mail_to(address)
    forget_words_in_mail(comments)
    _forget_what_was_said_about(list(site_of))
    _forget_in_log(list(site_of), {reader.site_id for reader in readers}, names - {""}, address)
    _forget_in_blocks(address)
    erase_comments(comments, now)
    db.session.execute(delete(Reader).where(Reader.id.in_([reader.id for reader in readers])), UNSEEN)
    for site_id in sorted(set(site_of.values())):
        note_deed(THE_BOARD, ERASED, site_id=site_id, now=now)  # without a name, a word or a number
    db.session.flush()


def _hold(address: str) -> tuple[Sequence[Reader], Sequence[Comment]]:
    """All readers with that address and all they wrote, held: threads, comments, what is told of them, then
    readers. A worker that makes notices takes the last two in this order."""
    for _turn in range(TRIES):
        ids = db.session.scalars(select(Reader.id).where(Reader.email == address)).all()
        comments = hold_written_by(ids)
        told = select(News.id).where(News.comment_id.in_([comment.id for comment in comments]))
        db.session.execute(told.order_by(News.id).with_for_update()).all()
        query = select(Reader).where(Reader.email == address).order_by(Reader.id).with_for_update()
        readers = db.session.scalars(query).all()
        written = select(Comment.id).where(Comment.reader_id.in_([reader.id for reader in readers]))
        if set(db.session.scalars(written)) == {comment.id for comment in comments}:
            return readers, comments
        db.session.rollback()
    raise StillWriting


def _forget_what_was_said_about(comment_ids: Collection[int]) -> None:
    """Complaints that quote, notes of moderators, questions to Akismet, and wishes to hear of answers.

    That something was decided stays in the log where the comment's place does.
    """
    for table in (Report, SpamCheck, News, Subscription):
        db.session.execute(delete(table).where(table.comment_id.in_(comment_ids)), UNSEEN)
    lines = update(Decision).where(Decision.comment_id.in_(comment_ids))
    db.session.execute(lines.values(detail={}), UNSEEN)


def _forget_in_log(
    comment_ids: Collection[int], site_ids: Collection[int], names: Collection[str], address: str
) -> None:
    about = Deed.detail["comment_id"].as_integer().in_(comment_ids)
    lines = update(Deed).where(
        or_(
            Deed.act.in_(ABOUT_COMMENTS) & about,
            Deed.act.in_(ABOUT_READERS) & Deed.site_id.in_(site_ids) & Deed.subject.in_(names),
            Deed.subject.in_(addresses_of(address)),
        )
    )
    db.session.execute(lines.values(subject=_("[deleted]")), UNSEEN)


def _forget_in_blocks(address: str) -> None:
    """A block on the address goes on holding, for its keyed hash."""
    for spelling in addresses_of(address):
        blocks = update(Block).where(Block.kind == BlockKind.ADDRESS.value, Block.value == spelling)
        db.session.execute(blocks.values(value=hashed(spelling)[-1]), UNSEEN)
