"""A reader's own comment: found by a signed link, edited for a while, withdrawn at any time."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from board.comments.admission import Verdict, judge
from board.comments.lifecycle import change_status, touch
from board.comments.models import Comment, Status
from board.comments.queries import with_thread
from board.comments.submission import STATUS_OF, Draft, arrival_of, as_json
from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import BoardError, NotFound
from board.threads.models import Thread

EDITABLE = frozenset({Status.PENDING, Status.PUBLISHED})


class EditWindowOver(BoardError):
    """The time in which a comment may be changed has passed, or it was decided about meanwhile."""

    status = 409
    title = _l("This comment cannot be changed any more")
    words = _l(
        "The time for changes is over. What you wrote is kept below for you to copy; "
        "the comment stays as it was."
    )


def link_token(comment: Comment) -> str:
    """The token of the link by which its writer comes back to `comment`. Always the same one."""
    return tokens.sign("own-comment", [comment.id, comment.edit_salt])


def own_comment(token: str, *, for_change: bool = False) -> Comment:
    """The comment whose link this is, with its thread, post and site. Raises NotFound.

    for_change: hold its thread until the transaction ends, so that no decision comes in between.
    Whoever changes comments takes the thread first, or two could wait for each other.
    """
    try:
        comment_id, salt = tokens.read("own-comment", token)
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    if for_change:
        thread_id = select(Comment.thread_id).where(Comment.id == comment_id).scalar_subquery()
        db.session.scalars(select(Thread.id).where(Thread.id == thread_id).with_for_update()).first()
    query = select(Comment).where(Comment.id == comment_id)
    query = query.options(*with_thread(), joinedload(Comment.reader))
    comment = db.session.scalars(query).unique().first()
    if comment is None or not hmac.compare_digest(comment.edit_salt, str(salt)):
        raise NotFound
    return comment


def edit_ends_at(comment: Comment, window_seconds: int) -> datetime:
    return comment.created_at + timedelta(seconds=window_seconds)


def may_edit(comment: Comment, *, window_seconds: int, now: datetime) -> bool:
    return comment.status in EDITABLE and now < edit_ends_at(comment, window_seconds)


def edit(comment: Comment, draft: Draft, *, window_seconds: int, now: datetime) -> None:
    """Put the words of `draft` in place of the comment's, judged anew: an approval was for the old ones.

    Raises EditWindowOver.
    """
    if not may_edit(comment, window_seconds=window_seconds, now=now):
        raise EditWindowOver
    if draft.source == comment.source and draft.name == comment.author_name:
        return
    verdict, reasons = judge(arrival_of(comment.thread, draft, now, edited=comment))
    comment.author_name, comment.source = draft.name, draft.source
    comment.html, comment.renderer_version = draft.rendered.html, draft.rendered.version
    comment.text_digest, comment.reasons, comment.edited_at = draft.text_digest, as_json(reasons), now
    if comment.is_published and verdict is Verdict.PUBLISH:
        touch(comment.thread_id)
    change_status(comment, STATUS_OF[verdict], now=now)


def withdraw(comment: Comment, *, now: datetime) -> None:
    """Take the comment back. Saying it twice is no mistake; what was decided against stays decided."""
    if comment.status in EDITABLE:
        change_status(comment, Status.WITHDRAWN, now=now)
