"""`board mail doctor` asks a real mail server and a real name server, and tells what is missing."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from click.testing import Result
from flask import Flask

from tests.mail.test_domain_records import key
from tests.mail.test_smtp import HERE, StartTlsController, certificate, tls_server, to, unused_port
from tests.support import applications
from tests.support.dns import Zone, name_server
from tests.support.smtp import SmtpServer

__all__ = ["certificate", "tls_server", "unused_port"]  # fixtures
LONG_KEY = key(2048)
HALVES = f'"v=DKIM1; k=rsa; p={LONG_KEY[:200]}" "{LONG_KEY[200:]}"'
GOOD: Zone = {
    "blog.org": {"TXT": ['"v=spf1 ip4:127.0.0.1 -all"'], "MX": ["10 mx.blog.org."]},
    "s1._domainkey.blog.org": {"TXT": [HALVES]},
    "_dmarc.blog.org": {"TXT": ['"v=DMARC1; p=none"']},
}
FROM = {"BOARD_MAIL_FROM": "board@blog.org"}
Examine = Callable[..., Result]


@pytest.fixture
def examine(make_app: Callable[..., Flask]) -> Examine:
    """Run the command with these settings against a name server that has `zone`."""

    def run(*arguments: str, zone: Zone = GOOD, is_silent: bool = False, **environ: str) -> Result:
        app = make_app(**{**FROM, **environ})
        with name_server(zone, is_silent=is_silent) as address:
            return applications.run_command(app, "mail", "doctor", "--resolver", address, *arguments)

    return run


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(HERE / "localhost.pem"))


@pytest.mark.usefixtures("trusted")
def test_where_all_is_well_nothing_is_missing_and_a_test_mail_arrives(
    examine: Examine, tls_server: StartTlsController
) -> None:
    result = examine("--to", "ada@example.org", **to(tls_server))
    assert result.exit_code == 0, result.output
    assert "BAD" not in result.output
    assert "answers over TLSv1.3, with a valid certificate" in result.output
    assert "It let us in as board." in result.output
    assert "DKIM: the key s1 is there (2048 bits)." in result.output
    assert "DMARC: the policy of blog.org is none." in result.output
    assert tls_server.handler.arrived == [True]


@pytest.mark.usefixtures("trusted")
def test_without_an_address_nothing_is_sent(examine: Examine, tls_server: StartTlsController) -> None:
    assert examine(**to(tls_server)).exit_code == 0
    assert tls_server.handler.arrived == []


def test_the_test_mail_says_what_to_look_for(examine: Examine, smtp: SmtpServer) -> None:
    result = examine("--to", "ada@example.org", **smtp.environ)
    assert "not encrypted" in result.output
    [mail] = smtp.messages
    assert (mail.sender, mail.recipients) == ("board@blog.org", ("ada@example.org",))
    assert mail["Subject"] == "A test mail from your board"
    assert "dkim=pass" in mail.text
    assert "dkim=pass" in mail.html


def test_a_test_mail_that_is_not_taken_is_bad(examine: Examine, smtp: SmtpServer) -> None:
    smtp.answer("550 5.7.1 We do not know you")
    result = examine("--to", "ada@example.org", **smtp.environ)
    assert result.exit_code == 1
    assert "was not taken: 550 5.7.1 We do not know you" in result.output


def test_a_certificate_that_proves_nothing_is_told_in_plain_words(
    examine: Examine, tls_server: StartTlsController
) -> None:
    result = examine("--to", "ada@example.org", **to(tls_server))
    assert result.exit_code == 1
    assert "The server cannot prove to be localhost." in result.output
    assert tls_server.handler.arrived == []


def test_a_server_that_is_not_there_is_told_with_what_to_check(examine: Examine, unused_port: int) -> None:
    result = examine(BOARD_SMTP_HOST="127.0.0.1", BOARD_SMTP_PORT=str(unused_port))
    assert result.exit_code == 1
    assert f"Nothing listens at port {unused_port}" in result.output


def test_a_server_without_tls_is_told_with_what_to_try(examine: Examine, smtp: SmtpServer) -> None:
    result = examine(**{**smtp.environ, "BOARD_SMTP_SECURITY": "starttls"})
    assert result.exit_code == 1
    assert "BOARD_SMTP_SECURITY=tls" in result.output


def test_a_wrong_password_is_told_with_what_to_check(
    examine: Examine, smtp: SmtpServer, certificate: tuple[Path, Path], unused_port: int, trusted: None
) -> None:
    refusing = Refusing(smtp, hostname="localhost", port=unused_port)
    refusing.prepare(certificate)
    refusing.start()
    result = examine(**to(refusing))
    refusing.stop()
    assert result.exit_code == 1
    assert "Check BOARD_SMTP_USER and BOARD_SMTP_PASSWORD" in result.output


def test_everything_that_is_missing_is_told_with_the_record_to_add(
    examine: Examine, smtp: SmtpServer
) -> None:
    result = examine("--selector", "s1", zone={}, **smtp.environ)
    assert result.exit_code == 1
    assert result.output.count("BAD") == 4
    assert 'blog.org.  TXT  "v=spf1 ip4:127.0.0.1 ~all"' in result.output
    assert '_dmarc.blog.org.  TXT  "v=DMARC1; p=none; rua=mailto:postmaster@blog.org"' in result.output
    assert "s1._domainkey.blog.org" in result.output


def test_an_inbox_in_another_domain_is_told_of(examine: Examine, smtp: SmtpServer) -> None:
    zone = {**GOOD, "provider.net": GOOD["blog.org"]}
    result = examine(zone=zone, BOARD_MAIL_INBOX_ADDRESS="in@provider.net", **smtp.environ)
    assert result.exit_code == 0
    assert "what comes back goes to provider.net" in result.output


def test_a_policy_of_the_domain_above_counts(examine: Examine, smtp: SmtpServer) -> None:
    zone = {**GOOD, "news.blog.org": GOOD["blog.org"], "s1._domainkey.news.blog.org": {"TXT": [HALVES]}}
    result = examine(zone=zone, BOARD_MAIL_FROM="board@news.blog.org", **smtp.environ)
    assert result.exit_code == 0, result.output
    assert "DMARC: the policy of blog.org is none." in result.output


def test_a_domain_that_is_none_is_not_looked_up(examine: Examine, smtp: SmtpServer) -> None:
    result = examine(BOARD_MAIL_FROM="board@localhost.localdomain.test", **smtp.environ)
    assert result.exit_code == 1
    assert "is no domain of the internet" in result.output


def test_without_a_mail_server_there_is_one_thing_to_do(examine: Examine) -> None:
    result = examine()
    assert result.exit_code == 1
    assert "BOARD_SMTP_HOST" in result.output


@pytest.mark.parametrize("address", ["nameserver", "127.0.0.1:x", "1.2.3"])
def test_a_name_server_is_named_by_its_number(app: Flask, address: str) -> None:
    result = applications.run_command(app, "mail", "doctor", "--resolver", address)
    assert result.exit_code == 2
    assert "must be an IP address" in result.output


class Refusing(StartTlsController):
    """Lets nobody in."""

    def prepare(self, certificate: tuple[Path, Path]) -> None:
        key_file, public = certificate
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(public, key_file)

    def factory(self) -> SMTP:
        return SMTP(
            self.handler,
            hostname="localhost",
            tls_context=self.context,
            auth_required=True,
            authenticator=lambda *_: AuthResult(success=False, handled=False),
        )
