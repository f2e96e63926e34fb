"""Sessions of signed-in staff: a random id in the browser, its digest in the database.

Whoever reads the database cannot sign in with it; deleting a row signs a browser out at once.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Row, delete, or_, select, update
from sqlalchemy.exc import OperationalError

from board.accounts.models import Account, Membership, StaffSession
from board.accounts.second_factor import exists_for
from board.extensions import db
from board.foundation.permissions import STRANGER, Actor, Role

ID_BYTES = 16  # 128 bits: OWASP ASVS 5.0, 7.2.3
IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
TOUCH_EVERY = timedelta(minutes=5)  # reading the queue must not write a row per page
MAX_BROWSER_CHARS = 80
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Presence:
    """Who sends a request, by which session (None for a stranger), and how sure of them we are.

    `proven_at`: when they last proved who they are. `has_factor`: whether a password alone is not enough.
    """

    actor: Actor = STRANGER
    session_id: int | None = None
    proven_at: datetime | None = None
    has_factor: bool = False


def open_session(account: Account, *, browser: str, now: datetime) -> str:
    """Sign in: a new session, whatever the browser held before. Returns the id for its cookie."""
    drop_old(account.id, now=now)
    token = secrets.token_hex(ID_BYTES)
    row = StaffSession(
        id_digest=digest(token),
        account_id=account.id,
        created_at=now,
        last_seen_at=now,
        browser=browser[:MAX_BROWSER_CHARS],
        proven_at=now,
    )
    db.session.add(row)
    db.session.flush()
    log.info("account %d signed in: session %d", account.id, row.id)
    return token


def recognise(token: str, *, now: datetime) -> Presence:
    """Whoever holds the session `token`, with all roles, in one statement; a stranger otherwise.

    An account that was disabled, or lost its last role, is a stranger from that moment on.
    """
    if len(token) != 2 * ID_BYTES:
        return Presence()
    rows = _roles(token, now)
    if not rows:
        return Presence()
    first = rows[0]
    if now - first.last_seen_at > TOUCH_EVERY:
        _touch(first.session_id, now)
    roles = {row.site_id: Role(row.role) for row in rows}
    return Presence(
        Actor(first.account_id, first.name, roles), first.session_id, first.proven_at, bool(first.has_factor)
    )


def renew(session_id: int, *, now: datetime) -> str:
    """A new id for a session whose person has just proved again who they are, in place of the old one."""
    token = secrets.token_hex(ID_BYTES)
    fresh = {"id_digest": digest(token), "proven_at": now}
    db.session.execute(update(StaffSession).where(StaffSession.id == session_id).values(fresh))
    return token


def end_session(account_id: int, session_id: int) -> bool:
    """Sign one browser of this account out. False when there was no such session."""
    return bool(_delete(StaffSession.account_id == account_id, StaffSession.id == session_id))


def end_others(account_id: int, kept_id: int) -> int:
    """Sign all browsers of this account out but one; how many there were."""
    return _delete(StaffSession.account_id == account_id, StaffSession.id != kept_id)


def end_all(account_id: int) -> int:
    """Sign all browsers of this account out; how many there were."""
    return _delete(StaffSession.account_id == account_id)


def drop_old(account_id: int, *, now: datetime) -> None:
    """Remove rows of this account that no cookie can use any more."""
    old = or_(StaffSession.last_seen_at <= now - IDLE, StaffSession.created_at <= now - ABSOLUTE)
    _delete(StaffSession.account_id == account_id, old)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _roles(token: str, now: datetime) -> list[Row[Any]]:
    """Asked over a connection of its own, which is given back at once.

    The session's first statement would begin a transaction that lasts as long as the view, and on
    SQLite that of a POST holds the only write lock: nobody could write while a password is hashed.
    """
    query = (
        select(
            StaffSession.id.label("session_id"),
            StaffSession.last_seen_at,
            StaffSession.account_id,
            StaffSession.proven_at,
            exists_for(StaffSession.account_id).label("has_factor"),
            Account.name,
            Membership.site_id,
            Membership.role,
        )
        .join(Account, Account.id == StaffSession.account_id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            StaffSession.id_digest == digest(token),
            StaffSession.last_seen_at > now - IDLE,
            StaffSession.created_at > now - ABSOLUTE,
            Account.disabled_at.is_(None),
        )
    )
    if db.session().in_transaction():  # asked late, so a second connection would wait for our own lock
        return list(db.session.execute(query))
    with db.engine.connect() as connection:
        return list(connection.execute(query))


def _touch(session_id: int, now: datetime) -> None:
    """Note that the session is in use, in a short transaction of its own."""
    if db.session().in_transaction():
        return  # the next request will say so
    fresh = (
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.last_seen_at < now)
        .values(last_seen_at=now)
    )
    try:
        with db.engine.connect().execution_options(board_write=True) as connection, connection.begin():
            connection.execute(fresh)
    except OperationalError:  # somebody writes for long: no reason to keep a moderator from reading
        log.warning("session %d could not be marked as used", session_id)


def _delete(*conditions: Any) -> int:
    result = db.session.execute(delete(StaffSession).where(*conditions))
    return cast("CursorResult[Any]", result).rowcount
