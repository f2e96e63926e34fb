"""`board site`: the blogs this board serves. And `board staff invite`, which may name one of them."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from board.accounts.cli import link_to, staff
from board.accounts.invitations import invite
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Role
from board.sites import queries, registration
from board.sites.models import Policy, Site


@click.group("site")
def site() -> None:
    """The blogs that this board serves."""


@site.command("add")
@click.argument("name")
@click.argument("address")
@click.option("--slug", default="", help="Short name for addresses; made from NAME without it.")
@click.option("--origin", "origins", multiple=True, help="Another origin that may embed; may be repeated.")
@click.option("--language", help="Language of its pages, such as en, de or pt-BR.")
@click.option(
    "--policy",
    type=click.Choice([str(policy) for policy in Policy]),
    default=str(Policy.HOLD),
    show_default=True,
    help="Whether comments wait for a moderator.",
)
@with_appcontext
def add(
    *, name: str, address: str, slug: str, origins: tuple[str, ...], language: str | None, policy: str
) -> None:
    """Tell the board about a blog.

    NAME is what readers see, ADDRESS where the blog lives; its pages may embed discussions.

    \b
    Example:
      board site add "My blog" https://blog.example --origin https://www.blog.example
    """
    try:
        wanted = registration.NewSite(
            name=name,
            address=address,
            slug=slug,
            origins=origins,
            language=language or current_app.config["BOARD"].language,
            policy=policy,
        )
        added = registration.add_site(wanted, now=clock.now())
    except registration.SiteRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    lines = _lines(added)
    db.session.commit()
    click.echo(lines)


@site.command("list")
@with_appcontext
def list_all() -> None:
    """Show every blog with its slug, policy and origins.

    \b
    Example:
      board site list
    """
    sites = queries.all_sites()
    click.echo("\n\n".join(_lines(one) for one in sites) or "No site yet: `board site add NAME ADDRESS`.")


@site.command("origin")
@click.argument("slug")
@click.argument("origin")
@with_appcontext
def add_origin(slug: str, origin: str) -> None:
    """Let pages of another ORIGIN embed the blog SLUG.

    \b
    Example:
      board site origin my-blog https://www.blog.example
    """
    found = _site(slug)
    try:
        is_new = registration.allow_origin(found, origin)
    except registration.SiteRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    lines = _lines(found)
    db.session.commit()
    click.echo(lines if is_new else f"Nothing changed: it could already.\n{lines}")


@staff.command("invite")
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), required=True, help="What they will be."
)
@click.option("--site", "slug", help="Slug of the one blog they will look after; without it, all of them.")
@with_appcontext
def invite_staff(role: str, slug: str | None) -> None:
    """Print a link with which one person sets up an account. It works once, for three days.

    \b
    Example:
      board staff invite --role moderator --site my-blog
    """
    site_id = _site(slug).id if slug else None
    token = invite(Role(role), site_id, now=clock.now())
    db.session.commit()
    click.echo(link_to("invitation", token))


def _site(slug: str) -> Site:
    try:
        return queries.site_by_slug(slug)
    except NotFound:
        raise click.ClickException(f"There is no site {slug!r}. `board site list` shows them.") from None


def _lines(site: Site) -> str:
    origins = ", ".join(sorted(one.origin for one in site.origins))
    return (
        f"{site.slug}: {site.name}\n"
        f"  Address:  {site.base_url}\n"
        f"  Policy:   {site.policy}; language {site.language}\n"
        f"  Embedded: {origins}"
    )
