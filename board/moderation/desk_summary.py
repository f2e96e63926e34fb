"""A word every Monday to whoever wants it: what came last week, what became of it, where people talked."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from board.accounts.models import Account
from board.extensions import db
from board.foundation import clock
from board.foundation.links import absolute
from board.mail import outbox
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter
from board.moderation.desk_people import account_with_roles, actor_of, letter_to, settings_of
from board.moderation.figures import Figures, Talk, figures_of
from board.moderation.models import DeskMail
from board.moderation.queries import reported_count, waiting_count
from board.moderation.spans import Span, steps_of

KIND = "desk_summary"
MOST_TALKS = 5


def tell_of_the_week(now: datetime) -> None:
    """Write to everybody who wants it and was not written to since Monday's hour. A quiet week is no mail."""
    monday = _monday(now)
    query = select(DeskMail).where(DeskMail.summary).with_for_update(skip_locked=True)
    for settings in db.session.scalars(query).all():
        if settings.summary_until is not None and settings.summary_until >= monday:
            continue
        account = account_with_roles(settings.account_id)
        letter = _letter(account, now) if account else None
        if letter is not None:
            outbox.enqueue(letter, due_at=now, now=now)
        settings.summary_until = now


def is_wanted(message: OutboxMessage) -> str | None:
    settings = settings_of(message.context["account_id"], now=clock.now())
    return None if settings.summary else "desk_mail_off"


def _monday(now: datetime) -> datetime:
    """The last Monday, at the hour at which weekly mail leaves."""
    hour = current_app.config["BOARD"].digest_hour
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    return monday if monday <= now else monday - timedelta(days=7)


def _letter(account: Account, now: datetime) -> Letter | None:
    actor = actor_of(account)
    before, last = steps_of(Span.QUARTER, now)[-3:-1]
    figures = figures_of(actor, (last,))
    waiting, reported = waiting_count(actor), reported_count(actor)
    if not (figures.arrived or waiting or reported):
        return None
    return letter_to(
        account,
        KIND,
        f"{KIND}:{account.id}:{last.start:%Y-%m-%d}",
        arrived=figures.arrived,
        published=figures.published,
        arrived_before=figures_of(actor, (before,)).arrived,
        hours=_hours(figures),
        waiting=waiting,
        reported=reported,
        talks=[_talk(talk) for talk in figures.talks[:MOST_TALKS] if talk.by_step[0]],
        start=last.start,
        figures_url=absolute("figures.figures"),
        queue_url=absolute("moderation.queue"),
    )


def _hours(figures: Figures) -> float | None:
    """The median from arrival to decision, in hours."""
    seconds = figures.flows[0].median_seconds
    return None if seconds is None else round(seconds / 3600, 1)


def _talk(talk: Talk) -> dict[str, object]:
    return {
        "title": talk.thread.title,
        "post": talk.thread.post.title,
        "comments": talk.by_step[0],
        "url": absolute("conversation.thread", thread_id=talk.thread.id),
    }
