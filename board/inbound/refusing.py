"""Telling somebody that their answer by mail was not taken, and why, with their words in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from board import text
from board.extensions import db
from board.foundation.links import absolute
from board.inbound.wording import REFUSALS
from board.mail import rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter, enqueue
from board.readers import queries as readers
from board.readers.models import Reader
from board.subscriptions import queries as subscriptions
from board.subscriptions.confirming import born
from board.threads.models import Thread

KIND = "reply_not_taken"
A_DAY = timedelta(days=1)
TOLD_A_DAY = 3  # two programs that answer each other come to rest


def tell(  # noqa: PLR0913  # whom, what, about what, and when
    reader: Reader, code: str, words: str, *, thread: Thread | None, digest: str, now: datetime
) -> bool:
    """Write to `reader`, unless they were written to often today; whether that was done.

    code: one of REFUSALS. digest: names the mail, so that its second reading tells nothing anew.
    """
    told = select(func.count()).where(
        OutboxMessage.kind == KIND,
        OutboxMessage.recipient == reader.email,
        OutboxMessage.created_at > now - A_DAY,
    )
    if db.session.scalars(told).one() >= TOLD_A_DAY:
        return False
    return enqueue(_letter(reader, code, words, thread, digest), due_at=now, now=now)


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: the address was not erased or given up meanwhile."""
    reader = readers.reader(message.context["reader_id"])
    is_same = reader is not None and born(reader) == message.context["born"]
    if reader is None or not is_same:
        return "address_erased"
    return None if reader.confirmed_at is not None else "unconfirmed"


def _letter(reader: Reader, code: str, words: str, thread: Thread | None, digest: str) -> Letter:
    site = subscriptions.site(reader.site_id)
    filled = rendering.write(
        KIND,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        reason=REFUSALS[code],
        words=words,
        post_title=text.clean_name(thread.post.title) if thread else "",
        thread_url=absolute("conversation.thread", thread_id=thread.id) if thread else "",
    )
    return Letter(
        kind=KIND,
        dedupe_key=f"{KIND}:{digest}",
        recipient=reader.email,
        sender_name=site.name,
        words=filled,
        site_id=site.id,
        context={"reader_id": reader.id, "born": born(reader)},
    )
