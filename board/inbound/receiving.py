"""Reading one mail: what it asks for is done once, however often the mail is read.

What is done and the row that says so are one transaction. Whoever reads a mail puts it by afterwards, so that
a reader who dies in between reads it again and finds that it was done.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from board.comments.drafting import Draft
from board.extensions import db
from board.foundation.upserts import insert
from board.inbound import answering, bounces
from board.inbound.opening import fingerprint
from board.inbound.outcomes import Outcome, Verdict
from board.inbound.sorting import Answer, CameBack, Complained, Sorted, sort_out
from board.mail.models import IncomingMail

KEPT = timedelta(days=30)
log = logging.getLogger("board.inbound")


def receive(raw: bytes, now: datetime, *, recipients: Sequence[str] = ()) -> Verdict | None:
    """Do what the mail in `raw` asks for, and commit; None when that was done before.

    recipients: whom the mail server names. Whatever it raises, nothing was done.
    """
    digest = fingerprint(raw)
    was_read = _was_read(digest)
    db.session.rollback()  # sorting takes its time and wants no transaction
    if was_read:
        return None
    found = sort_out(raw, recipients)
    draft = answering.draft_of(found) if isinstance(found, Answer) else None
    if not _written_down(digest, now):
        db.session.rollback()
        return None
    verdict = _done(found, draft, digest, now)
    db.session.execute(
        update(IncomingMail)
        .where(IncomingMail.digest == digest)
        .values(outcome=verdict.outcome.value, detail=verdict.detail)
    )
    db.session.commit()
    log.info("incoming mail %s: %s %s", digest[:8], verdict.outcome, verdict.detail)
    return verdict


def note_broken(raw: bytes, mistake: Exception, now: datetime) -> None:
    """Write down that a mistake of ours kept us from reading a mail, and commit."""
    digest = fingerprint(raw)
    _written_down(digest, now, Verdict(Outcome.BROKEN, type(mistake).__name__))
    db.session.commit()


def forget_old(now: datetime) -> None:
    """Delete what is known of mail that was read long ago."""
    db.session.execute(delete(IncomingMail).where(IncomingMail.created_at < now - KEPT))


def latest(limit: int) -> Sequence[IncomingMail]:
    """The mail that was read last, the youngest first."""
    query = select(IncomingMail).order_by(IncomingMail.created_at.desc(), IncomingMail.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def _done(found: Sorted, draft: Draft | None, digest: str, now: datetime) -> Verdict:
    if isinstance(found, CameBack):
        return bounces.take_back(found, now)
    if isinstance(found, Complained):
        return bounces.heed(found, now)
    if isinstance(found, Answer):
        return answering.take(found, draft, digest=digest, now=now)
    return Verdict(found)


def _was_read(digest: str) -> bool:
    query = select(IncomingMail.id).where(IncomingMail.digest == digest)
    return db.session.scalars(query).first() is not None


def _written_down(digest: str, now: datetime, verdict: Verdict | None = None) -> bool:
    """Whether nobody wrote it down before. Who does so at the same time waits for us."""
    verdict = verdict or Verdict(Outcome.BROKEN)
    values = {"digest": digest, "outcome": verdict.outcome.value, "detail": verdict.detail, "created_at": now}
    made = insert(IncomingMail).values(values)
    made = made.on_conflict_do_nothing(index_elements=[IncomingMail.digest]).returning(IncomingMail.id)
    return db.session.execute(made).first() is not None
