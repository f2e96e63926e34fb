"""Sending a comment: the rules and the one transaction in which it is written down."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from board import text
from board.comments import queries
from board.comments.admission import Arrival, Reason, Verdict, judge
from board.comments.events import CommentPublished, CommentSubmitted
from board.comments.lifecycle import count
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.events import publish
from board.sites.models import Policy
from board.threads.models import Thread, ThreadStatus

STATUS_OF = {Verdict.PUBLISH: Status.PUBLISHED, Verdict.HOLD: Status.PENDING, Verdict.SPAM: Status.SPAM}
LINK = re.compile(r"<a\s")


class ThreadClosed(BoardError):
    """The thread takes no comments any more."""

    status = 409
    title = _l("This discussion is closed")
    words = _l(
        "It can still be read, but takes no new comments. What you wrote is kept below for you to copy."
    )


class ParentGone(BoardError):
    """What was to be answered is not shown any more."""

    status = 409
    title = _l("The comment you answer is no longer there")
    words = _l(
        "It was taken down while you wrote. Your words are below: "
        "you may send them as a comment of their own."
    )


@dataclass(frozen=True)
class Draft:
    """What a reader typed, already in shape, and rendered before the database is asked for anything."""

    name: str
    source: str
    rendered: text.Rendered
    email: str = ""
    wants_reply_notices: bool = False
    honeypot_filled: bool = False
    seconds_open: float | None = None

    @property
    def link_count(self) -> int:
        return len(LINK.findall(self.rendered.html))

    @property
    def text_digest(self) -> str:
        """The same for the same words, whatever their case and spacing."""
        return hashlib.sha256(" ".join(self.source.casefold().split()).encode()).hexdigest()


def submit(  # noqa: PLR0913  # where, what, and who sends it: three of each kind would say less
    thread: Thread, parent_id: int | None, draft: Draft, *, network: str, secret: str, now: datetime
) -> Comment:
    """Write down `draft` as a comment of `thread`, judged on arrival.

    The same words from the same writer to the same place within a few minutes are one comment:
    the first is returned again. Submissions to one thread queue up behind its row, so that this
    holds over processes. thread: with its site loaded. Raises ThreadClosed, ParentGone.
    """
    status = db.session.scalars(select(Thread.status).where(Thread.id == thread.id).with_for_update()).first()
    if status != ThreadStatus.OPEN.value:  # asked of the row now held: `thread` was read before
        raise ThreadClosed
    parent = queries.answerable(thread.id, parent_id) if parent_id is not None else None
    if parent_id is not None and parent is None:
        raise ParentGone
    fingerprint = _fingerprint(thread.id, parent_id, draft, network, secret)
    if earlier := queries.sent_just_before(fingerprint, now):
        return earlier
    comment = _comment(thread, parent, draft, now)
    comment.network, comment.fingerprint = network, fingerprint
    db.session.add(comment)
    db.session.flush()
    count(comment, shown=int(comment.is_published), waiting=int(comment.status == Status.PENDING))
    publish(CommentSubmitted(comment, draft.email, draft.wants_reply_notices, now))
    if comment.is_published:
        publish(CommentPublished(comment, now))
    return comment


def arrival_of(thread: Thread, draft: Draft, now: datetime, *, edited: Comment | None = None) -> Arrival:
    """What admission needs to know about `draft`. thread: with its site loaded."""
    return Arrival(
        policy_publishes=thread.site.policy == Policy.PUBLISH.value,
        link_count=draft.link_count,
        honeypot_filled=draft.honeypot_filled,
        seconds_open=draft.seconds_open,
        repeated_elsewhere=queries.was_sent_elsewhere(
            draft.text_digest, now, except_id=edited.id if edited else None
        ),
        was_published=edited is not None and edited.is_published,
    )


def as_json(reasons: list[Reason]) -> list[dict[str, Any]]:
    return [reason.as_json() for reason in reasons]


def _comment(thread: Thread, parent: Comment | None, draft: Draft, now: datetime) -> Comment:
    verdict, reasons = judge(arrival_of(thread, draft, now))
    return Comment(
        thread_id=thread.id,
        parent_id=parent.id if parent else None,
        root_id=(parent.root_id or parent.id) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        status=STATUS_OF[verdict].value,
        author_name=draft.name,
        source=draft.source,
        html=draft.rendered.html,
        renderer_version=draft.rendered.version,
        reasons=as_json(reasons),
        text_digest=draft.text_digest,
        edit_salt=secrets.token_hex(16),
        created_at=now,
        published_at=now if verdict is Verdict.PUBLISH else None,
    )


def _fingerprint(thread_id: int, parent_id: int | None, draft: Draft, network: str, secret: str) -> str:
    parts = repr((thread_id, parent_id, draft.name, network, draft.text_digest))
    return hmac.new(secret.encode(), parts.encode(), hashlib.sha256).hexdigest()
