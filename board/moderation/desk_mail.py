"""Telling moderators by mail what waits for them: at once, hourly or daily, as each wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, true
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
from board.moderation import desk_reports
from board.moderation.acts import Act
from board.moderation.desk_people import account_with_roles, actor_of, letter_to, settings_of
from board.moderation.mail_links import MAIL_ACTS, act_token
from board.moderation.models import DeskMail, DeskMailRate
from board.moderation.reasons import reason_in_words
from board.threads.models import Thread

KIND = "desk_waiting"
MOST_SHOWN = 10  # of the waiting comments in one mail; the desk shows the rest
EXCERPT_CHARS = 160
PAUSES = {
    DeskMailRate.AT_ONCE: timedelta(minutes=2),  # a burst of comments is one mail
    DeskMailRate.HOURLY: timedelta(hours=1),
    DeskMailRate.DAILY: timedelta(days=1),
}


def tell_staff(now: datetime) -> None:
    """Write a mail for everybody for whom something new waits and whose pause is over."""
    query = select(DeskMail).where(DeskMail.rate != DeskMailRate.OFF.value).with_for_update(skip_locked=True)
    for settings in db.session.scalars(query).all():
        if now - settings.told_until < PAUSES[DeskMailRate(settings.rate)]:
            continue
        account = account_with_roles(settings.account_id)
        letters = _letters(account, settings.told_until) if account else []
        for letter in letters:
            outbox.enqueue(letter, due_at=now, now=now)
        if letters:
            settings.told_until = now


def _letters(account: Account, told_until: datetime) -> list[Letter]:
    """What arrived since, and what readers complained of since: each its own mail, if there is anything."""
    actor, letters = actor_of(account), []
    if fresh := waiting_for(actor, after=told_until):
        letters.append(_letter(account, fresh))
    if reported := desk_reports.reported_for(actor, after=told_until):
        letters.append(desk_reports.letter(account, reported))
    return letters


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: what was decided meanwhile is left out, and nothing left is no mail."""
    account = account_with_roles(message.context["account_id"])
    settings = settings_of(message.context["account_id"], now=clock.now())
    if account is None or settings.rate == DeskMailRate.OFF.value:
        return "desk_mail_off"
    told: list[int] = message.context["comment_ids"]
    still = [comment for comment in waiting_for(actor_of(account), among=told) if comment.id in told]
    if not still:
        return "all_decided"
    if len(still) < len(told):
        outbox.rewrite(message, _letter(account, still, dedupe_key=message.dedupe_key))
    return None


def waiting_for(
    actor: Actor, *, after: datetime | None = None, among: Sequence[int] | None = None
) -> Sequence[Comment]:
    """Waiting comments that `actor` may decide about, oldest first, with what a mail tells of them."""
    query = select(Comment).join(Comment.thread).where(Comment.status == Status.PENDING.value, _scope(actor))
    if after is not None:
        query = query.where(Comment.created_at > after)
    if among is not None:
        query = query.where(Comment.id.in_(among))
    thread = joinedload(Comment.thread)
    query = query.options(
        thread.joinedload(Thread.post), thread.joinedload(Thread.site), joinedload(Comment.parent)
    )
    return db.session.scalars(query.order_by(Comment.created_at, Comment.id).limit(MOST_SHOWN + 1)).all()


def _scope(actor: Actor) -> ColumnElement[bool]:
    allowed = actor.sites_for(Action.DECIDE)
    return true() if allowed is None else Thread.site_id.in_(allowed)


def _letter(account: Account, comments: Sequence[Comment], *, dedupe_key: str = "") -> Letter:
    """comments: up to MOST_SHOWN, and one more where there are more."""
    shown, now = comments[:MOST_SHOWN], clock.now()
    return letter_to(
        account,
        KIND,
        dedupe_key or f"{KIND}:{account.id}:{shown[0].id}:{shown[-1].id}:{len(shown)}",
        language=shown[0].thread.site.language,
        context={"comment_ids": [comment.id for comment in shown]},
        items=[_item(comment, account, now) for comment in shown],
        more=len(comments) > MOST_SHOWN,
        publish=Act.PUBLISH.value,
        reject=Act.REJECT.value,
        spam=Act.SPAM.value,
        queue_url=absolute("moderation.queue"),
    )


def _item(comment: Comment, account: Account, now: datetime) -> dict[str, Any]:
    return {
        "author": comment.author_name,
        "html": comment.html,
        "text": text.plain(comment.html),
        "prompt": comment.thread.title,
        "post": comment.thread.post.title,
        "site": comment.thread.site.name,
        "parent": text.excerpt(comment.parent.html, EXCERPT_CHARS) if comment.parent else "",
        "reasons": [reason_in_words(reason) for reason in comment.reasons],
        "links": {
            act.value: absolute("mail_links.act", token=act_token(act, comment, account, now=now))
            for act in MAIL_ACTS
        },
    }
