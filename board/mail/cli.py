"""`board worker` sends mail; `board mail` shows what waits and tries failed mail again."""

from __future__ import annotations

import signal
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from board.extensions import db
from board.foundation import clock
from board.mail import queries
from board.mail.files import mail_folder
from board.mail.models import OutboxMessage, OutboxState
from board.mail.outbox import RETRYABLE, NothingToRetry, Result, retry, retry_all
from board.mail.smtp import PasswordUnprotected
from board.mail.wording import SEALED
from board.mail.worker import Stop, Worker, transport_for

STATES_OF = {"all": RETRYABLE, "failed": (OutboxState.FAILED,), "waiting": (OutboxState.QUEUED,)}
IN_THE_OPEN = (
    "A mail password is set, but BOARD_SMTP_SECURITY is none: it would travel in the open. "
    "Use starttls or tls."
)
ONE_DUE = "1 mail is due now; the worker will send it."


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due, do the timed work, and end: for cron.")
@with_appcontext
def worker(once: bool) -> None:
    """Send mail and do timed work, until stopped.

    \b
    Example:
      board worker --once
    """
    settings, stop = current_app.config["BOARD"], Stop()
    try:
        transport = transport_for(settings)
    except PasswordUnprotected:
        raise click.ClickException(IN_THE_OPEN) from None
    hand = Worker(settings, transport, stop)
    if once:
        results = hand.send_due()
        hand.do_chores(clock.now())
        click.echo(", ".join(f"{result}: {results[result]}" for result in Result))
        return
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, stop.ask)
    goal = f"{settings.smtp_host}:{settings.smtp_port}" if settings.smtp_host else mail_folder(settings)
    click.echo(f"Mail goes to {goal}.")
    hand.run()


@click.group("mail")
def mail() -> None:
    """Mail that waits, was sent, or failed."""


@mail.command("list")
@click.option(
    "--state",
    type=click.Choice([state.value for state in OutboxState]),
    help="Only mail in this state; by default what waits and what failed.",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="At most so many.")
@with_appcontext
def list_messages(state: str | None, limit: int) -> None:
    """List mail, the youngest first.

    \b
    Example:
      board mail list --state failed
    """
    states = (OutboxState(state),) if state else (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.FAILED)
    messages = queries.latest(states, limit)
    for message in messages:
        click.echo(_line(message))
    if not messages:
        click.echo("Nothing here.")


@mail.command("show")
@click.argument("message_id", type=click.IntRange(1, queries.MAX_ID), metavar="ID")
@with_appcontext
def show(message_id: int) -> None:
    """Show one mail: what it says, and how its tries went.

    \b
    Example:
      board mail show 12
    """
    message = _existing(message_id)
    click.echo(f"To: {message.recipient}\nSubject: {message.subject}\nMessage-ID: {message.message_id}")
    click.echo(f"{message.state}, {message.kind}, written {_minute(message.created_at)}")
    for attempt in message.attempts:
        click.echo(f"  {_minute(attempt.at)}  {attempt.outcome}  {attempt.detail}")
    sealed = "This mail holds a link for its recipient alone, so its words are not shown."
    click.echo(f"\n{sealed if message.kind in SEALED else message.text}")


@mail.command("retry")
@click.argument("message_id", type=click.IntRange(1, queries.MAX_ID), metavar="[ID]", required=False)
@click.option("--all", "which", flag_value="all", help="All mail that failed or waits.")
@click.option("--failed", "which", flag_value="failed", help="All mail that failed.")
@click.option("--waiting", "which", flag_value="waiting", help="All mail that waits for its next try.")
@click.option("--kind", help="Of all that, only this kind, as `board mail list` names it.")
@with_appcontext
def retry_message(message_id: int | None, which: str | None, kind: str | None) -> None:
    """Try mail that failed or waits again, now.

    ID is the number that `board mail list` shows first.

    \b
    Example:
      board mail retry 12
      board mail retry --failed
      board mail retry --all --kind reply
    """
    if message_id is not None and which is None and kind is None:
        _retry_one(message_id)
    elif message_id is None and which is not None:
        number = retry_all(STATES_OF[which], clock.now(), kind=kind or "")
        db.session.commit()
        click.echo(ONE_DUE if number == 1 else f"{number} mails are due now; the worker will send them.")
    else:
        raise click.UsageError("Name the number of a mail, or one of --all, --failed and --waiting.")


def _retry_one(message_id: int) -> None:
    message = _existing(message_id)
    try:
        retry(message, clock.now())
    except NothingToRetry:
        raise click.ClickException(
            f"Mail {message_id} is {message.state}: there is nothing to retry."
        ) from None
    db.session.commit()
    click.echo(f"Mail {message_id} is due now; the worker will send it.")


def _existing(message_id: int) -> OutboxMessage:
    message = queries.message(message_id)
    if message is None:
        raise click.ClickException(f"There is no mail {message_id}. `board mail list` shows what there is.")
    return message


def _line(message: OutboxMessage) -> str:
    due = _minute(message.due_at)
    said = message.attempts[-1].detail if message.attempts else ""
    parts = [str(message.id), message.state, message.kind, message.recipient, due, said]
    return "  ".join(part for part in parts if part)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
