"""A reader reports a comment. Enough reports take it down until somebody has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from board.accounts.deeds import THE_BOARD, note_deed
from board.comments import queries
from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.errors import NotFound
from board.moderation.decisions import hold
from board.moderation.models import Report, ReportReason
from board.sites.models import Site
from board.threads.models import ThreadStatus
from board.threads.queries import MAX_ID

REASON = "reported"


@dataclass(frozen=True)
class Complaint:
    """What a reader says against a comment. `words`: in their own, or empty."""

    reason: ReportReason
    words: str = ""


def reportable(comment_id: int) -> Comment:
    """A comment that readers see or saw, with thread, post and site. Raises NotFound."""
    comment = queries.comment_with_thread(comment_id) if 0 < comment_id <= MAX_ID else None
    if comment is None or comment.published_at is None or comment.thread.status == ThreadStatus.HIDDEN:
        raise NotFound
    return comment


def report(comment_id: int, complaint: Complaint, *, network: str, now: datetime) -> None:
    """Write down what a reader of `network` says against that comment.

    The same network's second report says nothing new, and one of a comment that is not shown any more comes
    too late: neither is written down. As many open reports as the site's threshold let the comment wait for
    a moderator. Reports of one thread queue up behind its row, so that none is counted twice or not at all.
    """
    [comment] = hold([comment_id])
    if not comment.is_published or _reported_before(comment_id, network):
        return
    db.session.add(
        Report(
            comment_id=comment_id,
            reason=complaint.reason.value,
            words=complaint.words,
            network=network,
            created_at=now,
        )
    )
    comment.open_reports += 1
    db.session.flush()
    site = db.session.get_one(Site, comment.thread.site_id)
    if 0 < site.report_threshold <= comment.open_reports:
        _let_wait(comment, now)


def _reported_before(comment_id: int, network: str) -> bool:
    query = select(Report.id).where(Report.comment_id == comment_id, Report.network == network)
    return db.session.scalars(query).first() is not None


def _let_wait(comment: Comment, now: datetime) -> None:
    """Out of sight, into the queue, and into the log, since nobody of the staff did it."""
    others = [reason for reason in comment.reasons if reason.get("code") != REASON]
    comment.reasons = [{"code": REASON, "count": comment.open_reports}, *others]
    change_status(comment, Status.PENDING, now=now)
    note_deed(
        THE_BOARD,
        "comment_held_for_reports",
        comment.author_name,
        site_id=comment.thread.site_id,
        now=now,
        comment_id=comment.id,
        count=comment.open_reports,
    )
