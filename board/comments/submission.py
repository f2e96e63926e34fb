"""Sending a comment: the rules and the one transaction in which it is written down."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from board.comments import queries
from board.comments.admission import Verdict
from board.comments.drafting import Draft
from board.comments.events import CommentsPublished, CommentSubmitted
from board.comments.judging import Judgement, judgement_of
from board.comments.lifecycle import count
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.events import publish
from board.threads.models import Thread, ThreadStatus

STATUS_OF = {Verdict.PUBLISH: Status.PUBLISHED, Verdict.HOLD: Status.PENDING, Verdict.SPAM: Status.SPAM}


class ThreadClosed(BoardError):
    """The thread takes no comments any more."""

    status = 409
    title = _l("This discussion is closed")
    words = _l(
        "It can still be read, but takes no new comments. What you wrote is kept below for you to copy."
    )


class ThreadPaused(ThreadClosed):
    """The thread takes no comments for a while."""

    title = _l("This discussion is paused")
    words = _l(
        "It can be read, and takes comments again later. What you wrote is kept below for you to copy."
    )


class ParentGone(BoardError):
    """What was to be answered is not shown any more."""

    status = 409
    title = _l("The comment you answer is no longer there")
    words = _l(
        "It was taken down while you wrote. Your words are below: "
        "you may send them as a comment of their own."
    )


def submit(  # noqa: PLR0913  # where, what, and who sends it: three of each kind would say less
    thread: Thread,
    parent_id: int | None,
    draft: Draft,
    *,
    network: str,
    secret: str,
    now: datetime,
    account_id: int | None = None,
) -> Comment:
    """Write down `draft` as a comment of `thread`, judged on arrival.

    The same words from the same writer to the same place within a few minutes are one comment:
    the first is returned again. Submissions to one thread queue up behind its row, so that this
    holds over processes. thread: with its site loaded. account_id: of the signed-in person who writes,
    whom nobody judges. Raises ThreadClosed, ThreadPaused, ParentGone, CommentRefused.
    """
    status = db.session.scalars(select(Thread.status).where(Thread.id == thread.id).with_for_update()).first()
    require_open(status)  # asked of the row now held: `thread` was read before
    parent = queries.answerable(thread.id, parent_id) if parent_id is not None else None
    if parent_id is not None and parent is None:
        raise ParentGone
    fingerprint = _fingerprint(thread.id, parent_id, draft, network, secret)
    if earlier := queries.sent_just_before(fingerprint, now):
        return earlier
    judgement = judgement_of(thread.site, draft, now, by_staff=account_id is not None)
    comment = _comment(thread, parent, draft, judgement, now)
    comment.network, comment.fingerprint, comment.account_id = network, fingerprint, account_id
    db.session.add(comment)
    db.session.flush()
    count(comment, shown=int(comment.is_published), waiting=int(comment.status == Status.PENDING))
    publish(CommentSubmitted(comment, draft.email, draft.wants_reply_notices, now, draft.sender))
    if comment.is_published:
        publish(CommentsPublished([comment], now))
    return comment


def require_open(status: str | None) -> None:
    """Raise ThreadPaused or ThreadClosed unless a thread of that status takes comments."""
    if status == ThreadStatus.READ_ONLY:
        raise ThreadPaused
    if status != ThreadStatus.OPEN:
        raise ThreadClosed


def _comment(
    thread: Thread, parent: Comment | None, draft: Draft, judgement: Judgement, now: datetime
) -> Comment:
    return Comment(
        thread_id=thread.id,
        parent_id=parent.id if parent else None,
        root_id=(parent.root_id or parent.id) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        status=STATUS_OF[judgement.verdict].value,
        author_name=draft.name,
        reader_id=judgement.standing.reader_id,
        source=draft.source,
        html=draft.rendered.html,
        renderer_version=draft.rendered.version,
        reasons=judgement.reasons_as_json,
        text_digest=draft.text_digest,
        edit_salt=secrets.token_hex(16),
        created_at=now,
        published_at=now if judgement.verdict is Verdict.PUBLISH else None,
    )


def _fingerprint(thread_id: int, parent_id: int | None, draft: Draft, network: str, secret: str) -> str:
    parts = repr((thread_id, parent_id, draft.name, network, draft.text_digest))
    return hmac.new(secret.encode(), parts.encode(), hashlib.sha256).hexdigest()
