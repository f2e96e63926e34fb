"""A reader's own comment: found by a signed link, edited for a while, withdrawn at any time."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from board.comments.admission import Verdict
from board.comments.drafting import Draft
from board.comments.events import CommentWithdrawn
from board.comments.lifecycle import change_status, touch
from board.comments.models import Comment, Status
from board.comments.queries import with_thread
from board.comments.revising import may_revise, revise, revision_ends_at, take_words
from board.comments.submission import STATUS_OF
from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import BoardError, NotFound
from board.foundation.events import publish
from board.threads.models import Thread

EDITABLE = frozenset({Status.PENDING, Status.PUBLISHED})
WITHDRAWABLE = EDITABLE | {Status.RETURNED}


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
    """Until when its writer may change it: `window_seconds` after sending, or longer if it was returned."""
    returned_until = revision_ends_at(comment) if _is_returned(comment) else None
    return returned_until or comment.created_at + timedelta(seconds=window_seconds)


def may_edit(comment: Comment, *, window_seconds: int, now: datetime) -> bool:
    """Where a moderator put other words in place, these stay: the writer can only take all of it back."""
    if _is_returned(comment):
        return may_revise(comment, now=now)
    is_in_time = comment.status in EDITABLE and now < edit_ends_at(comment, window_seconds)
    return is_in_time and comment.staff_edited_at is None


def edit(comment: Comment, draft: Draft, *, window_seconds: int, now: datetime) -> None:
    """Put the words of `draft` in place of the comment's, judged anew: an approval was for the old ones.

    A returned comment goes back to the moderators. Raises EditWindowOver, RevisionOver.
    """
    if _is_returned(comment):
        revise(comment, draft, now=now)
    elif not may_edit(comment, window_seconds=window_seconds, now=now):
        raise EditWindowOver
    elif (draft.name, draft.source) != (comment.author_name, comment.source):
        verdict = take_words(comment, draft, now=now)
        if comment.is_published and verdict is Verdict.PUBLISH:
            touch(comment.thread_id)
        change_status(comment, STATUS_OF[verdict], now=now)


def withdraw(comment: Comment, *, now: datetime) -> None:
    """Take the comment back. Saying it twice is no mistake; what was decided against stays decided."""
    if comment.status in WITHDRAWABLE:
        change_status(comment, Status.WITHDRAWN, now=now)
        publish(CommentWithdrawn(comment, now))


def _is_returned(comment: Comment) -> bool:
    return comment.status == Status.RETURNED
