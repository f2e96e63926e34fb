"""Asking to hear of replies, and the proof that the address is the asker's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from board.comments.events import CommentSubmitted
from board.comments.models import Comment, Status
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
ASKED_A_DAY = 3  # confirmations to one address from all sites together: nobody is bombed through us


class ConfirmationOver(Gone):
    """The link is older than a week, or the address was forgotten meanwhile."""

    title = _l("This link is too old")
    words = _l(
        "Links to confirm an address work for seven days. Tick the box below your next comment, "
        "and you get a new one."
    )


def on_submitted(event: CommentSubmitted) -> None:
    if event.wants_reply_notices and event.email:
        request_reply_notices(event.comment, event.email, event.now)


def request_reply_notices(comment: Comment, email: str, now: datetime) -> None:
    """Note that the writer of `comment` wants to hear of replies, and ask the address whether that is so.

    An address that this site knows as confirmed is not asked again. Raises AddressUnusable.
    """
    site = queries.site(queries.thread_of(comment).site_id)
    reader = registration.find_or_make(site.id, email, name=comment.author_name, now=now)
    comment.reader_id = reader.id
    db.session.add(
        Subscription(
            reader_id=reader.id,
            topic=Topic.REPLIES.value,
            comment_id=comment.id,
            created_at=now,
            confirmed_at=now if reader.confirmed_at else None,
        )
    )
    db.session.flush()
    if reader.confirmed_at is None and comment.status != Status.SPAM.value:
        _ask_to_confirm(reader, site, now)


def confirmation_token(reader: Reader, now: datetime) -> str:
    return tokens.sign("confirm", [reader.id, _born(reader)], issued_at=now)


def reader_of(token: str, now: datetime) -> Reader:
    """Whose address this link confirms. Raises NotFound, ConfirmationOver."""
    try:
        reader_id, born = tokens.read("confirm", token, max_age=TOKEN_LIFE, now=now)
    except tokens.TokenExpired:
        raise ConfirmationOver from None
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    reader = readers.reader(reader_id)
    if reader is None or _born(reader) != born:
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
    is_same = reader is not None and _born(reader) == message.context["born"]
    return None if is_same and reader and reader.confirmed_at is None else "nothing_to_confirm"


def forget_unconfirmed(now: datetime) -> None:
    """Delete what was asked for and not confirmed within a week, and the addresses it was asked for."""
    week_ago = now - registration.KEPT_UNCONFIRMED
    db.session.execute(
        delete(Subscription)
        .where(Subscription.confirmed_at.is_(None), Subscription.created_at < week_ago)
        .execution_options(synchronize_session=False)
    )
    registration.forget_unconfirmed(now, unless=queries.asked_since(week_ago))


def _ask_to_confirm(reader: Reader, site: Site, now: datetime) -> None:
    """Write the one mail that goes to an unconfirmed address, unless it was asked enough today."""
    if not _may_be_asked(reader, now):
        return
    words = rendering.write(
        KIND,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        confirm_url=absolute("subscriptions.confirmation", token=confirmation_token(reader, now)),
        days=TOKEN_LIFE.days,
    )
    letter = Letter(
        kind=KIND,
        dedupe_key=_key(reader, now),
        recipient=reader.email,
        sender_name=site.name,
        words=words,
        site_id=site.id,
        context={"reader_id": reader.id, "born": _born(reader)},
    )
    enqueue(letter, due_at=now, now=now)


def _may_be_asked(reader: Reader, now: datetime) -> bool:
    """At most once in 24 hours for this site, and three times for all sites of the board."""
    days = (now, now - A_DAY)
    keys = {_key(one, day): one.id for one in readers.readers_with(reader.email) for day in days}
    recent = db.session.scalars(
        select(OutboxMessage.dedupe_key).where(
            OutboxMessage.dedupe_key.in_(keys), OutboxMessage.created_at > now - A_DAY
        )
    ).all()
    return len(recent) < ASKED_A_DAY and reader.id not in {keys[key] for key in recent}


def _key(reader: Reader, day: datetime) -> str:
    return f"{KIND}:{reader.id}:{_born(reader)}:{day:%Y-%m-%d}"


def _born(reader: Reader) -> int:
    """Tells a reader from a later one with the same number: SQLite gives numbers of deleted rows again."""
    return int(reader.created_at.timestamp())
