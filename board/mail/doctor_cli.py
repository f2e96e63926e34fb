"""`board mail doctor`: why mail might not arrive, in plain words."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import click
from flask import current_app
from flask.cli import with_appcontext

from board.foundation import clock
from board.mail.cli import IN_THE_OPEN, mail
from board.mail.doctor import examined_names, examined_server, sent_test
from board.mail.findings import Finding, Grade
from board.mail.nameservers import NameServers
from board.mail.smtp import PasswordUnprotected, SmtpTransport

MARKS = {Grade.GOOD: "good", Grade.DOUBTFUL: "look", Grade.BAD: "BAD "}
NO_SERVER = "No mail server is set (BOARD_SMTP_HOST): mail is written to files, and nobody receives any."


class NameServerAddress(click.ParamType[tuple[str, int]]):
    """An IP address, with a port after a colon if it is not 53."""

    name = "address"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        host, port = value.rsplit(":", 1) if value.count(":") == 1 else (value, "53")
        try:
            return str(ipaddress.ip_address(host)), int(port)
        except ValueError:
            self.fail("must be an IP address, as in 9.9.9.9 or 127.0.0.1:5300", param, ctx)


@mail.command("doctor")
@click.option("--to", help="Send a test mail to this address, which is yours.")
@click.option(
    "--selector",
    "selectors",
    multiple=True,
    help="Name of a DKIM key; by default the usual ones are tried.",
)
@click.option(
    "--resolver", type=NameServerAddress(), help="Name server to ask; by default those of this machine."
)
@with_appcontext
def doctor(to: str | None, selectors: tuple[str, ...], resolver: tuple[str, int] | None) -> None:
    """Say why mail might not arrive, and what to do about it.

    Connects to the mail server, checks its certificate, signs in, and looks up what the domain of
    BOARD_MAIL_FROM says of mail in its name: SPF, DKIM, DMARC and MX. Ends with 1 when something that mail
    needs is missing.

    \b
    Example:
      board mail doctor --to you@example.org --selector s1
    """
    settings = current_app.config["BOARD"]
    if not settings.smtp_host:
        raise click.ClickException(NO_SERVER)
    try:
        transport = SmtpTransport(settings)
    except PasswordUnprotected:
        raise click.ClickException(IN_THE_OPEN) from None
    click.echo(f"The mail server {settings.smtp_host}:")
    is_bad = _told(examined_server(settings, transport, clock.now()))
    if to and not is_bad:
        is_bad |= _told([sent_test(settings, transport, to, clock.now())])
    transport.close()
    click.echo(f"What the internet knows of {settings.mail_from}:")
    is_bad |= _told(examined_names(settings, NameServers(resolver), selectors))
    if is_bad:
        click.get_current_context().exit(1)


def _told(findings: Iterable[Finding]) -> bool:
    """Print each as soon as it is there, for some take seconds; whether one of them is bad."""
    is_bad = False
    for finding in findings:
        is_bad |= finding.grade is Grade.BAD
        click.echo(f"  {MARKS[finding.grade]}  {finding.words}")
        if finding.record is not None:
            name, words = finding.record
            click.echo(f'          {name}.  TXT  "{words}"')
    return is_bad
