"""`board mail why`: who hears of a comment, who does not, and why."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from board.foundation import clock
from board.mail.cli import mail
from board.subscriptions import wording
from board.subscriptions.explaining import Account, Line, comment_to_explain, explain
from board.subscriptions.models import NoticeState

MAX_ID = 2**31 - 1


@mail.command("why")
@click.argument("comment_id", type=click.IntRange(1, MAX_ID), metavar="COMMENT")
@with_appcontext
def why(comment_id: int) -> None:
    """Tell who hears of a comment, and for each one who does not, why.

    COMMENT is its number, as in the address /c/NUMBER.

    \b
    Example:
      board mail why 12
    """
    comment = comment_to_explain(comment_id)
    if comment is None:
        raise click.ClickException(f"There is no comment {comment_id}.")
    for account in explain(comment, now=clock.now()):
        click.echo(_heading(account))
        for line in account.lines:
            click.echo(f"  {line.address} ({wording.TOPICS[line.topic]}): {_told(line)}")
        if not account.lines:
            click.echo("  Nobody asked to hear of it.")
        if account.is_cut:
            click.echo("  ... and more.")


def _heading(account: Account) -> str:
    if account.happened_at is None:
        return "If it were published now:"
    hushed = f" {wording.HUSHED[account.hushed]}" if account.hushed else ""
    return f"{wording.OCCASIONS[account.occasion]} ({account.happened_at:%Y-%m-%d %H:%M} UTC).{hushed}"


def _told(line: Line) -> str:
    notice = line.notice
    if notice is not None and notice.state == NoticeState.MAILED:
        number = f" (mail {notice.message_id})" if notice.message_id else ""
        return f"told, {notice.settled_at:%Y-%m-%d %H:%M} UTC{number}"
    if notice is not None and notice.state == NoticeState.WAITING and line.reason is None:
        return f"hears {wording.RATES[notice.rate]}, from {notice.due_at:%Y-%m-%d %H:%M} UTC on"
    return str(wording.REASONS[line.reason]) if line.reason else "hears of it"
