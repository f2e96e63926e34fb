"""`board staff`: help for those who are locked out. What names a site stands with the people's commands."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from board.accounts import alerts, memberships, queries
from board.accounts.deeds import note_deed
from board.accounts.models import Account
from board.accounts.renewal import renewal_token
from board.accounts.second_factor import remove_all
from board.accounts.sessions import end_all
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Actor

COMMAND_LINE = Actor(name="Command line")  # as whom the log names whoever may run commands


@click.group("staff")
def staff() -> None:
    """The people who sign in to look after a board."""


@staff.command("reset")
@click.argument("email")
@with_appcontext
def reset(email: str) -> None:
    """Print a link with which somebody locked out chooses a new password.

    It works once, for three days. They are signed out everywhere now, and may try again at once.

    \b
    Example:
      board staff reset ada@blog.example
    """
    account, now = account_at(email), clock.now()
    if account.disabled_at:
        raise click.ClickException(f"{account.email} is disabled: `board staff enable` comes first.")
    end_all(account.id)
    account.failed_tries, account.locked_until = 0, None
    token = renewal_token(account, now=now)
    note_deed(COMMAND_LINE, "password_reset", account.name, site_id=None, now=now)
    db.session.commit()
    click.echo(link_to("new-password", token))


@staff.command("disable")
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """Sign somebody out everywhere at once, and let them in no more. The last owner of all blogs stays.

    \b
    Example:
      board staff disable ada@blog.example
    """
    memberships.disable(account_at(email), COMMAND_LINE, now=clock.now())
    db.session.commit()
    click.echo(f"{email} cannot sign in any more.")


@staff.command("enable")
@click.argument("email")
@with_appcontext
def enable(email: str) -> None:
    """Let somebody who was disabled sign in again.

    \b
    Example:
      board staff enable ada@blog.example
    """
    memberships.enable(account_at(email), COMMAND_LINE, now=clock.now())
    db.session.commit()
    click.echo(f"{email} can sign in again.")


@staff.group("second-factor")
def second_factor() -> None:
    """What somebody needs to sign in besides the password."""


@second_factor.command("off")
@click.argument("email")
@with_appcontext
def second_factor_off(email: str) -> None:
    """Let somebody who lost phone and keys sign in with the password alone.

    Their authenticator app, passkeys and recovery codes are forgotten, they are signed out
    everywhere, and a mail tells them. They can set up new ones after signing in.

    \b
    Example:
      board staff second-factor off ada@blog.example
    """
    account, now = account_at(email), clock.now()
    if not remove_all(account.id):
        raise click.ClickException(f"{account.email} has no second factor.")
    account.factor_tries, account.factor_locked_until = 0, None
    end_all(account.id)
    alerts.second_factor(account, alerts.Change.ALL_REMOVED, now=now)
    note_deed(COMMAND_LINE, "second_factor_removed", account.name, site_id=None, now=now)
    db.session.commit()
    click.echo(f"{email} signs in with the password alone now.")


def link_to(page: str, token: str) -> str:
    """The address of a page of the board that is opened with a token."""
    return f"{current_app.config['BOARD'].public_url}/{page}/{token}"


def account_at(email: str) -> Account:
    """Raises click.ClickException when nobody has this address."""
    try:
        return queries.account_by_email(email)
    except NotFound:
        raise click.ClickException(f"Nobody has the address {email}. `board staff list` shows all.") from None
