"""`board staff`, as far as it names sites: who there is, inviting, giving and taking roles."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from board.accounts import memberships
from board.accounts.cli import COMMAND_LINE, account_at, link_to, staff
from board.accounts.deeds import note_deed
from board.accounts.forms import address_in
from board.accounts.invitations import invite
from board.accounts.models import Membership
from board.accounts.queries import all_accounts
from board.accounts.second_factor import has_one
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Role
from board.people import inviting
from board.sites import queries
from board.sites.models import Site

ROLES = click.Choice([str(role) for role in Role])
ALL_BLOGS = "all blogs"


@staff.command("list")
@with_appcontext
def list_all() -> None:
    """Show every account with its roles.

    \b
    Example:
      board staff list
    """
    slugs = {site.id: site.slug for site in queries.all_sites()}
    accounts = all_accounts()
    for one in accounts:
        roles = ", ".join(_told(role, slugs) for role in one.memberships) or "no role"
        marks = ["second factor"] * has_one(one.id) + ["disabled"] * bool(one.disabled_at)
        click.echo("  ".join([one.email, one.name, roles, *marks]))
    if not accounts:
        click.echo("Nobody yet: `board staff invite --role owner` prints a link for the first.")


@staff.command("invite")
@click.option("--role", type=ROLES, required=True, help="What they will be.")
@click.option("--site", "slug", help="Slug of the one blog they will look after; without it, all of them.")
@click.option("--email", help="Mail the link to this address instead of printing it.")
@with_appcontext
def invite_staff(role: str, slug: str | None, email: str | None) -> None:
    """Print or mail a link with which one person gets a role. It works once, for three days.

    \b
    Example:
      board staff invite --role moderator --site my-blog
    """
    site, now = _site(slug), clock.now()
    if email is None:
        link = link_to("invitation", invite(Role(role), site.id if site else None, now=now))
        db.session.commit()
        click.echo(link)
        return
    try:
        address = address_in(email)
        inviting.invite_by_mail(address, Role(role), site, COMMAND_LINE, now=now)
    except ValueError as mistake:
        raise click.ClickException(str(mistake)) from None
    except inviting.HasRole:
        raise click.ClickException(f"{email} has this role already.") from None
    site_id = site.id if site else None
    note_deed(COMMAND_LINE, "person_invited", address, site_id=site_id, now=now, role=role)
    db.session.commit()
    click.echo(f"The worker mails the invitation to {address}.")


@staff.command("grant")
@click.argument("email")
@click.option("--role", type=ROLES, required=True, help="What they are from now on.")
@click.option("--site", "slug", help="Slug of the one blog they look after; without it, all of them.")
@with_appcontext
def grant(email: str, role: str, slug: str | None) -> None:
    """Give somebody who has an account a role, in place of the one they had on the same blog.

    \b
    Example:
      board staff grant ada@blog.example --role author --site my-blog
    """
    account, site = account_at(email), _site(slug)
    site_id = site.id if site else None
    memberships.give(account.id, Role(role), site_id)
    note_deed(COMMAND_LINE, "role_changed", account.name, site_id=site_id, now=clock.now(), role=role)
    db.session.commit()
    click.echo(f"{account_at(email).email} is {role} of {slug or ALL_BLOGS} now.")


@staff.command("revoke")
@click.argument("email")
@click.option("--site", "slug", help="Slug of the one blog the role is on; without it, all of them.")
@click.option("--role", type=ROLES, help="Only if this is the role they have there.")
@with_appcontext
def revoke(email: str, slug: str | None, role: str | None) -> None:
    """Take somebody's role away. Without any role left, they are signed out and cannot sign in.

    \b
    Example:
      board staff revoke ada@blog.example --site my-blog
    """
    account, site = account_at(email), _site(slug)
    site_id = site.id if site else None
    present = memberships.role_on(account.id, site_id)
    if present is None or (role and present != role):
        raise click.ClickException(f"{email} is not {role or 'anything'} of {slug or ALL_BLOGS}.")
    memberships.take(account.id, site_id)
    note_deed(COMMAND_LINE, "role_removed", account.name, site_id=site_id, now=clock.now(), role=str(present))
    db.session.commit()
    click.echo(f"{email} is not {present} of {slug or ALL_BLOGS} any more.")


def _site(slug: str | None) -> Site | None:
    try:
        return queries.site_by_slug(slug) if slug else None
    except NotFound:
        raise click.ClickException(f"There is no site {slug!r}. `board site list` shows them.") from None


def _told(one: Membership, slugs: dict[int, str]) -> str:
    return one.role if one.site_id is None else f"{one.role} of {slugs[one.site_id]}"
