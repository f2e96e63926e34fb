"""The people whom the desk writes to, and the frame of what it writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from board.accounts.models import Account
from board.extensions import db
from board.foundation.links import absolute
from board.foundation.permissions import Actor, Role
from board.mail import rendering
from board.mail.outbox import Letter
from board.moderation.mail_links import off_token
from board.moderation.models import DeskMail, DeskMailRate

SENDER = "Reflection Board"


def settings_of(account_id: int, *, now: datetime) -> DeskMail:
    """What the account wants to hear; nothing, if it never said."""
    found = db.session.scalars(select(DeskMail).where(DeskMail.account_id == account_id)).first()
    nothing = DeskMail(
        account_id=account_id, rate=DeskMailRate.OFF.value, told_until=now, failures=False, summary=False
    )
    return found or nothing


def choose(
    account_id: int, rate: DeskMailRate, *, failures: bool = False, summary: bool = False, now: datetime
) -> None:
    """Let the account hear as often as `rate` says of what waits; of mail that failed; and once a week.

    What waits, failed or happened already is not told.
    """
    settings = settings_of(account_id, now=now)
    if settings.rate == DeskMailRate.OFF.value:
        settings.told_until = now
    if failures and not settings.failures:
        settings.failures_until = now
    if summary and not settings.summary:
        settings.summary_until = now
    settings.rate, settings.failures, settings.summary = rate.value, failures, summary
    db.session.add(settings)
    db.session.flush()


def account_with_roles(account_id: int) -> Account | None:
    """Somebody who may sign in, with their roles."""
    query = select(Account).where(Account.id == account_id, Account.disabled_at.is_(None))
    return db.session.scalars(query.options(selectinload(Account.memberships))).first()


def actor_of(account: Account) -> Actor:
    """The account as somebody who asks. account: with its memberships."""
    roles = {one.site_id: Role(one.role) for one in account.memberships}
    return Actor(account.id, account.name, roles)


def letter_to(
    account: Account,
    kind: str,
    dedupe_key: str,
    *,
    language: str = "",
    context: Mapping[str, Any] | None = None,
    **values: Any,
) -> Letter:
    """A mail of the desk to one of the staff, that a mail program can stop by one click (RFC 8058)."""
    off = absolute("mail_links.off", token=off_token(account))
    words = rendering.write(
        kind,
        language or current_app.config["BOARD"].language,
        site_name=SENDER,
        site_url=absolute("moderation.queue"),
        settings_url=absolute("desk_mail.settings"),
        off_url=off,
        **values,
    )
    return Letter(
        kind=kind,
        dedupe_key=dedupe_key,
        recipient=account.email,
        sender_name=SENDER,
        words=words,
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        context={"account_id": account.id, **(context or {})},
    )
