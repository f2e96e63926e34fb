"""Browsers in which an account has signed in before. One that is new is told to its person by mail.

The cookie that a browser is known by opens nothing, and stays when one signs out.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from board.accounts.models import KnownBrowser
from board.accounts.sessions import digest
from board.extensions import db
from board.foundation.upserts import insert

TOKEN_BYTES = 16
REMEMBERED = timedelta(days=400)  # browsers keep no cookie longer: RFC 6265bis, 5.6.2
MOST = 30  # of one account; the one not seen for longest is forgotten


def is_known(account_id: int, token: str, *, now: datetime) -> bool:
    query = select(KnownBrowser.id).where(
        KnownBrowser.account_id == account_id,
        KnownBrowser.token_digest == digest(token),
        KnownBrowser.seen_at > now - REMEMBERED,
    )
    return db.session.scalars(query).first() is not None


def remember(account_id: int, token: str, *, now: datetime) -> str:
    """Note that this browser was seen, under `token` or a new one. Returns what its cookie must say."""
    token = token if len(token) == 2 * TOKEN_BYTES else secrets.token_hex(TOKEN_BYTES)
    values = {"account_id": account_id, "token_digest": digest(token), "seen_at": now}
    seen = insert(KnownBrowser).values(values)
    columns = [KnownBrowser.account_id, KnownBrowser.token_digest]
    db.session.execute(seen.on_conflict_do_update(index_elements=columns, set_={"seen_at": now}))
    _forget_the_oldest(account_id, now)
    return token


def _forget_the_oldest(account_id: int, now: datetime) -> None:
    latest = (
        select(KnownBrowser.id)
        .where(KnownBrowser.account_id == account_id, KnownBrowser.seen_at > now - REMEMBERED)
        .order_by(KnownBrowser.seen_at.desc(), KnownBrowser.id.desc())
        .limit(MOST)
    )
    db.session.execute(
        delete(KnownBrowser)
        .where(KnownBrowser.account_id == account_id, KnownBrowser.id.not_in(latest.scalar_subquery()))
        .execution_options(synchronize_session=False)
    )
