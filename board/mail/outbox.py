"""The outbox: mail is written down in the transaction of what it tells, and sent later by a worker.

A claimed row that is never settled (the worker was killed) is due again when its lease ends:
delivery is at least once, under a Message-ID that stays the same.
"""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy import insert as insert_rows
from sqlalchemy.orm.attributes import set_committed_value

from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.upserts import insert
from board.mail.models import Attempt, OutboxMessage, OutboxState
from board.mail.rendering import Words

IS_SENT = (
    update(OutboxMessage)
    .where(OutboxMessage.id == bindparam("the_id"), OutboxMessage.lease == bindparam("the_lease"))
    .values(state=OutboxState.SENT.value, sent_at=bindparam("the_moment"), lease=None)
)
UNSEEN = {"synchronize_session": False}
MAX_CLAIM = 500
MAX_DETAIL_CHARS = 500
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
JITTER = 0.2  # of a delay: what failed together does not come back together
WAITING = (OutboxState.QUEUED.value, OutboxState.SENDING.value)
RETRYABLE = (OutboxState.QUEUED.value, OutboxState.FAILED.value)


class NothingToRetry(BoardError):
    """The message was sent already, is on its way, or is wanted by nobody any more."""

    status = 409
    title = _l("This mail cannot be sent again")
    words = _l("Only mail that failed or still waits can be tried again.")


class Result(StrEnum):
    """How a try ended. RETRY becomes FAILED when all delays are used up."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Outcome:
    """`detail`: what the server said, or the code of the reason why it was not sent.

    `dead`: the code by which it said that there is no such mailbox.
    """

    result: Result
    detail: str = ""
    dead: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail to be: to whom, what, and in whose name.

    dedupe_key: names recipient and event, at most 200 characters. context: what the kind's check
    needs at sending time. message_id: derived from `dedupe_key` where none is given.
    """

    kind: str
    dedupe_key: str
    recipient: str
    sender_name: str
    words: Words
    site_id: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    message_id: str = ""


def enqueue(letter: Letter, *, due_at: datetime, now: datetime) -> bool:
    """Write `letter` down in the present transaction; whether that made it wait to be sent.

    The same key twice is one mail. One that was cancelled waits again, with the new words.
    """
    values = {**_columns(letter), "created_at": now, **_waiting(due_at)}
    statement = insert(OutboxMessage).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=[OutboxMessage.dedupe_key],
        set_={name: statement.excluded[name] for name in values if name != "dedupe_key"},
        where=OutboxMessage.state == OutboxState.CANCELLED.value,
    ).returning(OutboxMessage.id)
    return db.session.execute(statement).first() is not None


def rewrite(message: OutboxMessage, letter: Letter) -> None:
    """Put the words of `letter` in place of those that `message` was queued with."""
    for name, value in _columns(letter).items():
        setattr(message, name, value)


def cancel(dedupe_keys: Sequence[str]) -> None:
    """Let what waits under these keys not be sent. What is being sent is beyond recall."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.dedupe_key.in_(dedupe_keys), OutboxMessage.state == OutboxState.QUEUED.value)
        .values(state=OutboxState.CANCELLED.value)
    )


def claim(limit: int, now: datetime) -> list[OutboxMessage]:
    """Take up to `limit` due messages for this worker, those that wait longest first.

    No two workers receive the same message. Commit before sending: a message whose worker dies is
    due again when the lease is over. limit: 1 to 500. Returns [] when nothing is due. Raises ValueError.
    Source: PostgreSQL manual, SELECT, the locking clause (SKIP LOCKED). SQLite has one writer.
    """
    if not 1 <= limit <= MAX_CLAIM:
        raise ValueError("a claim takes 1 to 500 messages")
    due = (
        select(OutboxMessage)
        .where(OutboxMessage.state.in_(WAITING), OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = list(db.session.scalars(due))
    taken = {
        "state": OutboxState.SENDING.value,
        "lease": secrets.token_hex(16),
        "due_at": now + leased_for(),
    }
    mine = update(OutboxMessage).where(OutboxMessage.id.in_([message.id for message in messages]))
    if messages:
        again = {**taken, "attempt_count": OutboxMessage.attempt_count + 1}
        db.session.execute(mine.values(again), execution_options=UNSEEN)
    for message in messages:  # said once in the database; the objects only have to know
        for name, value in {**taken, "attempt_count": message.attempt_count + 1}.items():
            set_committed_value(message, name, value)
    return messages


def leased_for() -> timedelta:
    """How long a worker that says nothing more is believed to live."""
    return timedelta(seconds=current_app.config["BOARD"].mail_lease_seconds)


def give_back(message_ids: Sequence[int], lease: str, *, due_at: datetime) -> None:
    """Let messages that were claimed and not tried be due again, at no cost of theirs."""
    mine = update(OutboxMessage).where(OutboxMessage.id.in_(message_ids), OutboxMessage.lease == lease)
    db.session.execute(
        mine.values(
            state=OutboxState.QUEUED.value,
            due_at=due_at,
            lease=None,
            attempt_count=OutboxMessage.attempt_count - 1,
        ),
        execution_options=UNSEEN,
    )


def note(*tries: tuple[int, Outcome, datetime]) -> None:
    """Write down tries, for staff to see: of which mail, how they ended, when."""
    rows = [
        {"message_id": number, "at": at, "outcome": outcome.result.value, "detail": _one_line(outcome.detail)}
        for number, outcome, at in tries
    ]
    if rows:
        db.session.execute(insert_rows(Attempt), rows)


def settle_sent(connection: Connection, message_id: int, lease: str, now: datetime) -> bool:
    """Write down that a mail is out; False, and nothing, when the lease has gone to another worker.

    One prepared statement in a transaction of its own: of all that the worker does, this stands between two
    mails, and it is done for each.
    """
    values = {"the_id": message_id, "the_lease": lease, "the_moment": now}
    return bool(connection.execute(IS_SENT, values).rowcount)


def settle(message_id: int, lease: str, tries: int, outcome: Outcome, now: datetime) -> bool:
    """Write down how the try ended; False, and nothing, when the lease has gone to another worker.

    tries: how many there were, this one among them. Two statements, and none that reads: of all that the
    worker does this stands between two mails.
    """
    result = _final(outcome.result, tries)
    values: dict[str, Any] = {"state": _state_after(result), "lease": None}
    if result is Result.RETRY:
        values["due_at"] = now + delay_after(tries, random.random())  # noqa: S311 - spreads load
    if result is Result.SENT:
        values["sent_at"] = now
    mine = update(OutboxMessage).where(OutboxMessage.id == message_id, OutboxMessage.lease == lease)
    settled = db.session.execute(mine.values(values).returning(OutboxMessage.id), execution_options=UNSEEN)
    if settled.first() is None:
        return False
    note((message_id, replace(outcome, result=result), now))
    return True


def retry(message: OutboxMessage, now: datetime) -> None:
    """Let a failed or waiting message be sent now, with all its tries before it. Raises NothingToRetry."""
    if message.state not in RETRYABLE:
        raise NothingToRetry
    message.state, message.due_at, message.attempt_count = OutboxState.QUEUED.value, now, 0
    db.session.flush()


def retry_all(
    states: Sequence[str], now: datetime, *, kind: str = "", sites: Collection[int] | None = None
) -> int:
    """Let all in those states, queued or failed, be sent now; how much that is.

    kind, sites: only that kind, only mail of those sites; "" and None mean all.
    """
    again = update(OutboxMessage).where(OutboxMessage.state.in_(states))
    if kind:
        again = again.where(OutboxMessage.kind == kind)
    if sites is not None:
        again = again.where(OutboxMessage.site_id.in_(sites))
    again = again.values(state=OutboxState.QUEUED.value, due_at=now, attempt_count=0)
    return len(db.session.execute(again.returning(OutboxMessage.id), execution_options=UNSEEN).all())


def delay_after(tries: int, chance: float) -> timedelta:
    """How long to wait after that many tries; `chance`, from 0 to 1, adds up to a fifth."""
    return DELAYS[tries - 1] * (1 + JITTER * chance)


def _final(result: Result, tries: int) -> Result:
    return Result.FAILED if result is Result.RETRY and tries > len(DELAYS) else result


def _state_after(result: Result) -> str:
    return OutboxState.QUEUED.value if result is Result.RETRY else OutboxState(result.value).value


def _columns(letter: Letter) -> dict[str, Any]:
    return {
        "dedupe_key": letter.dedupe_key,
        "kind": letter.kind,
        "site_id": letter.site_id,
        "recipient": letter.recipient,
        "sender_name": letter.sender_name[:120],
        "subject": letter.words.subject,
        "text": letter.words.text,
        "html": letter.words.html,
        "message_id": letter.message_id or _message_id(letter),
        "headers": dict(letter.headers),
        "context": dict(letter.context),
    }


def _waiting(due_at: datetime) -> dict[str, Any]:
    return {
        "state": OutboxState.QUEUED.value,
        "due_at": due_at,
        "attempt_count": 0,
        "lease": None,
        "sent_at": None,
    }


def mail_domain() -> str:
    """The right-hand side of our Message-IDs and List-Ids: that of the board's own address."""
    return str(current_app.config["BOARD"].mail_from).rpartition("@")[2]


def _message_id(letter: Letter) -> str:
    digest = hashlib.sha256(letter.dedupe_key.encode()).hexdigest()
    return f"<{letter.kind}.{digest[:24]}@{mail_domain()}>"


def _one_line(detail: str) -> str:
    visible = "".join(character if character.isprintable() else " " for character in detail)
    return " ".join(visible.split())[:MAX_DETAIL_CHARS]
