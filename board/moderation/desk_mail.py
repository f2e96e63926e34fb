"""Telling moderators by mail what waits for them: at once, hourly or daily, as each wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload, selectinload

from board import text
from board.accounts.models import Account
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.foundation.links import absolute
from board.foundation.permissions import Action, Actor, Role
from board.mail import outbox, rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter
from board.moderation.acts import Act
from board.moderation.mail_links import MAIL_ACTS, act_token, off_token
from board.moderation.models import DeskMail, DeskMailRate
from board.moderation.reasons import reason_in_words
from board.threads.models import Thread

KIND = "desk_waiting"
SENDER = "Reflection Board"
MOST_SHOWN = 10  # of the waiting comments in one mail; the desk shows the rest
EXCERPT_CHARS = 160
PAUSES = {
    DeskMailRate.AT_ONCE: timedelta(minutes=2),  # a burst of comments is one mail
    DeskMailRate.HOURLY: timedelta(hours=1),
    DeskMailRate.DAILY: timedelta(days=1),
}


def settings_of(account_id: int, *, now: datetime) -> DeskMail:
    """What the account wants to hear; nothing, if it never said."""
    found = db.session.scalars(select(DeskMail).where(DeskMail.account_id == account_id)).first()
    return found or DeskMail(account_id=account_id, rate=DeskMailRate.OFF.value, told_until=now)


def choose(account_id: int, rate: DeskMailRate, *, now: datetime) -> None:
    """Let the account hear as often as `rate` says. What waits already is not told."""
    settings = settings_of(account_id, now=now)
    if settings.rate == DeskMailRate.OFF.value:
        settings.told_until = now
    settings.rate = rate.value
    db.session.add(settings)
    db.session.flush()


def tell_staff(now: datetime) -> None:
    """Write a mail for everybody for whom something new waits and whose pause is over."""
    query = select(DeskMail).where(DeskMail.rate != DeskMailRate.OFF.value).with_for_update(skip_locked=True)
    for settings in db.session.scalars(query).all():
        if now - settings.told_until < PAUSES[DeskMailRate(settings.rate)]:
            continue
        account = _account(settings.account_id)
        fresh = waiting_for(actor_of(account), after=settings.told_until) if account else []
        if account is None or not fresh:
            continue
        outbox.enqueue(_letter(account, fresh), due_at=now, now=now)
        settings.told_until = now


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: what was decided meanwhile is left out, and nothing left is no mail."""
    account = _account(message.context["account_id"])
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


def actor_of(account: Account) -> Actor:
    """The account as somebody who asks. account: with its memberships."""
    roles = {one.site_id: Role(one.role) for one in account.memberships}
    return Actor(account.id, account.name, roles)


def _scope(actor: Actor) -> ColumnElement[bool]:
    allowed = actor.sites_for(Action.DECIDE)
    return true() if allowed is None else Thread.site_id.in_(allowed)


def _account(account_id: int) -> Account | None:
    """Somebody who may sign in, with their roles."""
    query = select(Account).where(Account.id == account_id, Account.disabled_at.is_(None))
    return db.session.scalars(query.options(selectinload(Account.memberships))).first()


def _letter(account: Account, comments: Sequence[Comment], *, dedupe_key: str = "") -> Letter:
    """comments: up to MOST_SHOWN, and one more where there are more."""
    shown = comments[:MOST_SHOWN]
    off = absolute("mail_links.off", token=off_token(account))
    return Letter(
        kind=KIND,
        dedupe_key=dedupe_key or f"{KIND}:{account.id}:{shown[0].id}:{shown[-1].id}:{len(shown)}",
        recipient=account.email,
        sender_name=SENDER,
        words=_words(account, shown, more=len(comments) > MOST_SHOWN),
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        context={"account_id": account.id, "comment_ids": [comment.id for comment in shown]},
    )


def _words(account: Account, comments: Sequence[Comment], *, more: bool) -> rendering.Words:
    now, site = clock.now(), comments[0].thread.site
    items = [
        {
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
        for comment in comments
    ]
    return rendering.write(
        KIND,
        site.language,
        site_name=SENDER,
        site_url=absolute("moderation.queue"),
        items=items,
        more=more,
        publish=Act.PUBLISH.value,
        reject=Act.REJECT.value,
        spam=Act.SPAM.value,
        queue_url=absolute("moderation.queue"),
        settings_url=absolute("desk_mail.settings"),
        off_url=absolute("mail_links.off", token=off_token(account)),
    )
