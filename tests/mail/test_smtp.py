"""The way to the mail server is protected, or it is not taken."""

from __future__ import annotations

import dataclasses
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from board.config import Settings
from board.mail.composing import Parcel
from board.mail.delivery import Deferred, Refused, Unreachable
from board.mail.smtp import PasswordUnprotected, SmtpTransport
from tests.support.processes import free_port
from tests.support.smtp import SmtpServer

HERE = Path(__file__).resolve().parent
PARCEL = Parcel(1, "test", "board@board.test", "ada@example.test", b"Subject: x\r\n\r\nx\r\n")


class Mailbox:
    """Keeps what arrives, and whether it arrived over TLS."""

    def __init__(self) -> None:
        self.arrived: list[bool] = []

    async def handle_DATA(self, _server, session, _envelope) -> str:  # noqa: N802
        self.arrived.append(session.ssl is not None)
        return "250 OK"


class StartTlsController(Controller):
    def factory(self) -> SMTP:
        return SMTP(
            self.handler,
            hostname="localhost",
            tls_context=self.context,
            require_starttls=True,
            auth_required=True,
            authenticator=lambda *_: AuthResult(success=True),
        )


@pytest.fixture
def certificate() -> tuple[Path, Path]:
    """A key and a certificate for localhost that nobody but the test trusts."""
    return HERE / "localhost-key.pem", HERE / "localhost.pem"


@pytest.fixture
def tls_server(certificate: tuple[Path, Path], unused_port: int) -> Iterator[StartTlsController]:
    key, public = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, key)
    controller = StartTlsController(Mailbox(), hostname="localhost", port=unused_port)
    controller.context = context
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def unused_port() -> int:
    return free_port()


def transport(tmp_path: Path, **environ: str) -> SmtpTransport:
    secret = {"BOARD_DATA": str(tmp_path), "BOARD_SECRET": "5ec7e7" * 10}
    return SmtpTransport(Settings.from_environ({**secret, **environ}))


def to(server: StartTlsController) -> dict[str, str]:
    return {
        "BOARD_SMTP_HOST": "localhost",
        "BOARD_SMTP_PORT": str(server.port),
        "BOARD_SMTP_SECURITY": "starttls",
        "BOARD_SMTP_USER": "board",
        "BOARD_SMTP_PASSWORD": "long and secret",
    }


def test_a_trusted_server_gets_mail_over_tls_after_signing_in(
    tls_server: StartTlsController,
    certificate: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    line = transport(tmp_path, **to(tls_server))
    line.deliver(PARCEL)
    line.close()
    assert tls_server.handler.arrived == [True]


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    tls_server: StartTlsController, tmp_path: Path
) -> None:
    with pytest.raises(Deferred, match="CERTIFICATE_VERIFY_FAILED"):
        transport(tmp_path, **to(tls_server)).deliver(PARCEL)
    assert tls_server.handler.arrived == []


def test_a_server_without_tls_gets_nothing_when_tls_is_wanted(smtp: SmtpServer, tmp_path: Path) -> None:
    line = transport(tmp_path, **{**smtp.environ, "BOARD_SMTP_SECURITY": "starttls"})
    with pytest.raises(Deferred, match="STARTTLS"):
        line.deliver(PARCEL)
    assert smtp.messages == []


@pytest.mark.parametrize("setting", ["BOARD_SMTP_USER", "BOARD_SMTP_PASSWORD"])
def test_no_password_travels_in_the_open(smtp: SmtpServer, tmp_path: Path, setting: str) -> None:
    with pytest.raises(PasswordUnprotected):
        transport(tmp_path, **smtp.environ, **{setting: "board"})


def test_a_line_that_dropped_since_the_last_mail_is_opened_anew(smtp: SmtpServer, tmp_path: Path) -> None:
    line = transport(tmp_path, **smtp.environ)
    line.deliver(PARCEL)
    smtp.hang_up()
    line.deliver(PARCEL)
    line.close()
    assert len(smtp.messages) == 2


def test_an_address_beyond_ascii_needs_a_server_that_can_write_it(
    smtp: SmtpServer, tmp_path: Path, unused_port: int
) -> None:
    parcel = Parcel(1, "test", "board@board.test", "josé@example.test", "To: josé@example.test".encode())
    line = transport(tmp_path, **smtp.environ)
    line.deliver(parcel)
    line.close()
    assert smtp.messages_to("josé@example.test")

    old = Controller(Mailbox(), hostname="127.0.0.1", port=unused_port, enable_SMTPUTF8=False)
    old.start()
    line = transport(tmp_path, **{**smtp.environ, "BOARD_SMTP_PORT": str(unused_port)})
    with pytest.raises(Refused, match="SMTPUTF8"):
        line.deliver(parcel)
    line.deliver(PARCEL)
    line.close()
    old.stop()
    assert old.handler.arrived == [False]


class Choosy(Mailbox):
    """Refuses what it is told to, with the words it is told."""

    def __init__(self, *, sender: str = "", recipient: str = "") -> None:
        super().__init__()
        self.connections = 0
        self._sender, self._recipient = sender, recipient

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses) -> list[str]:  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return list(responses)

    async def handle_MAIL(self, _server, _session, envelope, address, options) -> str:  # noqa: N802
        if self._sender:
            return self._sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, options) -> str:  # noqa: N802
        if self._recipient and address == PARCEL.recipient:
            return self._recipient
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"


@pytest.fixture
def choosy(tmp_path: Path, unused_port: int) -> Iterator[Callable[..., tuple[SmtpTransport, Choosy]]]:
    """A server that refuses, and a line to it."""
    running: list[Controller] = []

    def start(**refusals: str) -> tuple[SmtpTransport, Choosy]:
        controller = Controller(handler := Choosy(**refusals), hostname="127.0.0.1", port=unused_port)
        controller.start()
        running.append(controller)
        where = {"BOARD_SMTP_HOST": "127.0.0.1", "BOARD_SMTP_PORT": str(unused_port)}
        return transport(tmp_path, **where, BOARD_SMTP_SECURITY="none"), handler

    yield start
    for controller in running:
        controller.stop()


@pytest.mark.parametrize(
    "said",
    ["530 5.7.0 Sign in first", "535 5.7.8 Bad password", "550 5.7.1 Not as that sender", "553 5.7.1 No"],
)
def test_a_refusal_of_us_is_no_mails_fault(choosy, said: str) -> None:
    line, _ = choosy(sender=said)
    with pytest.raises(Unreachable, match=said):
        line.deliver(PARCEL)
    line.close()


def test_a_mail_that_is_too_large_is_its_own_fault(choosy) -> None:
    line, _ = choosy(sender="552 5.3.4 Too large")
    with pytest.raises(Refused):
        line.deliver(PARCEL)
    line.close()


@pytest.mark.parametrize(
    ("said", "is_about_speed"),
    [
        ("451 4.7.1 Greylisted, come again", False),
        ("450 4.2.0 Greylisted", False),
        ("421 4.7.28 Too much from you", True),
        ("450 4.7.0 Too many", True),
        ("452 4.2.2 Mailbox full", False),
    ],
)
def test_haste_is_told_from_greylisting(choosy, said: str, is_about_speed: bool) -> None:
    line, _ = choosy(recipient=said)
    with pytest.raises(Deferred, match=said) as refusal:
        line.deliver(PARCEL)
    assert refusal.value.is_about_speed is is_about_speed
    line.close()


def test_a_refused_recipient_costs_no_connection(choosy) -> None:
    """The line is reset and takes the next mail."""
    line, server = choosy(recipient="550 5.1.0 Never")
    with pytest.raises(Refused):
        line.deliver(PARCEL)
    line.deliver(dataclasses.replace(PARCEL, recipient="ben@example.test"))
    line.close()
    assert (server.connections, len(server.arrived)) == (1, 1)
