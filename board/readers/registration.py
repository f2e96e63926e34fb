"""Taking down an address that somebody gave, and believing it once its owner has confirmed it."""

from __future__ import annotations

from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, delete, update

from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.upserts import insert
from board.readers import queries
from board.readers.models import Reader

MAX_EMAIL_CHARS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
KEPT_UNCONFIRMED = timedelta(days=7)


class AddressUnusable(BoardError):
    """Nobody can be written to at that address."""

    status = 422
    title = _l("This is not an email address")
    words = _l("Please check the address, or leave it out.")


def normalise(email: str) -> str:
    """The one spelling under which an address is kept: lower case, the domain in its ASCII form.

    The part before the @ is lowered as well: mail systems that tell Ada from ada are not met any more,
    and spellings of one mailbox must not each get a confirmation of their own. Holds nothing that could
    break out of a mail header. Raises AddressUnusable.
    """
    try:
        valid = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise AddressUnusable from None
    address = f"{valid.local_part}@{valid.ascii_domain}".lower()
    if len(address) > MAX_EMAIL_CHARS or not address.isprintable():
        raise AddressUnusable
    return address


def find_or_make(site_id: int, email: str, *, name: str, now: datetime) -> Reader:
    """The reader with that address on that site, its row held until the transaction ends.

    A new one is unconfirmed and counts for nothing yet. Where it was just erased, it is made anew.
    Raises AddressUnusable.
    """
    address = normalise(email)
    made = insert(Reader).values(site_id=site_id, email=address, name=name[:80], created_at=now)
    made = made.on_conflict_do_nothing(index_elements=[Reader.site_id, Reader.email])
    while True:
        db.session.execute(made)
        reader = queries.held_reader(site_id, address)
        if reader is not None:
            return reader


def confirm(reader: Reader, now: datetime) -> None:
    """Believe that the address is theirs. Saying so twice keeps the first moment."""
    if reader.confirmed_at is None:
        reader.confirmed_at = now
        db.session.flush()


def doubt(reader_ids: list[int]) -> None:
    """Forget that these addresses were confirmed: their owner wants no more mail unless asked again."""
    db.session.execute(update(Reader).where(Reader.id.in_(reader_ids)).values(confirmed_at=None))


def forget_unconfirmed(now: datetime, *, unless: ColumnElement[bool]) -> None:
    """Delete addresses that nobody confirmed within KEPT_UNCONFIRMED, but for those with a reason to stay.

    Their comments stay, as those of guests.
    """
    db.session.execute(
        delete(Reader)
        .where(Reader.confirmed_at.is_(None), Reader.created_at < now - KEPT_UNCONFIRMED, ~unless)
        .execution_options(synchronize_session=False)
    )
