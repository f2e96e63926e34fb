"""`board post`: taking posts into the board."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.sites.models import Site
from board.sites.queries import all_sites, site_by_slug
from board.sources.fetching import FetchRefused
from board.sources.reading import AddressMissing, read_address, read_file
from board.threads.addresses import AddressRefused, origin_of
from board.threads.registration import PostRead, Registered, register

KINDS = {"reaction": "a reaction", "question_call": "readers' questions"}


@click.group("post")
def post() -> None:
    """Posts and the prompts found in them."""


@post.command("add")
@click.argument("file_or_address")
@click.option("--site", "slug", help="Slug of the blog; needed where the board serves several.")
@click.option("--address", help="Where a file is published, if it does not say so itself.")
@click.option("--dry-run", is_flag=True, help="Show what is found and store nothing.")
@with_appcontext
def add(file_or_address: str, slug: str | None, address: str | None, dry_run: bool) -> None:
    """Read a post, find its prompts and open their threads.

    FILE_OR_ADDRESS is an HTML or Markdown file, or an http or https address.

    \b
    Example:
      board post add https://blog.example/on-silence --site blog
    """
    site = _site(slug)
    read = _read(file_or_address, address)
    _show(read)
    if not read.prompts:
        raise click.ClickException("No closing prompt was found, so no thread was opened.")
    if dry_run:
        return
    try:
        registered = register(site, read, opens_from=0, now=clock.now())
    except AddressRefused as refusal:
        raise click.ClickException(f"{read.address} cannot be a post's address: {refusal}") from None
    if origin_of(read.address) != origin_of(site.base_url):
        click.echo(f"Note: this address is not on {site.base_url}.", err=True)
    threads = [thread.id for thread in registered.opened]
    db.session.commit()
    _report(registered, threads)


def _site(slug: str | None) -> Site:
    sites = all_sites()
    if slug is None and len(sites) == 1:
        return sites[0]
    if slug is None:
        raise click.ClickException("Say which blog this is: --site SLUG. `board site list` shows them.")
    try:
        return site_by_slug(slug)
    except NotFound:
        raise click.ClickException(f"There is no site {slug!r}. `board site list` shows them.") from None


def _read(file_or_address: str, address: str | None) -> PostRead:
    try:
        if file_or_address.startswith(("http://", "https://")):
            return read_address(file_or_address)
        return read_file(Path(file_or_address), address=address)
    except FetchRefused as refusal:
        raise click.ClickException(f"{file_or_address} could not be read: {refusal}") from None
    except OSError as mistake:
        raise click.ClickException(f"{file_or_address} could not be read: {mistake.strerror}.") from None
    except AddressMissing:
        raise click.ClickException(
            "The file does not say where it is published: add --address ADDRESS."
        ) from None


def _show(read: PostRead) -> None:
    click.echo(f"{read.title or 'Untitled'}\n{read.address}")
    for prompt in read.prompts:
        click.echo(f"\n  Heading:  {prompt.heading or '(none)'}")
        click.echo(f"  Prompt:   {prompt.text}")
        click.echo(
            f"  Kind:     {prompt.kind} (asks for {KINDS[prompt.kind]}), confidence {prompt.confidence:.2f}"
        )


def _report(registered: Registered, threads: list[int]) -> None:
    if not threads:
        click.echo("\nAll of this was known already; nothing changed.")
    for thread_id in threads:
        click.echo(f"\nOpened thread {thread_id}: /t/{thread_id}")
