"""Real processes: the pipe of a mail server, and a worker that is killed while it reads."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.inbound.cli import TRY_AGAIN
from board.inbound.opening import MAX_BYTES
from board.mail.models import IncomingMail
from tests.inbound.post import ADA, INBOX, answer, answer_address, bounce, sent_mail
from tests.support.makers import Makers
from tests.support.processes import board_command, environment, started, until

MAILS = 40
KILLED_AFTER = (5, 17, 30)  # mails that were put by


@pytest.fixture
def settings(app: Flask, database_url: str) -> dict[str, str]:
    """The settings of `app`, and a mailbox."""
    board = app.config["BOARD"]
    return {
        "BOARD_DATA": str(board.data),
        "BOARD_SECRET": board.secret,
        "BOARD_PUBLIC_URL": board.public_url,
        "BOARD_DATABASE_URL": database_url,
        "BOARD_COMMENT_RATE": "1000 per minute",
        **INBOX,
    }


def piped(
    raw: bytes, settings: dict[str, str], *arguments: str, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        board_command("mail", "receive", *arguments),
        input=raw,
        env={**environment(**settings), **environ},
        capture_output=True,
        check=False,
        timeout=60,
    )


def has_put_by(maildir: Path, number: int) -> bool:
    return len(list((maildir / "cur").iterdir())) >= number


def kill_when(claim: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until(claim, "enough mails are put by", every=0.001)
    process.send_signal(signal.SIGKILL)
    until(lambda: process.poll() is not None, "the worker is gone")


def test_a_mail_server_hands_a_mail_over(
    make_app: Callable[..., Flask], session: Session, makers: Makers, settings: dict[str, str]
) -> None:
    site = makers.site()
    comment = makers.comment(makers.thread(site))
    reader = makers.reader(site, ADA)
    to = answer_address(make_app(**INBOX), reader, comment)
    session.commit()
    first = piped(answer(to), settings)
    assert (first.returncode, first.stdout) == (0, b"comment\n"), first.stderr
    again = piped(answer(to), settings)
    assert (again.returncode, again.stdout) == (0, b"read before\n")
    by_name = piped(answer("someone@mail.example", "Other words."), settings, ORIGINAL_RECIPIENT=to)
    assert by_name.stdout == b"comment\n"
    by_option = piped(answer("someone@mail.example", "More words."), settings, "--recipient", to)
    assert by_option.stdout == b"comment\n"
    assert session.scalars(select(func.count()).where(Comment.reader_id == reader.id)).one() == 3


def test_a_bounce_by_the_pipe_closes_its_address(
    make_app: Callable[..., Flask], session: Session, settings: dict[str, str]
) -> None:
    _, to = sent_mail(make_app(**INBOX), session)
    session.commit()
    assert piped(bounce(to), settings).stdout == b"hard_bounce\n"


@pytest.mark.databases("sqlite")
def test_a_mail_of_many_megabytes_is_read_to_its_end(settings: dict[str, str]) -> None:
    """A mail server whose pipe is closed before the end takes that for a failure."""
    command, environ = board_command("mail", "receive"), environment(**settings)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environ, **pipes) as process:
        assert process.stdin is not None
        process.stdin.write(b"From: a@b.example\n\n" + b"a\n" * MAX_BYTES * 4)
        process.stdin.close()
        assert process.stdout is not None
        assert process.stdout.read() == b"not_for_us\n"
    assert process.returncode == 0


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "broken",
    [
        {"BOARD_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"},
        {"BOARD_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
        {"BOARD_MAIL_INBOX_ADDRESS": ""},
        {"BOARD_SECRET": "short"},
        {"BOARD_TYPO": "1"},
    ],
)
def test_whatever_keeps_a_mail_from_being_read_asks_the_mail_server_to_keep_it(
    settings: dict[str, str], broken: dict[str, str]
) -> None:
    done = piped(answer("board@mail.example"), {**settings, **broken})
    assert done.returncode == TRY_AGAIN == 75
    assert b"Not now" in done.stderr


def test_a_worker_that_is_killed_again_and_again_loses_and_doubles_nothing(
    make_app: Callable[..., Flask], session: Session, makers: Makers, settings: dict[str, str], tmp_path: Path
) -> None:
    site = makers.site()
    comment = makers.comment(makers.thread(site))
    reader = makers.reader(site, ADA)
    to = answer_address(make_app(**INBOX), reader, comment)
    maildir = tmp_path / "Maildir"
    for name in ("tmp", "new", "cur"):
        (maildir / name).mkdir(parents=True)
    for number in range(MAILS):
        (maildir / "new" / f"{number:03}.a.host").write_bytes(answer(to, f"Thought number {number}."))
    session.commit()
    environ = environment(**settings, BOARD_MAIL_INBOX=f"maildir:{maildir}")

    for enough in KILLED_AFTER:
        with started(board_command("worker"), environ, folder=tmp_path) as process:
            kill_when(partial(has_put_by, maildir, enough), process)
    assert not has_put_by(maildir, MAILS)
    with started(board_command("worker", "--once"), environ, folder=tmp_path) as process:
        until(lambda: process.poll() is not None, "the worker has done its work")
    assert has_put_by(maildir, MAILS)
    written = session.scalars(select(Comment.source).where(Comment.reader_id == reader.id)).all()
    assert sorted(written) == sorted(f"Thought number {number}." for number in range(MAILS))
    assert session.scalars(select(func.count()).select_from(IncomingMail)).one() == MAILS
