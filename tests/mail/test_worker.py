"""Mail leaves by a real server, once, whatever the server and the workers do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.mail import outbox
from board.mail.duties import Chore, Duties, install
from board.mail.models import Attempt, OutboxMessage, OutboxState
from board.mail.outbox import DELAYS, Result
from board.mail.worker import Stop, Worker, transport_for
from tests.mail.letters import let_time_pass, letter, work, write_down
from tests.support.processes import board_command, environment, started, stop, until
from tests.support.smtp import SmtpServer

LEASE = timedelta(seconds=300)  # as the settings say


@pytest.fixture
def mailing(make_app: Callable[..., Flask], smtp: SmtpServer) -> Flask:
    """A board that sends its mail to the tests' server."""
    return make_app(**smtp.environ)


def states(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)))


def last_words(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(select(Attempt.outcome, Attempt.detail).order_by(Attempt.id))
    return [(outcome, detail) for outcome, detail in rows]


def test_due_mail_is_sent_once(mailing: Flask, smtp: SmtpServer, session: Session) -> None:
    write_down(mailing, letter(1), letter(2))
    assert work(mailing) == {Result.SENT: 2}
    assert work(mailing) == {}
    [mail] = smtp.messages_to("reader1@example.test")
    assert mail.sender == "board@board.test"
    assert (mail["Subject"], mail.text.strip()) == ("Re: On listening", "I count to ten.")
    assert "<p>I count to ten.</p>" in mail.html
    assert states(session) == [OutboxState.SENT] * 2
    assert [outcome for outcome, _ in last_words(session)] == ["sent"] * 2


def test_two_workers_at_once_send_nothing_twice(mailing: Flask, smtp: SmtpServer, session: Session) -> None:
    write_down(mailing, *(letter(number) for number in range(30)))
    workers = [threading.Thread(target=work, args=(mailing,)) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(smtp.messages) == len({mail.recipients for mail in smtp.messages}) == 30
    assert set(states(session)) == {OutboxState.SENT}


def test_mail_of_a_killed_worker_goes_out_when_its_lease_is_over(
    mailing: Flask, smtp: SmtpServer, session: Session
) -> None:
    write_down(mailing, letter(), due_at=clock.now() - timedelta(hours=1))
    with mailing.app_context():
        [message] = outbox.claim(1, clock.now() - LEASE + timedelta(seconds=30))
        message_id = message.message_id
        db.session.commit()  # and here the worker dies
    assert work(mailing) == {}
    let_time_pass(mailing)
    assert work(mailing) == {Result.SENT: 1}
    assert smtp.messages[0]["Message-ID"] == message_id


def test_a_server_that_asks_for_patience_gets_the_mail_later(
    mailing: Flask, smtp: SmtpServer, session: Session
) -> None:
    write_down(mailing, letter())
    smtp.answer("451 4.3.0 Try again later")
    before = clock.now()
    assert work(mailing) == {Result.RETRY: 1}
    message = session.scalars(select(OutboxMessage)).one()
    assert message.state == OutboxState.QUEUED
    assert DELAYS[0] <= message.due_at - before < DELAYS[0] * 1.2 + timedelta(seconds=30)
    assert last_words(session) == [("retry", "451 4.3.0 Try again later")]
    let_time_pass(mailing)
    assert work(mailing) == {Result.SENT: 1}


def test_a_server_that_refuses_is_not_asked_again(mailing: Flask, smtp: SmtpServer, session: Session) -> None:
    write_down(mailing, letter(1), letter(2))
    smtp.answer("550 5.1.1 No such mailbox")
    assert work(mailing) == {Result.FAILED: 1, Result.SENT: 1}
    let_time_pass(mailing)
    assert work(mailing) == {}
    assert states(session) == [OutboxState.FAILED, OutboxState.SENT]
    assert last_words(session)[0] == ("failed", "550 5.1.1 No such mailbox")


def test_a_line_that_drops_between_two_mails_is_opened_anew(
    mailing: Flask, smtp: SmtpServer, session: Session
) -> None:
    """The first mail meets a dropped line at once and waits; the others share lines that drop and return."""
    write_down(mailing, *(letter(number) for number in range(4)))
    smtp.hang_up()
    assert work(mailing) == {Result.RETRY: 1, Result.SENT: 3}
    write_down(mailing, letter(9), due_at=clock.now() - timedelta(minutes=9))
    let_time_pass(mailing)
    assert work(mailing) == {Result.SENT: 2}
    assert len(smtp.messages) == 5


def test_a_server_that_is_away_costs_no_mail(
    make_app: Callable[..., Flask], smtp: SmtpServer, session: Session
) -> None:
    away = make_app(**{**smtp.environ, "BOARD_SMTP_PORT": "1"})
    write_down(away, letter())
    assert work(away) == {Result.RETRY: 1}
    [(_, said)] = last_words(session)
    assert said.startswith("no connection to the mail server")


def test_what_is_not_wanted_any_more_is_not_sent(mailing: Flask, smtp: SmtpServer, session: Session) -> None:
    install(mailing, Duties({"test": lambda message: "gone" if message.id % 2 else None}))
    write_down(mailing, letter(1), letter(2))
    assert work(mailing) == {Result.CANCELLED: 1, Result.SENT: 1}
    assert sorted(states(session)) == [OutboxState.CANCELLED, OutboxState.SENT]
    assert ("cancelled", "gone") in last_words(session)


def test_one_bad_mail_does_not_hold_up_the_others(
    mailing: Flask, smtp: SmtpServer, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    def check(message: OutboxMessage) -> None:
        raise KeyError(message.recipient)

    install(mailing, Duties({"broken": check}))
    write_down(mailing, letter(1, kind="broken"), letter(2, recipient="nobody"), letter(3))
    assert work(mailing) == {Result.RETRY: 1, Result.FAILED: 1, Result.SENT: 1}
    assert states(session) == [OutboxState.QUEUED, OutboxState.FAILED, OutboxState.SENT]
    assert ("retry", "a mistake of the board: KeyError") in last_words(session)


def test_a_chore_comes_round_and_one_that_fails_does_not_stop_the_others(
    mailing: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def fail(_now: object) -> None:
        raise RuntimeError("no")

    hour = timedelta(hours=1)
    install(mailing, Duties({}, [Chore("failing", hour, fail), Chore("counting", hour, done.append)]))
    with mailing.app_context():
        worker = Worker(mailing.config["BOARD"], transport_for(mailing.config["BOARD"]), Stop())
        now = clock.now()
        for moment in (now, now + hour / 2, now + hour):
            worker.do_chores(moment)
    assert done == [now, now + hour]
    assert "failing" in caplog.text


def test_a_chore_that_takes_its_time_keeps_no_mail_waiting(mailing: Flask, smtp: SmtpServer) -> None:
    begun, ended = threading.Event(), threading.Event()

    def linger(_now: object) -> None:
        begun.set()
        ended.wait()

    install(mailing, Duties({}, [Chore("lingering", timedelta(hours=1), linger)]))
    asked = Stop()

    def run() -> None:
        with mailing.app_context():
            Worker(mailing.config["BOARD"], transport_for(mailing.config["BOARD"]), asked).run()

    worker = threading.Thread(target=run)
    worker.start()
    assert begun.wait(10)
    write_down(mailing, letter(1))
    until(lambda: smtp.messages, "the mail beside the chore")
    ended.set()
    asked.ask()
    worker.join(10)
    assert not worker.is_alive()


def test_a_worker_process_sends_and_ends_when_it_is_asked_to(
    mailing: Flask, smtp: SmtpServer, session: Session, tmp_path
) -> None:
    write_down(mailing, letter(1))
    settings = mailing.config["BOARD"]
    environ = environment(
        BOARD_DATA=str(settings.data),
        BOARD_SECRET=settings.secret,
        BOARD_PUBLIC_URL=settings.public_url,
        BOARD_DATABASE_URL=settings.database_url.render_as_string(hide_password=False),
        **smtp.environ,
    )
    with started(board_command("worker"), environ, folder=tmp_path) as process:
        until(lambda: smtp.messages, "the first mail")
        write_down(mailing, letter(2))
        until(lambda: len(smtp.messages) == 2, "the second mail")
        assert stop(process) == 0
    assert (tmp_path / "output").read_text().startswith("Mail goes to 127.0.0.1:")
    assert states(session) == [OutboxState.SENT] * 2
