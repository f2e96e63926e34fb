"""`board post`: taking posts into the board."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from board.extensions import db
from board.foundation import clock
from board.sites.cli import site
from board.sites.models import Site
from board.sources.blogs import Blog
from board.sources.fetching import FetchRefused
from board.sources.folders import Folder, LeftOut
from board.sources.importing_cli import add_folder, choose_feed, chosen_site, import_posts
from board.sources.means import present_web
from board.sources.patterns import Pattern, PatternRefused
from board.sources.reading import AddressMissing, ReadPost, Unreadable, read_page, reader
from board.threads.addresses import AddressRefused
from board.threads.registration import PostRead, Registered, register

KINDS = {"reaction": "a reaction", "question_call": "readers' questions"}


@click.group("post")
def post() -> None:
    """Posts and the prompts found in them."""


@post.command("add")
@click.argument("file_or_address")
@click.option("--site", "slug", help="Slug of the blog; needed where the board serves several.")
@click.option("--address", help="Where a file is published, if it does not say so itself.")
@click.option(
    "--address-pattern",
    "pattern",
    help="How the blog makes addresses: 'https://blog.example/{year}/{month}/{slug}/'. "
    "Also known: {day}, {name}, {section}, {path}.",
)
@click.option("--drafts", is_flag=True, help="Let the prompts wait on the desk; open no thread.")
@click.option("--dry-run", is_flag=True, help="Show what is found in one post and store nothing.")
@with_appcontext
def add(
    file_or_address: str,
    slug: str | None,
    address: str | None,
    pattern: str | None,
    drafts: bool,
    dry_run: bool,
) -> None:
    """Read a post, find its prompts and open their threads.

    FILE_OR_ADDRESS is an HTML or Markdown file, a folder of such files (Hugo, Jekyll, Pelican), or an http or
    https address. The prompts of a folder open their threads by the rule of the blog.

    \b
    Example:
      board post add https://blog.example/on-silence --site blog
    """
    chosen = chosen_site(slug)
    blog, known_pattern = Blog.of(chosen), _pattern(pattern)
    db.session.commit()
    path = Path(file_or_address)
    if path.is_dir() and dry_run:
        raise click.ClickException("--dry-run shows one post; name a file of the folder.")
    if path.is_dir():
        add_folder(path, blog, known_pattern, drafts=drafts)
        return
    read = _read(file_or_address, address, blog, known_pattern)
    _show(read)
    if not read.prompts:
        raise click.ClickException("No closing prompt was found, so no thread was opened.")
    if not dry_run:
        _register(chosen, blog, read, drafts=drafts)


def _pattern(text: str | None) -> Pattern | None:
    try:
        return Pattern(text) if text else None
    except PatternRefused as refusal:
        raise click.ClickException(str(refusal)) from None


def _read(file_or_address: str, address: str | None, blog: Blog, pattern: Pattern | None) -> PostRead:
    try:
        with reader() as read:
            if file_or_address.startswith(("http://", "https://")):
                return read_page(read, present_web().fetch(file_or_address), asked=file_or_address)
            return _from_file(read, Path(file_or_address), address, Folder(Path(), blog.address, pattern))
    except (FetchRefused, Unreadable, LeftOut, PatternRefused) as refusal:
        raise click.ClickException(f"{file_or_address} could not be read: {refusal}") from None
    except OSError as mistake:
        raise click.ClickException(f"{file_or_address} could not be read: {mistake.strerror}.") from None
    except AddressMissing:
        raise click.ClickException(
            "The file does not say where it is published: add --address ADDRESS."
        ) from None


def _from_file(read: ReadPost, file: Path, address: str | None, folder: Folder) -> PostRead:
    found = replace(folder, path=file.parent).read(file, clock.now())
    post = read(found.source, found.form, address=address or found.address)
    return replace(post, title=found.title or post.title, published_at=found.published_at)


def _register(site: Site, blog: Blog, read: PostRead, *, drafts: bool) -> None:
    try:
        registered = register(site, read, opens_from=None if drafts else 0, now=clock.now())
    except AddressRefused as refusal:
        raise click.ClickException(f"{read.address} cannot be a post's address: {refusal}") from None
    if not blog.owns(read.address):
        click.echo(f"Note: this address is not on {blog.address}.", err=True)
    lines = _result(registered)
    db.session.commit()
    click.echo(lines)


def _show(read: PostRead) -> None:
    click.echo(f"{read.title or 'Untitled'}\n{read.address}")
    for prompt in read.prompts:
        click.echo(f"\n  Heading:  {prompt.heading or '(none)'}")
        click.echo(f"  Prompt:   {prompt.text}")
        click.echo(
            f"  Kind:     {prompt.kind} (asks for {KINDS[prompt.kind]}), confidence {prompt.confidence:.2f}"
        )


def _result(registered: Registered) -> str:
    lines = [f"\nOpened thread {thread.id}: /t/{thread.id}" for thread in registered.opened]
    if registered.waiting:
        lines.append(f"\nWaiting on the desk: {len(registered.waiting)}")
    return "\n".join(lines) or "\nAll of this was known already; nothing changed."


post.add_command(import_posts)
site.add_command(choose_feed)
