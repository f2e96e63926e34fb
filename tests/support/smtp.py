"""A real SMTP server that keeps what it is sent, and can be told to misbehave."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections import deque
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 Message accepted for delivery"
HANG_UP = ""  # as an answer: close the connection without a word


@dataclass(frozen=True)
class ReceivedMail:
    """One mail as it arrived: whom the envelope named, and the parsed message."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    raw: bytes

    def __getitem__(self, header: str) -> str:
        return str(self.message[header])

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


class SmtpServer:
    """Accepts mail on `port`; `messages` holds it in the order of arrival.

    `answer` and `hang_up` decide the next deliveries, one each, before it accepts again.
    """

    def __init__(self) -> None:
        self.messages: list[ReceivedMail] = []
        self._answers: deque[str] = deque()
        self._controller = _OwnSocketController(self)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def forget(self) -> None:
        """Empty the mailbox and behave again."""
        self.messages.clear()
        self._answers.clear()

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def environ(self) -> dict[str, str]:
        """The settings by which a board sends its mail here."""
        return {
            "BOARD_SMTP_HOST": "127.0.0.1",
            "BOARD_SMTP_PORT": str(self.port),
            "BOARD_SMTP_SECURITY": "none",
        }

    def messages_to(self, address: str) -> list[ReceivedMail]:
        return [mail for mail in self.messages if address in mail.recipients]

    def answer(self, reply: str, times: int = 1) -> None:
        """Answer the next `times` messages with `reply`, such as "451 4.3.0 Try again later"."""
        self._answers.extend([reply] * times)

    def hang_up(self, times: int = 1) -> None:
        """Close the connection instead of answering the next `times` messages."""
        self._answers.extend([HANG_UP] * times)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        reply = self._answers.popleft() if self._answers else ACCEPTED
        if reply == HANG_UP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if reply == ACCEPTED:
            self.messages.append(_received(envelope))
        return reply or ACCEPTED


class _OwnSocketController(Controller):
    """Listens on a port that the system chose, known before the server runs."""

    def __init__(self, handler: SmtpServer) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self._socket.getsockname()[1])

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


def _received(envelope: Envelope) -> ReceivedMail:
    raw = envelope.content
    assert isinstance(raw, bytes)
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.SMTP)
    return ReceivedMail(str(envelope.mail_from), tuple(envelope.rcpt_tos), message, raw)
