"""An answer by mail becomes a comment, by the same rules as one from the form."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from limits import parse_many
from sqlalchemy import func, select

from board import text
from board.comments import queries as comments
from board.comments.drafting import Draft
from board.comments.forms import MAX_NAME_CHARS
from board.comments.judging import CommentRefused
from board.comments.models import Comment
from board.comments.submission import ParentGone, ThreadClosed, ThreadPaused, submit
from board.extensions import db
from board.inbound import refusing
from board.inbound.outcomes import Outcome, Verdict
from board.inbound.sorting import Answer
from board.mail import rendering
from board.readers import queries as readers
from board.readers import registration
from board.readers.models import Reader
from board.subscriptions.confirming import born

CODES: dict[type[Exception], str] = {
    ThreadClosed: "closed",
    ThreadPaused: "paused",
    ParentGone: "gone",
    CommentRefused: "refused",
}


class Dropped(Exception):
    """Nobody is even told: we never gave that address away, or it is not its owner who writes."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        super().__init__(outcome)
        self.verdict = Verdict(outcome, detail)


class NotTaken(Exception):
    """The answer cannot be a comment. code: one of wording.REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def draft_of(answer: Answer) -> Draft | None:
    """The comment that the answer would be; None where it is none. Reads only, and takes its time."""
    try:
        reader = _writer_of(answer)
    except Dropped:
        return None
    draft = _draft(answer, reader)
    db.session.rollback()
    return draft.looked_through() if draft else None


def take(answer: Answer, draft: Draft | None, *, digest: str, now: datetime) -> Verdict:
    """Write the comment down, or tell its writer why not. digest: names the mail."""
    try:
        reader = _writer_of(answer)
    except Dropped as dropped:
        return dropped.verdict
    parent = comments.comment_with_thread(answer.tag.comment_id)
    if parent is not None and parent.thread.site_id != reader.site_id:
        parent = None
    try:
        _require_patience(reader, now)
        comment = _submitted(answer.refusal, parent, draft or _draft(answer, reader), now)
    except NotTaken as refusal:
        thread = parent.thread if parent else None
        refusing.tell(reader, refusal.code, answer.words, thread=thread, digest=digest, now=now)
        return Verdict(Outcome.NOT_TAKEN, refusal.code)
    return Verdict(Outcome.COMMENT, f"#{comment.id}")


def _writer_of(answer: Answer) -> Reader:
    """The reader whose address it came from and whom we told of the comment. Raises Dropped."""
    reader = readers.reader(answer.tag.reader_id)
    if reader is None or not answer.tag.is_for(born(reader)):
        raise Dropped(Outcome.FORGED)
    if reader.confirmed_at is None or _normal(answer.sender) != reader.email:
        raise Dropped(Outcome.STRANGER)
    if answer.is_doubtful:
        raise Dropped(Outcome.STRANGER, "unproven")
    return reader


def _draft(answer: Answer, reader: Reader) -> Draft | None:
    if answer.rendered is None:
        return None
    return Draft(
        name=_name(reader, answer),
        source=answer.source,
        rendered=answer.rendered,
        email=reader.email,
        wants_reply_notices=True,
        address=reader.email,
        reader_id=reader.id,
    )


def _submitted(refusal: str, parent: Comment | None, draft: Draft | None, now: datetime) -> Comment:
    """The comment as it was admitted. Raises NotTaken."""
    if draft is None:
        raise NotTaken(refusal or "unclear")
    if parent is None:
        raise NotTaken("gone")
    secret = current_app.config["BOARD"].secret
    network = _mailbox_digest(draft.reader_id, secret)
    try:
        return submit(parent.thread, parent.id, draft, network=network, secret=secret, now=now)
    except tuple(CODES) as refused:
        raise NotTaken(CODES[type(refused)]) from None


def _require_patience(reader: Reader, now: datetime) -> None:
    """As many from one mailbox as the settings allow one network. Raises NotTaken."""
    for rate in parse_many(current_app.config["BOARD"].comment_rate):
        since = now - timedelta(seconds=rate.get_expiry())
        sent = select(func.count()).where(Comment.reader_id == reader.id, Comment.created_at > since)
        if db.session.scalars(sent).one() >= rate.amount:
            raise NotTaken("too_often")


def _name(reader: Reader, answer: Answer) -> str:
    """What they called themselves here, else in their mail; never a part of their address."""
    for name in (reader.name, answer.name):
        cleaned = text.clean_name(name)
        if cleaned and "@" not in cleaned:
            return rendering.cut(cleaned, MAX_NAME_CHARS)
    return str(_("A reader"))


def _normal(sender: str) -> str:
    try:
        return registration.normalise(sender)
    except registration.AddressUnusable:
        return ""


def _mailbox_digest(reader_id: int | None, secret: str) -> str:
    """What stands in the place of a network: the same for all that comes from one mailbox."""
    words = f"network of mailbox {reader_id}".encode()
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()[:32]
