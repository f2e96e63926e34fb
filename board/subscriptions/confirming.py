"""The proof that an address is the asker's own: the one mail that goes to whoever has not said so yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from board import text
from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import Gone, NotFound
from board.foundation.links import absolute
from board.mail import rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter, enqueue
from board.readers import queries as readers
from board.readers import registration
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions import queries
from board.subscriptions.models import Subscription, Topic

KIND = "confirm_address"
TOKEN_LIFE = timedelta(days=7)
A_DAY = timedelta(days=1)
ASKED_A_DAY = 3  # mails of this kind to one address from all sites together: nobody is bombed through us


class ConfirmationOver(Gone):
    """The link is older than a week, or the address was forgotten meanwhile."""

    title = _l("This link is too old")
    words = _l(
        "Links to confirm an address work for seven days. Tick the box below your next comment, "
        "and you get a new one."
    )


def ask(reader: Reader, site: Site, now: datetime) -> None:
    """Write the mail that asks for the proof, unless that address was asked enough today.

    Once in 24 hours for a site to an address that was never confirmed there; one that was may follow several
    things a day, and confirms each. Three a day for all sites of the board, either way. reader: held.
    """
    slot = _free_slot(reader, now)
    if slot is not None:
        wishes = queries.pending_of(reader.id)
        enqueue(_letter(reader, site, wishes, slot=slot, now=now), due_at=now, now=now)


def confirmation_token(reader: Reader, now: datetime) -> str:
    return tokens.sign("confirm", [reader.id, born(reader)], issued_at=now)


def reader_of(token: str, now: datetime) -> Reader:
    """Whose address this link confirms. Raises NotFound, ConfirmationOver."""
    try:
        reader_id, when_born = tokens.read("confirm", token, max_age=TOKEN_LIFE, now=now)
    except tokens.TokenExpired:
        raise ConfirmationOver from None
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    reader = readers.reader(reader_id)
    if reader is None or born(reader) != when_born:
        raise ConfirmationOver
    return reader


def confirm_all(reader: Reader, now: datetime) -> None:
    """Believe the address, and begin everything that waited for it. Doing it twice changes nothing."""
    registration.confirm(reader, now)
    for subscription in queries.pending_of(reader.id):
        subscription.confirmed_at = now
    db.session.flush()


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: there is still something to confirm."""
    reader = readers.reader(message.context["reader_id"])
    if reader is None or born(reader) != message.context["born"]:
        return "nothing_to_confirm"
    is_open = reader.confirmed_at is None or queries.pending_of(reader.id)
    return None if is_open else "nothing_to_confirm"


def born(reader: Reader) -> int:
    """Tells a reader from a later one with the same number: SQLite gives numbers of deleted rows again."""
    return int(reader.created_at.timestamp())


def _letter(
    reader: Reader, site: Site, wishes: Sequence[Subscription], *, slot: int, now: datetime
) -> Letter:
    token = confirmation_token(reader, now)
    words = rendering.write(
        KIND,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        confirm_url=absolute("subscriptions.confirmation", token=token),
        days=TOKEN_LIFE.days,
        **what_is_asked(wishes),
    )
    return Letter(
        kind=KIND,
        dedupe_key=_key(reader, now, slot),
        recipient=reader.email,
        sender_name=site.name,
        words=words,
        site_id=site.id,
        context={"reader_id": reader.id, "born": born(reader)},
    )


def what_is_asked(wishes: Sequence[Subscription]) -> dict[str, object]:
    """What there is to confirm, for templates: `of_replies`, `of_prompts`, and `threads` to follow by title.

    Titles are the author's words; no reader's word ever stands in this mail.
    """
    topics = {wish.topic for wish in wishes}
    followed = {wish.thread.id: wish.thread for wish in wishes if wish.thread is not None}
    return {
        "of_replies": Topic.REPLIES in topics,
        "of_prompts": Topic.PROMPTS in topics,
        "threads": [text.clean_name(thread.title) for thread in followed.values()],
    }


def _free_slot(reader: Reader, now: datetime) -> int | None:
    """Under which number one more mail may go out today; None where it was enough."""
    days = (now, now - A_DAY)
    keys = {
        _key(one, day, slot): one.id
        for one in readers.readers_with(reader.email)
        for day in days
        for slot in range(ASKED_A_DAY)
    }
    recent = db.session.scalars(
        select(OutboxMessage.dedupe_key).where(
            OutboxMessage.dedupe_key.in_(keys), OutboxMessage.created_at > now - A_DAY
        )
    ).all()
    of_this_site = sum(keys[key] == reader.id for key in recent)
    allowed_here = ASKED_A_DAY if reader.confirmed_at else 1
    is_enough = len(recent) >= ASKED_A_DAY or of_this_site >= allowed_here
    return None if is_enough else of_this_site


def _key(reader: Reader, day: datetime, slot: int) -> str:
    return f"{KIND}:{reader.id}:{born(reader)}:{day:%Y-%m-%d}:{slot}"
