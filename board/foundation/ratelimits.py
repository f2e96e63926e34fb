"""Rate limits counted in the board's own database: exact over all processes of one installation.

Importing this module makes `board://` known to Flask-Limiter. Every hit is a short transaction of
its own on its own connection, so a request that is refused or rolled back has still been counted.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import has_request_context, request
from limits.storage import SlidingWindowCounterSupport, Storage
from limits.storage.base import TimestampedSlidingWindow
from sqlalchemy import Connection, CursorResult, Engine, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from board.database import READING_METHODS, Base, UTCDateTime
from board.extensions import db

MAX_KEY_CHARS = 200
WRITING = {"board_write": True}  # a limit on a page that is only read counts as well


class RateHit(Base):
    """How often `key` (a digest, never an address) was used in one window; kept until `expires_at`."""

    __tablename__ = "rate_hit"

    key: Mapped[str] = mapped_column(String(MAX_KEY_CHARS), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class DatabaseStorage(Storage, SlidingWindowCounterSupport, TimestampedSlidingWindow):
    """The storage `board://` of the library `limits`: fixed windows and sliding window counters.

    Works inside an application context. Keys are stored as the caller gives them, so a caller whose
    key is personal gives its digest.
    """

    STORAGE_SCHEME = ["board"]  # noqa: RUF012 - read by the library's metaclass under this name

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count `amount` hits in the window of `expiry` seconds that began with the first; the new count."""
        now = _now()
        ends_at = now + timedelta(seconds=expiry)
        is_over = RateHit.expires_at <= now
        statement = (
            _insert()(RateHit)
            .values(key=_column_key(key), hits=amount, expires_at=ends_at)
            .on_conflict_do_update(
                index_elements=[RateHit.key],
                set_={
                    "hits": case((is_over, amount), else_=RateHit.hits + amount),
                    "expires_at": case((is_over, ends_at), else_=RateHit.expires_at),
                },
            )
            .returning(RateHit.hits)
        )
        with _engine_for_writing().begin() as connection:
            return int(connection.execute(statement).scalar_one())

    def get(self, key: str) -> int:
        with db.engine.connect() as connection:
            return _row(connection, key, _now())[0]

    def get_expiry(self, key: str) -> float:
        now = _now()
        with db.engine.connect() as connection:
            return now.timestamp() + _row(connection, key, now)[1]

    def check(self) -> bool:
        with db.engine.connect() as connection:
            return bool(connection.execute(select(1)).scalar_one())

    def reset(self) -> int:
        with _engine_for_writing().begin() as connection:
            return _deleted(connection.execute(delete(RateHit)))

    def clear(self, key: str) -> None:
        with _engine_for_writing().begin() as connection:
            connection.execute(delete(RateHit).where(RateHit.key == _column_key(key)))

    def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` hits, unless they and the weighed hits of the window before exceed `limit`.

        A window is `expiry` seconds of the clock; the one before weighs as much as it overlaps with the
        last `expiry` seconds. Asking and counting are one statement, so of any number of processes
        exactly as many are let in as fit; a refused hit is not counted.
        """
        at = time.time()
        previous_key, current_key = self.sliding_window_keys(key, expiry, at)
        with _engine_for_writing().begin() as connection:
            carried = int(_row(connection, previous_key, _at(at))[0] * _overlap(expiry, at) / expiry)
            if carried + amount > limit:
                return False
            statement = (
                _insert()(RateHit)
                .values(key=_column_key(current_key), hits=amount, expires_at=_end_of_next_window(expiry, at))
                .on_conflict_do_update(
                    index_elements=[RateHit.key],
                    set_={"hits": RateHit.hits + amount},
                    where=RateHit.hits + amount + carried <= limit,
                )
                .returning(RateHit.hits)
            )
            return connection.execute(statement).scalar() is not None

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Hits of the window before, seconds it still weighs, hits of this one, seconds until it is gone."""
        at = time.time()
        previous_key, current_key = self.sliding_window_keys(key, expiry, at)
        with db.engine.connect() as connection:
            previous = _row(connection, previous_key, _at(at))[0]
            current = _row(connection, current_key, _at(at))[0]
        left = _overlap(expiry, at)
        return previous, left if previous else 0.0, current, left + expiry

    def clear_sliding_window(self, key: str, expiry: int) -> None:
        for one in self.sliding_window_keys(key, expiry, time.time()):
            self.clear(one)


def sweep(now: datetime) -> int:
    """Forget every window that no longer counts; how many there were. Its own transaction."""
    with _engine_for_writing().begin() as connection:
        return _deleted(connection.execute(delete(RateHit).where(RateHit.expires_at <= now)))


def _engine_for_writing() -> Engine:
    """The engine, for one short writing transaction.

    Raises RuntimeError where SQLite could only wait for this very request: its session holds the one
    write lock. A limit is asked before the first statement of a changing view.
    """
    if db.engine.dialect.name == "sqlite" and _session_may_write():
        raise RuntimeError("ask for the rate limit before the first database statement of the request")
    return db.engine.execution_options(**WRITING)


def _session_may_write() -> bool:
    reading = has_request_context() and request.method in READING_METHODS
    return not reading and db.session.registry.has() and db.session().in_transaction()


def _insert() -> Any:
    return sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert


def _row(connection: Connection, key: str, now: datetime) -> tuple[int, float]:
    """Hits under `key` and seconds until they are forgotten: (0, 0.0) where nothing counts any more."""
    columns = select(RateHit.hits, RateHit.expires_at)
    found = connection.execute(
        columns.where(RateHit.key == _column_key(key), RateHit.expires_at > now)
    ).one_or_none()
    return (found.hits, (found.expires_at - now).total_seconds()) if found else (0, 0.0)


def _column_key(key: str) -> str:
    """`key` as it fits the column: a longer one is stored as its digest."""
    return key if len(key) <= MAX_KEY_CHARS else sha256(key.encode()).hexdigest()


def _overlap(expiry: int, at: float) -> float:
    """How many of the last `expiry` seconds belong to the window before: as many as are left of this one."""
    return expiry - at % expiry


def _end_of_next_window(expiry: int, at: float) -> datetime:
    return _at(at + _overlap(expiry, at) + expiry)


def _deleted(result: CursorResult[Any]) -> int:
    return result.rowcount


def _now() -> datetime:
    return _at(time.time())


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
