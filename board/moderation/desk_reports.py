"""Telling moderators by mail what readers complained of, as often as they hear of what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from board import text
from board.accounts.models import Account
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.foundation.links import absolute
from board.foundation.permissions import Action, Actor
from board.mail import outbox
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter
from board.moderation.answering import open_reports
from board.moderation.desk_people import account_with_roles, actor_of, letter_to, settings_of
from board.moderation.models import DeskMailRate, Report, ReportReason
from board.moderation.queries import allowed_on
from board.moderation.report_forms import REASON_LABELS
from board.threads.models import Thread

KIND = "desk_reported"
MOST_SHOWN = 10  # comments in one mail; the desk shows the rest


def reported_for(
    actor: Actor, *, after: datetime | None = None, among: Sequence[int] | None = None
) -> Sequence[Comment]:
    """Comments with open reports that `actor` may decide about, the first reported first.

    after: with one that came since. among: of these.
    """
    reported = select(Report.comment_id).where(Report.answered_at.is_(None))
    if after is not None:
        reported = reported.where(Report.created_at > after)
    query = select(Comment).join(Comment.thread)
    query = query.where(Comment.id.in_(reported), allowed_on(actor, Thread.site_id, Action.DECIDE))
    if among is not None:
        query = query.where(Comment.id.in_(among))
    thread = joinedload(Comment.thread)
    query = query.options(thread.joinedload(Thread.post), thread.joinedload(Thread.site))
    return db.session.scalars(query.order_by(Comment.id).limit(MOST_SHOWN + 1)).all()


def letter(account: Account, comments: Sequence[Comment], *, dedupe_key: str = "") -> Letter:
    """comments: up to MOST_SHOWN, and one more where there are more."""
    shown = comments[:MOST_SHOWN]
    reports = open_reports([comment.id for comment in shown])
    latest = db.session.scalar(select(func.max(Report.id)).where(Report.comment_id.in_(reports)))
    return letter_to(
        account,
        KIND,
        dedupe_key or f"{KIND}:{account.id}:{latest}",
        language=shown[0].thread.site.language,
        context={"comment_ids": [comment.id for comment in shown]},
        items=[_item(comment, reports.get(comment.id, [])) for comment in shown],
        more=len(comments) > MOST_SHOWN,
        queue_url=absolute("moderation.queue", view="reported"),
    )


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: what was answered meanwhile is left out, and nothing left is no mail."""
    account = account_with_roles(message.context["account_id"])
    settings = settings_of(message.context["account_id"], now=clock.now())
    if account is None or settings.rate == DeskMailRate.OFF.value:
        return "desk_mail_off"
    told: list[int] = message.context["comment_ids"]
    still = reported_for(actor_of(account), among=told)
    if not still:
        return "all_decided"
    if len(still) < len(told):
        outbox.rewrite(message, letter(account, still, dedupe_key=message.dedupe_key))
    return None


def _item(comment: Comment, reports: Sequence[Report]) -> dict[str, object]:
    return {
        "author": comment.author_name,
        "html": comment.html,
        "text": text.plain(comment.html),
        "post": comment.thread.post.title,
        "site": comment.thread.site.name,
        "is_held": comment.status == Status.PENDING,
        "reports": [(REASON_LABELS[ReportReason(report.reason)], report.words) for report in reports],
    }
