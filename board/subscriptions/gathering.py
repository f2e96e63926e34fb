"""From notices to mail: what is due for one reader and belongs together becomes one message of the outbox.

The worker's work, a few readers at a time. The message and the word that its notices stand in it are one
transaction, so whoever dies between them has done neither.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from board.comments.models import Comment
from board.extensions import db
from board.foundation import clock
from board.foundation.turns import give_way
from board.mail import outbox
from board.mail.models import OutboxMessage
from board.subscriptions.audience import reason_against
from board.subscriptions.letters import edited, letter_of
from board.subscriptions.listening import happening_of, listeners_of
from board.subscriptions.models import News, Notice, NoticeState, Rate, Topic
from board.subscriptions.rates import Waiting, leaves_at
from board.subscriptions.spreading import rhythm
from board.subscriptions.telling import in_order
from board.threads.models import Thread

READERS_A_ROUND = 500
READERS_A_STEP = 20  # in one transaction, of some 100 ms
OF_A_THREAD = (Topic.REPLIES, Topic.THREAD)


def gather_mail(now: datetime) -> None:
    """Write the mail that is due by `now`. Commits after every few readers."""
    due = _readers_with_something_due(now)
    db.session.commit()
    for start in range(0, len(due), READERS_A_STEP):
        since = time.monotonic()
        for reader_id in due[start : start + READERS_A_STEP]:
            _gather_for(reader_id, now)
        db.session.commit()
        give_way(db.session(), since)


def reasons_against(messages: Sequence[OutboxMessage]) -> dict[int, str]:
    """The check at sending time, for several at once: why some are not wanted any more, by id.

    What is not wanted any more is left out of a mail, edited words are put right, nothing left is no mail. A
    mail keeps its Message-ID: it may have arrived once already. A fixed number of statements for one site.
    """
    told = {one.id: one.context["notice_ids"] for one in messages if "notice_ids" in one.context}
    ids = [number for some in told.values() for number in some]
    found = {one.id: one for one in db.session.scalars(_with_surroundings().where(Notice.id.in_(ids)))}
    wanted = {notice.id for notice in _wanted(list(found.values()), clock.now())}
    reasons = {}
    for message in messages:
        notices = [found[number] for number in told.get(message.id, ()) if number in found]
        still = [notice for notice in notices if notice.id in wanted]
        if message.id in told and not still:
            reasons[message.id] = notices[0].reason if notices else "nothing_to_tell"
        elif message.id in told:
            _put_right(message, still)
    return reasons


def _put_right(message: OutboxMessage, still: Sequence[Notice]) -> None:
    is_less = len(still) < len(message.context["notice_ids"])
    if is_less or message.context["edited"] != edited(in_order(still)):
        letter = letter_of(still[0].reader, still)
        kept = replace(letter, dedupe_key=message.dedupe_key, message_id=message.message_id)
        outbox.rewrite(message, kept)


def _readers_with_something_due(now: datetime) -> Sequence[int]:
    query = (
        select(Notice.reader_id)
        .where(Notice.state == NoticeState.WAITING.value, Notice.due_at <= now)
        .group_by(Notice.reader_id)
        .order_by(func.min(Notice.due_at), Notice.reader_id)
        .limit(READERS_A_ROUND)
    )
    return db.session.scalars(query).all()


def _gather_for(reader_id: int, now: datetime) -> None:
    """Write every mail to one reader that is due, or say when it will be."""
    query = _with_surroundings().where(
        Notice.reader_id == reader_id, Notice.state == NoticeState.WAITING.value
    )
    held = query.order_by(Notice.id).with_for_update(of=Notice, skip_locked=True)
    waiting = db.session.scalars(held.execution_options(populate_existing=True)).all()
    for group in _belonging_together(waiting, now):
        due = [notice for notice in group if notice.due_at <= now]
        leaves = _leaves_at(group) if due else None
        if leaves is not None and leaves <= now:
            _write(group, now)
        elif leaves is not None:
            for notice in due:
                notice.due_at = leaves
    db.session.flush()


def _belonging_together(waiting: Sequence[Notice], now: datetime) -> list[list[Notice]]:
    """What would stand in one mail: a thread's, new prompts, a digest; of one's own comment each alone."""
    groups: defaultdict[tuple[object, ...], list[Notice]] = defaultdict(list)
    for notice in waiting:
        groups[_group(notice, now)].append(notice)
    return list(groups.values())


def _group(notice: Notice, now: datetime) -> tuple[object, ...]:
    if notice.rate != Rate.AT_ONCE:
        return ("digest", notice.due_at <= now)
    if notice.topic in OF_A_THREAD:
        return ("thread", notice.thread_id)
    return ("prompts",) if notice.topic == Topic.PROMPTS else ("own", notice.id)


def _leaves_at(group: Sequence[Notice]) -> datetime:
    """group: with at least one that is due."""
    first = group[0]
    if first.rate != Rate.AT_ONCE or first.topic not in OF_A_THREAD:
        return min(notice.due_at for notice in group)
    waiting = [Waiting(Topic(one.topic), one.news.happened_at, one.due_at) for one in group]
    return leaves_at(waiting, _last_mail(first), rhythm())


def _last_mail(notice: Notice) -> datetime | None:
    """When that reader was last written to about that thread."""
    return db.session.scalar(
        select(func.max(Notice.settled_at)).where(
            Notice.reader_id == notice.reader_id,
            Notice.thread_id == notice.thread_id,
            Notice.state == NoticeState.MAILED.value,
            Notice.topic.in_(OF_A_THREAD),
        )
    )


def _write(group: Sequence[Notice], now: datetime) -> None:
    """Put the mail into the outbox, with whatever of it is wanted still."""
    wanted = _wanted(group, now)
    if not wanted:
        return
    letter = letter_of(group[0].reader, wanted)
    outbox.enqueue(letter, due_at=now, now=now)
    db.session.flush()
    key = OutboxMessage.dedupe_key == letter.dedupe_key
    message_id = db.session.scalars(select(OutboxMessage.id).where(key)).one()
    for notice in wanted:
        notice.state, notice.settled_at, notice.message_id = NoticeState.MAILED.value, now, message_id


def _wanted(notices: Sequence[Notice], now: datetime) -> list[Notice]:
    """Those against which nothing speaks now; the others are dropped, each with its reason."""
    wanted = []
    for notice, listener in listeners_of(notices, now=now):
        reason = reason_against(listener, happening_of(notice.news))
        if reason is None:
            wanted.append(notice)
        else:
            notice.state, notice.reason, notice.settled_at = NoticeState.DROPPED.value, reason.value, now
            notice.message_id = None
    return wanted


def _with_surroundings() -> Select[Notice]:
    """Notices with everything that judges and tells them. Two statements, as many of them tell the same."""
    news = selectinload(Notice.news)
    comment, thread = news.joinedload(News.comment), news.joinedload(News.thread)
    return select(Notice).options(
        joinedload(Notice.reader),
        joinedload(Notice.subscription),
        comment.joinedload(Comment.parent),
        comment.joinedload(Comment.account),
        thread.joinedload(Thread.post),
        thread.joinedload(Thread.site),
    )
