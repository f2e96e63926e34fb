"""The private link: sent to an address that was confirmed here, and to nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import Gone, NotFound
from board.foundation.links import absolute
from board.mail import rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter, enqueue
from board.readers import queries as readers
from board.readers.models import Reader
from board.subscriptions import queries as subscriptions
from board.subscriptions.confirming import born

KIND = "private_link"
PURPOSE = "private"
LIFE = timedelta(hours=24)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
SENT_AN_HOUR, SENT_A_DAY = 1, 3  # to one address: whoever types somebody else's cannot flood them


class LinkOver(Gone):
    """The link is older than a day, or the address was erased meanwhile."""

    title = _l("This link is too old")
    words = _l(
        "Private links work for a day, and not after everything was erased. You can ask for a new one."
    )


@dataclass(frozen=True)
class Owner:
    """Whoever opened a private link: the `reader` it was made for, and all `known` by the same address."""

    reader: Reader
    known: Sequence[Reader]

    @property
    def ids(self) -> list[int]:
        return [reader.id for reader in self.known]


def private_token(reader: Reader, now: datetime) -> str:
    return tokens.sign(PURPOSE, [reader.id, born(reader)], issued_at=now)


def owner_of(token: str, now: datetime) -> Owner:
    """Whose link this is. Raises NotFound for one that we did not make, LinkOver."""
    reader = _reader_of(token, now)
    if reader is None:
        raise LinkOver
    return Owner(reader, _known(readers.readers_with(reader.email)))


def was_erased(token: str, now: datetime) -> bool:
    """Whether the link would still be good, but its address was erased. Raises NotFound, LinkOver."""
    return _reader_of(token, now) is None


def ends_at(token: str) -> datetime:
    """Until when the link works. token: a good one."""
    return tokens.issued_at(PURPOSE, token) + LIFE


def send_to(address: str, now: datetime) -> None:
    """Write the mail with the link, if that address is confirmed anywhere and was not sent one too often.

    address: normalised. Who asks learns nothing of this.
    """
    everyone = readers.readers_with(address)
    known = _known(everyone)
    if known and not _is_enough(everyone, now):
        enqueue(_letter(known[0], now), due_at=now, now=now)


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: the address was not erased meanwhile."""
    reader = readers.reader(message.context["reader_id"])
    is_same = reader is not None and born(reader) == message.context["born"]
    return None if is_same else "address_erased"


def _reader_of(token: str, now: datetime) -> Reader | None:
    try:
        reader_id, when_born = tokens.read(PURPOSE, token, max_age=LIFE, now=now)
    except tokens.TokenExpired:
        raise LinkOver from None
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    reader = readers.reader(reader_id)
    return reader if reader is not None and born(reader) == when_born else None


def _known(found: Sequence[Reader]) -> list[Reader]:
    return [reader for reader in found if reader.confirmed_at is not None]


def _is_enough(everyone: Sequence[Reader], now: datetime) -> bool:
    hours = [now - AN_HOUR * back for back in range(A_DAY // AN_HOUR + 1)]
    keys = [_key(reader, hour) for reader in everyone for hour in hours]
    sent = select(OutboxMessage.created_at).where(
        OutboxMessage.dedupe_key.in_(keys), OutboxMessage.created_at > now - A_DAY
    )
    moments = db.session.scalars(sent).all()
    lately = [moment for moment in moments if moment > now - AN_HOUR]
    return len(moments) >= SENT_A_DAY or len(lately) >= SENT_AN_HOUR


def _letter(reader: Reader, now: datetime) -> Letter:
    """Of no site's mail: whoever reads that on the desk has no business with this one."""
    site = subscriptions.site(reader.site_id)
    words = rendering.write(
        KIND,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        private_url=absolute("private.page", token=private_token(reader, now)),
        hours=LIFE // AN_HOUR,
    )
    return Letter(
        kind=KIND,
        dedupe_key=_key(reader, now),
        recipient=reader.email,
        sender_name=site.name,
        words=words,
        context={"reader_id": reader.id, "born": born(reader)},
    )


def _key(reader: Reader, hour: datetime) -> str:
    return f"{KIND}:{reader.id}:{born(reader)}:{hour:%Y-%m-%dT%H}"
