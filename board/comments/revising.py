"""Sending a comment back to its writer with a note, and what they make of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from board.comments.admission import Reason, Verdict
from board.comments.drafting import Draft
from board.comments.events import CommentEdited, CommentReturned
from board.comments.judging import judgement_of
from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.comments.submission import STATUS_OF
from board.comments.versions import replace_words
from board.foundation.errors import BoardError
from board.foundation.events import publish

TIME_TO_REVISE = timedelta(days=30)
MAX_NOTE_CHARS = 2000
REVISED = Reason(Verdict.HOLD, "revised", {})  # a person asked for other words, so a person reads them


class RevisionOver(BoardError):
    """The comment was returned too long ago."""

    status = 409
    title = _l("The time to revise this comment is over")
    words = _l(
        "It was open for thirty days. What you wrote is kept below for you to copy; "
        "you may send it to the discussion as a new comment."
    )


def return_to_writer(comment: Comment, note: str, *, now: datetime) -> None:
    """Ask the writer of `comment` to say it otherwise. note: what and why, at most MAX_NOTE_CHARS.

    Readers do not see it meanwhile. Publishes CommentReturned. comment: with its thread held.
    """
    comment.note, comment.returned_at = note.strip(), now
    change_status(comment, Status.RETURNED, now=now)
    publish(CommentReturned(comment, now))


def revise(comment: Comment, draft: Draft, *, now: datetime) -> None:
    """Put the writer's new words into a returned comment and let it wait for a moderator again.

    Whatever admission says of them, they are not published by themselves. Raises RevisionOver.
    comment: with its thread and site, the thread held.
    """
    if not may_revise(comment, now=now):
        raise RevisionOver
    verdict = take_words(comment, draft, now=now)
    comment.reasons = [*comment.reasons, REVISED.as_json()]
    change_status(comment, STATUS_OF[max(verdict, REVISED.verdict)], now=now)


def revision_ends_at(comment: Comment) -> datetime | None:
    return comment.returned_at + TIME_TO_REVISE if comment.returned_at else None


def may_revise(comment: Comment, *, now: datetime) -> bool:
    ends_at = revision_ends_at(comment)
    return comment.status == Status.RETURNED and ends_at is not None and now < ends_at


def take_words(comment: Comment, draft: Draft, *, now: datetime) -> Verdict:
    """Give `comment` its writer's new words, judged anew; the verdict, for the caller to follow.

    They are the writer's own again, whatever a moderator had changed in the former ones.
    Raises CommentRefused.
    """
    judgement = judgement_of(comment.thread.site, draft, now, edited=comment)
    replace_words(comment, draft, by_account_id=None, now=now)
    comment.reasons, comment.edited_at, comment.staff_edited_at = judgement.reasons_as_json, now, None
    publish(CommentEdited(comment, now, draft.sender))
    return judgement.verdict
