"""Mail from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation import clock
from board.mail.models import OutboxMessage, OutboxState
from tests.mail.letters import letter, write_down
from tests.support import applications

Run = Callable[..., Result]


def test_the_worker_once_sends_what_is_due_and_says_how_it_went(
    app: Flask, session: Session, run_command: Run
) -> None:
    write_down(app, letter(1), letter(2, recipient="nobody"))
    assert run_command("worker", "--once").output == "sent: 1, retry: 0, failed: 1, cancelled: 0\n"


def test_failed_mail_is_listed_and_tried_again(app: Flask, session: Session, run_command: Run) -> None:
    write_down(app, letter(recipient="nobody"))
    assert run_command("mail", "list", "--state", "failed").output == "Nothing here.\n"
    run_command("worker", "--once")
    listed = run_command("mail", "list").output
    number = listed.split()[0]
    assert "failed  test  nobody" in listed
    assert "not a bare address" in listed
    assert run_command("mail", "retry", number).exit_code == 0
    assert session.scalars(select(OutboxMessage.state)).one() == OutboxState.QUEUED


@pytest.mark.parametrize("number", ["999999", "0", "x"])
def test_an_unknown_mail_is_told_in_one_sentence(app: Flask, run_command: Run, number: str) -> None:
    result = run_command("mail", "retry", number)
    assert result.exit_code in {1, 2}
    assert "Error" in result.output
    assert "Traceback" not in result.output


def test_mail_that_was_sent_is_not_tried_again(app: Flask, session: Session, run_command: Run) -> None:
    write_down(app, letter())
    run_command("worker", "--once")
    number = session.scalars(select(OutboxMessage.id)).one()
    result = run_command("mail", "retry", str(number))
    assert result.exit_code == 1
    assert "nothing to retry" in result.output


@pytest.mark.parametrize(
    ("options", "waiting"),
    [
        (["--failed"], {"nobody", "noone"}),
        (["--failed", "--kind", "other"], {"noone"}),
        (["--waiting"], {"ada@later.test"}),
        (["--all"], {"nobody", "noone", "ada@later.test"}),
    ],
)
def test_all_mail_is_tried_again_or_only_some(
    app: Flask, session: Session, run_command: Run, options: list[str], waiting: set[str]
) -> None:
    write_down(app, letter(1, recipient="nobody"), letter(2, recipient="noone", kind="other"), letter(3))
    run_command("worker", "--once")
    later = clock.now() + timedelta(hours=3)
    write_down(app, letter(4, recipient="ada@later.test"), due_at=later)
    result = run_command("mail", "retry", *options)
    assert result.exit_code == 0
    assert f"{len(waiting)} mail" in result.output
    due = select(OutboxMessage.recipient).where(
        OutboxMessage.state == OutboxState.QUEUED.value, OutboxMessage.due_at <= clock.now()
    )
    assert set(session.scalars(due)) == waiting


@pytest.mark.parametrize("arguments", [[], ["12", "--all"], ["--kind", "reply"], ["12", "--kind", "reply"]])
def test_what_is_to_be_tried_again_has_to_be_named_once(
    app: Flask, run_command: Run, arguments: list[str]
) -> None:
    assert run_command("mail", "retry", *arguments).exit_code == 2


def test_a_mail_is_shown_with_its_tries(app: Flask, session: Session, run_command: Run) -> None:
    write_down(app, letter(recipient="nobody"))
    run_command("worker", "--once")
    shown = run_command("mail", "show", str(session.scalars(select(OutboxMessage.id)).one())).output
    assert shown.startswith("To: nobody\nSubject: Re: On listening\n")
    assert "not a bare address" in shown
    assert "I count to ten." in shown


def test_a_link_for_one_reader_is_not_shown(app: Flask, session: Session, run_command: Run) -> None:
    write_down(app, letter(kind="private_link"))
    shown = run_command("mail", "show", str(session.scalars(select(OutboxMessage.id)).one())).output
    assert "I count to ten." not in shown


def test_a_password_in_the_open_is_refused_in_one_sentence(make_app: Callable[..., Flask]) -> None:
    app = make_app(
        BOARD_SMTP_HOST="127.0.0.1", BOARD_SMTP_SECURITY="none", BOARD_SMTP_USER="x", BOARD_SMTP_PASSWORD="y"
    )
    result = applications.run_command(app, "worker", "--once")
    assert result.exit_code == 1
    assert "would travel in the open" in result.output
