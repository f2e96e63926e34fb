"""`board staff`: who may sign in. `board staff invite` stands with the sites, which it may name."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from board.accounts import queries
from board.accounts.models import Account
from board.accounts.renewal import renewal_token
from board.accounts.sessions import end_all
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound


@click.group("staff")
def staff() -> None:
    """The people who sign in to look after a board."""


@staff.command("list")
@with_appcontext
def list_all() -> None:
    """Show every account with its roles.

    \b
    Example:
      board staff list
    """
    accounts = queries.all_accounts()
    for one in accounts:
        click.echo(f"{one.email}  {one.name}  {_roles(one)}{'  disabled' if one.disabled_at else ''}")
    if not accounts:
        click.echo("Nobody yet: `board staff invite --role owner` prints a link for the first.")


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
    account = _account(email)
    if account.disabled_at:
        raise click.ClickException(f"{account.email} is disabled: `board staff enable` comes first.")
    end_all(account.id)
    account.failed_tries, account.locked_until = 0, None
    token = renewal_token(account, now=clock.now())
    db.session.commit()
    click.echo(link_to("new-password", token))


@staff.command("disable")
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """Sign somebody out everywhere at once, and let them in no more.

    \b
    Example:
      board staff disable ada@blog.example
    """
    account = _account(email)
    account.disabled_at = account.disabled_at or clock.now()
    end_all(account.id)
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
    _account(email).disabled_at = None
    db.session.commit()
    click.echo(f"{email} can sign in again.")


def link_to(page: str, token: str) -> str:
    """The address of a page of the board that is opened with a token."""
    return f"{current_app.config['BOARD'].public_url}/{page}/{token}"


def _account(email: str) -> Account:
    try:
        return queries.account_by_email(email)
    except NotFound:
        raise click.ClickException(f"Nobody has the address {email}. `board staff list` shows all.") from None


def _roles(account: Account) -> str:
    return ", ".join(
        one.role if one.site_id is None else f"{one.role} of site {one.site_id}"
        for one in account.memberships
    )
