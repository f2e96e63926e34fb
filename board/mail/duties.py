"""What the worker owes to other rooms: a last look before sending, and work that comes round.

Wiring installs both, so that mail knows nothing of what it carries.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask, current_app

from board.extensions import db
from board.mail.models import OutboxMessage

log = logging.getLogger("board.mail")
JointCheck = Callable[[Sequence[OutboxMessage]], Mapping[int, str]]
Check = Callable[[OutboxMessage], str | None]


@dataclass(frozen=True)
class Chore:
    """Timed work: `work` is called about every `every`, and what it wrote is committed after it.

    One that takes its time, or waits for others, commits by itself before it waits.
    """

    name: str
    every: timedelta
    work: Callable[[datetime], object]


@dataclass(frozen=True)
class Duties:
    """`checks`, by kind: the code of the reason why the message is wanted no more, or None.

    `joint_checks`: the same for several messages at once, by their ids; those that are wanted are left out.
    For mail of which there is much; what such a check says is believed for two seconds.
    `preparations`: what turns news into mail, called before each round of sending. Each commits for itself,
    in steps that are short and may be broken off anywhere.
    """

    checks: Mapping[str, Check] = field(default_factory=dict)
    chores: Sequence[Chore] = ()
    joint_checks: Mapping[str, JointCheck] = field(default_factory=dict)
    preparations: Sequence[Callable[[datetime], object]] = ()


def install(app: Flask, duties: Duties) -> None:
    app.extensions["board_mail"] = duties


def present() -> Duties:
    duties: Duties = current_app.extensions["board_mail"]
    return duties


def prepare(now: datetime) -> None:
    """Let everybody write the mail that is due by `now`. What fails is logged; it has its next turn soon."""
    for preparation in present().preparations:
        try:
            preparation(now)
        except Exception:  # the edge of the process: what is in the outbox already must not wait for this
            log.exception("mail could not be prepared")
            db.session.rollback()


def has_check(message: OutboxMessage) -> bool:
    return message.kind in present().checks or message.kind in present().joint_checks


def reason_against(message: OutboxMessage) -> str | None:
    """Why `message` is not to be sent any more, or None. Kinds without a check are always wanted."""
    if message.kind in present().joint_checks:
        return reasons_against([message]).get(message.id)
    check = present().checks.get(message.kind)
    return check(message) if check else None


def checked_jointly(messages: Iterable[OutboxMessage]) -> list[OutboxMessage]:
    return [message for message in messages if message.kind in present().joint_checks]


def reasons_against(messages: Sequence[OutboxMessage]) -> dict[int, str]:
    """Why some of those are not to be sent any more, by id. All of them are checked jointly."""
    by_check: defaultdict[JointCheck, list[OutboxMessage]] = defaultdict(list)
    for message in messages:
        by_check[present().joint_checks[message.kind]].append(message)
    return {number: reason for check, some in by_check.items() for number, reason in check(some).items()}
