"""`board site`: the blogs this board serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.sites import queries, registration
from board.sites.models import Policy, Site
from board.sites.rules import SiteRefused

NEVER = "never"
POLICIES = click.Choice([str(policy) for policy in Policy])


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
    type=POLICIES,
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
    wanted = registration.NewSite(
        name=name,
        address=address,
        slug=slug,
        origins=origins,
        language=language or current_app.config["BOARD"].language,
        policy=policy,
    )
    with _refusals_told():
        added = registration.add_site(wanted, now=clock.now())
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


@site.command("set")
@click.argument("slug")
@click.option("--name", help="What readers see.")
@click.option("--address", help="Where the blog lives; its pages may embed discussions.")
@click.option("--language", help="Language of its pages, such as en, de or pt-BR.")
@click.option("--policy", type=POLICIES, help="Whether comments wait for a moderator.")
@click.option("--default-prompt", help="What a post asks that asks nothing itself; '' for no discussion.")
@click.option(
    "--opens-from",
    metavar="NUMBER|never",
    callback=lambda _context, _option, said: _confidence(said),
    help="Confidence, 0 to 1, from which a prompt opens by itself; `never`: each waits for a yes.",
)
@click.option("--accent-hue", type=int, help="Hue of its one colour, 0 to 359.")
@click.option("--approvals-needed", type=int, help="Approved comments after which a writer is known.")
@click.option("--report-threshold", type=int, help="Reports after which a comment waits again; 0: never.")
@click.option("--closes-after-days", type=int, help="Days after which a discussion closes; 0: never.")
@with_appcontext
def change(slug: str, **said: Any) -> None:
    """Change what the board knows of the blog SLUG. What is not named stays as it is.

    \b
    Example:
      board site set my-blog --default-prompt "What is your reaction?" --opens-from 0.9
    """
    found = _site(slug)
    changes = {name: value for name, value in said.items() if value is not None}
    if changes.get("opens_from") == NEVER:
        changes["opens_from"] = None
    with _refusals_told():
        registration.change_site(found, cast("registration.Changes", changes))
    lines = _lines(found)
    db.session.commit()
    click.echo(lines if changes else f"Nothing was named, so nothing changed.\n{lines}")


@site.command("origin")
@click.argument("slug")
@click.argument("origin")
@click.option("--remove", is_flag=True, help="Let them embed it no more.")
@with_appcontext
def add_origin(slug: str, origin: str, remove: bool) -> None:
    """Let pages of another ORIGIN embed the blog SLUG.

    \b
    Example:
      board site origin my-blog https://www.blog.example
    """
    found = _site(slug)
    with _refusals_told():
        is_new = (registration.remove_origin if remove else registration.allow_origin)(found, origin)
    lines = _lines(found)
    db.session.commit()
    as_before = "it could not before" if remove else "it could already"
    click.echo(lines if is_new else f"Nothing changed: {as_before}.\n{lines}")


def _site(slug: str) -> Site:
    try:
        return queries.site_by_slug(slug)
    except NotFound:
        raise click.ClickException(f"There is no site {slug!r}. `board site list` shows them.") from None


def _confidence(said: str | None) -> float | str | None:
    """A number or NEVER. Raises click.BadParameter."""
    if said is None or said == NEVER:
        return said
    try:
        return float(said)
    except ValueError:
        raise click.BadParameter("say a number from 0 to 1, or never") from None


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except SiteRefused as refusal:
        raise click.ClickException(str(refusal)) from None


def _lines(site: Site) -> str:
    origins = ", ".join(sorted(one.origin for one in site.origins))
    opens = "wait for a yes" if site.opens_from is None else f"open by themselves from {site.opens_from:g} on"
    return (
        f"{site.slug}: {site.name}\n"
        f"  Address:  {site.base_url}\n"
        f"  Policy:   {site.policy}; language {site.language}\n"
        f"  Comments: {_comments(site)}\n"
        f"  Prompts:  {opens}; without one: {site.default_prompt or '(no discussion)'}\n"
        f"  Embedded: {origins}"
    )


def _comments(site: Site) -> str:
    reports, days = site.report_threshold, site.closes_after_days
    return "; ".join(
        (
            f"writers are known after {site.approvals_needed} approved",
            f"wait again after {reports} reports" if reports else "reports hold none",
            f"discussions close after {days} days" if days else "discussions stay open",
        )
    )
