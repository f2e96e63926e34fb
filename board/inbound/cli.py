"""`board mail receive` and `inbox`: mail that comes in. `suppress`, `allow`, `suppressed`: who gets none."""

from __future__ import annotations

import logging
import sys
from typing import BinaryIO

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext

from board.extensions import db
from board.foundation import clock
from board.inbound import receiving, wording
from board.inbound.opening import MAX_BYTES
from board.inbound.outcomes import Outcome
from board.mail import suppression
from board.mail.cli import mail
from board.mail.models import IncomingMail, SuppressionReason
from board.readers.registration import normalise

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and hands it over later
log = logging.getLogger("board.inbound")


@mail.command("receive")
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    envvar=["ORIGINAL_RECIPIENT", "RECIPIENT"],
    help="The address that the mail server received it for; by default the mail's own headers tell.",
)
def receive(recipients: tuple[str, ...]) -> None:
    """Take in one mail from standard input, as a mail server hands it over.

    Ends with 0 when it was read, whatever became of it, and with 75 (try again later) otherwise: the mail
    server must never send it back.

    \b
    Example:
      board mail receive --recipient board+b12-abcdefgh234567ab@mail.example < mail.eml
    """
    ctx = click.get_current_context()
    raw = _beginning(sys.stdin.buffer)
    try:
        with _app(ctx).app_context():
            _take_in(raw, recipients)
    except Exception as mistake:  # the edge of the process, and nobody at a keyboard
        log.exception("an incoming mail could not be read")
        click.echo(f"Not now: {type(mistake).__name__}.", err=True)
        ctx.exit(TRY_AGAIN)


@mail.command("inbox")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="At most so many.")
@with_appcontext
def inbox(limit: int) -> None:
    """List the mail that was read last, and what became of it.

    \b
    Example:
      board mail inbox --limit 10
    """
    if not current_app.config["BOARD"].inbox_address:
        click.echo("BOARD_MAIL_INBOX_ADDRESS is not set: no mail is read.")
    read = receiving.latest(limit)
    for one in read:
        click.echo(_line(one))
    if not read:
        click.echo("Nothing here.")


@mail.command("suppress")
@click.argument("address")
@with_appcontext
def suppress(address: str) -> None:
    """Send nothing more to ADDRESS, on any blog of the board.

    \b
    Example:
      board mail suppress ada@example.org
    """
    is_new = suppression.suppress(normalise(address), SuppressionReason.STAFF, "", clock.now())
    db.session.commit()
    click.echo("Nothing more is sent there." if is_new else "Nothing was sent there before.")


@mail.command("allow")
@click.argument("address")
@with_appcontext
def allow(address: str) -> None:
    """Send mail to ADDRESS again, which came back or was suppressed.

    \b
    Example:
      board mail allow ada@example.org
    """
    was_suppressed = suppression.lift(normalise(address))
    db.session.commit()
    click.echo("Mail is sent there again." if was_suppressed else "Nothing was in the way of mail to it.")


@mail.command("suppressed")
@with_appcontext
def suppressed() -> None:
    """Count the addresses to which nothing is sent, by reason. The addresses themselves are not kept.

    \b
    Example:
      board mail suppressed
    """
    counts = suppression.counts()
    for count in counts:
        reason = wording.SUPPRESSIONS[SuppressionReason(count.reason)]
        click.echo(
            f"{count.number}  {reason} (first {count.first_at:%Y-%m-%d}, last {count.last_at:%Y-%m-%d})"
        )
    if not counts:
        click.echo("Every address gets its mail.")


def _beginning(stream: BinaryIO) -> bytes:
    """As much as is looked at. The rest is read, too: a closed pipe would be a failure to the mail server."""
    raw = stream.read(MAX_BYTES + 1)
    while stream.read(65536):
        pass
    return raw


def _app(ctx: click.Context) -> Flask:
    return ctx.ensure_object(ScriptInfo).load_app()


def _take_in(raw: bytes, recipients: tuple[str, ...]) -> None:
    """Raises whatever keeps it from being read."""
    if not current_app.config["BOARD"].inbox_address:
        raise InboxUnset
    verdict = receiving.receive(raw, clock.now(), recipients=recipients)
    click.echo(verdict.outcome.value if verdict else "read before")


class InboxUnset(Exception):
    """BOARD_MAIL_INBOX_ADDRESS is empty, so no mail can be told from another."""


def _line(one: IncomingMail) -> str:
    words = wording.OUTCOMES[Outcome(one.outcome)]
    return f"{one.created_at:%Y-%m-%d %H:%M} UTC  {words}" + (f" ({one.detail})" if one.detail else "")
