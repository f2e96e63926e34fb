"""A server that knows no such mailbox is believed at once; one that minds something else is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.mail.envelopes import BounceTag, tag_of
from board.mail.models import OutboxMessage
from board.mail.suppression import found
from tests.mail.letters import letter, work, write_down
from tests.support.processes import free_port
from tests.support.smtp import SmtpServer

INBOX = {"BOARD_MAIL_INBOX_ADDRESS": "board@mail.example"}


class Refusing:
    """Answers every recipient with `answer`, but those at polite.example."""

    answer = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if not address.endswith("@polite.example"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def refusing() -> Iterator[Controller]:
    controller = Controller(Refusing(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def to(server: Controller) -> dict[str, str]:
    return {
        "BOARD_SMTP_HOST": "127.0.0.1",
        "BOARD_SMTP_PORT": str(server.port),
        "BOARD_SMTP_SECURITY": "none",
    }


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ("550 5.1.1 <reader1@example.test> no such user", "5.1.1"),
        ("550 5.1.10 recipient not found", "5.1.10"),
        ("550 5.2.1 mailbox disabled", "5.2.1"),
        ("556 5.1.2 no such host", "5.1.2"),
        ("550 5.7.1 relaying denied", None),
        ("550 5.7.1 spam, see 5.1.1", None),
        ("552 5.2.2 mailbox full", None),
        ("550 no such user", None),
        ("450 5.1.1 try later", None),
    ],
)
def test_what_the_server_says_of_a_recipient_is_heard(
    make_app: Callable[..., Flask], refusing: Controller, answer: str, detail: str | None
) -> None:
    refusing.handler.answer = answer
    app = make_app(**to(refusing))
    write_down(app, letter(1))
    work(app)
    with app.app_context():
        suppression = found("reader1@example.test")
        assert (suppression.detail if suppression else None) == detail


@pytest.mark.databases("sqlite")
def test_the_next_mail_there_is_not_even_tried(
    make_app: Callable[..., Flask], session: Session, refusing: Controller
) -> None:
    refusing.handler.answer = "550 5.1.1 no such user"
    app = make_app(**to(refusing))
    for number in (1, 2):
        write_down(app, letter(number, recipient="gone@example.test"))
        work(app)
    states = session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)).all()
    assert states == ["failed", "cancelled"]


def test_every_mail_has_a_sender_of_its_own_where_a_mailbox_is_read(
    make_app: Callable[..., Flask], session: Session, smtp: SmtpServer
) -> None:
    app = make_app(**INBOX, **smtp.environ, BOARD_MAIL_FROM="notify@blog.example")
    write_down(app, letter(1), letter(2))
    work(app)
    rows = {row.recipient: row.id for row in session.scalars(select(OutboxMessage))}
    assert len(smtp.messages) == 2
    for mail in smtp.messages:
        assert "<notify@blog.example>" in mail["From"]
        with app.app_context():
            tag = tag_of(mail.sender)
            assert isinstance(tag, BounceTag)
            assert tag.message_id == rows[mail.recipients[0]]
            assert tag.is_for(mail.recipients[0])


@pytest.mark.databases("sqlite")
def test_without_a_mailbox_all_mail_comes_from_the_boards_address(
    make_app: Callable[..., Flask], smtp: SmtpServer
) -> None:
    app = make_app(**smtp.environ, BOARD_MAIL_FROM="notify@blog.example")
    write_down(app, letter(1))
    work(app)
    assert [mail.sender for mail in smtp.messages] == ["notify@blog.example"]
