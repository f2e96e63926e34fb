"""How often a reader wants mail, by topic: at once, unless they said otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update

from board.extensions import db
from board.foundation.upserts import insert
from board.readers.models import Reader
from board.subscriptions.models import News, Notice, NoticeState, Preference, Rate, Topic
from board.subscriptions.rates import DEFAULTS, Rhythm, due_at

Rates = Mapping[Topic, Rate]


def rates_of(reader_ids: Collection[int]) -> dict[int, Rates]:
    """What each of those readers chose, or what goes without saying. One statement."""
    found = {reader_id: dict(DEFAULTS) for reader_id in reader_ids}
    query = select(Preference).where(Preference.reader_id.in_(reader_ids))
    for preference in db.session.scalars(query):
        found[preference.reader_id][Topic(preference.topic)] = Rate(preference.rate)
    return dict(found)


def choose(reader: Reader, topic: Topic, rate: Rate, *, rhythm: Rhythm, now: datetime) -> None:
    """Let `reader` hear of `topic` as often as `rate` says, from now on and of what waits already."""
    statement = insert(Preference).values(reader_id=reader.id, topic=topic.value, rate=rate.value)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Preference.reader_id, Preference.topic], set_={"rate": statement.excluded.rate}
        )
    )
    waiting = update(Notice).where(
        Notice.reader_id == reader.id,
        Notice.topic == topic.value,
        Notice.state == NoticeState.WAITING.value,
    )
    if rate is Rate.NEVER:
        over = {"state": NoticeState.DROPPED.value, "reason": "never", "settled_at": now}
        db.session.execute(waiting.values(**over))
        return
    for notice_id, happened_at in _waiting(reader.id, topic):
        when = due_at(topic, rate, happened_at, rhythm)
        db.session.execute(waiting.where(Notice.id == notice_id).values(rate=rate.value, due_at=when))


def _waiting(reader_id: int, topic: Topic) -> list[tuple[int, datetime]]:
    query = select(Notice.id, News.happened_at).join(Notice.news)
    query = query.where(
        Notice.reader_id == reader_id,
        Notice.topic == topic.value,
        Notice.state == NoticeState.WAITING.value,
    )
    return [(notice_id, happened_at) for notice_id, happened_at in db.session.execute(query)]
