"""Taking many posts: `board post import`, `board post add` for a folder, and `board site feed`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.sites.models import Site
from board.sites.queries import all_sites, site_by_slug
from board.sources.archives import ImportRefused, opened
from board.sources.blogs import Blog
from board.sources.discovery import FeedMissing, find_feed
from board.sources.fetching import FetchRefused
from board.sources.folders import Folder, LeftOut
from board.sources.following import NEVER, feed_of, follow, unfollow
from board.sources.importing import FolderImport, Import, import_of
from board.sources.means import present_web
from board.sources.models import Feed
from board.sources.patterns import Pattern, PatternRefused
from board.sources.reading import reader
from board.sources.taking import Taker
from board.sources.tallying import counted, in_words

PATTERN_MISSING = (
    "{file} does not say where it is published, and nor do the others. Say how addresses are made, such as: "
    "--address-pattern '{base}/{{year}}/{{month}}/{{slug}}/'"
)


@click.command("import")
@click.argument("file_or_address")
@click.option("--site", "slug", help="Slug of the blog; needed where the board serves several.")
@click.option("--drafts", is_flag=True, help="Let all prompts wait on the desk; open no thread.")
@click.option(
    "--now", "at_once", is_flag=True, help="Read pages at once, instead of leaving them to the worker."
)
@with_appcontext
def import_posts(file_or_address: str, slug: str | None, drafts: bool, at_once: bool) -> None:
    """Import the posts of a WordPress export, a feed or a sitemap.

    FILE_OR_ADDRESS is a file, or an http or https address; what it is stands in it. Prompts open their
    threads by the rule of the blog. Importing twice changes nothing.

    \b
    Example:
      board post import wordpress.xml --site blog
    """
    blog = Blog.of(chosen_site(slug))
    db.session.commit()
    web = present_web()
    try:
        with opened(file_or_address, web) as archive, reader() as read:
            taker = Taker(blog, None if drafts else blog.opens_from, read, clock.now(), is_archive=True)
            _run(import_of(archive, taker, web, at_once=at_once))
    except (FetchRefused, ImportRefused) as refusal:
        raise click.ClickException(f"{file_or_address} could not be read: {refusal}") from None


def add_folder(path: Path, blog: Blog, pattern: Pattern | None, *, drafts: bool) -> None:
    """Take all posts of a folder, with a bar that shows how far it is."""
    folder = Folder(path, blog.address, pattern)
    files = folder.files()
    now = clock.now()
    if pattern is None:
        _require_addresses(folder, files)
    with reader() as read:
        _run(
            FolderImport(
                Taker(blog, None if drafts else blog.opens_from, read, now, is_archive=True), folder, files
            )
        )


@click.command("feed")
@click.argument("slug")
@click.argument("address", required=False)
@click.option("--find", is_flag=True, help="Find the feed from the front page of the blog.")
@click.option("--stop", is_flag=True, help="Read no feed of this blog any more.")
@with_appcontext
def choose_feed(slug: str, address: str | None, find: bool, stop: bool) -> None:
    """Choose the feed of the blog SLUG that the worker reads, or show it.

    ADDRESS is that of the feed, or of a page that names it.

    \b
    Example:
      board site feed my-blog --find
    """
    site = chosen_site(slug)
    if stop:
        unfollow(site)
        db.session.commit()
        click.echo("No feed of this blog is read any more.")
        return
    if find or address:
        _follow(site, address or site.base_url)
    feed = feed_of(site.id)
    click.echo(_told(feed) if feed else f"No feed is read. `board site feed {slug} --find` looks for one.")


def chosen_site(slug: str | None) -> Site:
    """The site with that slug, or the only one there is. With its origins."""
    sites = all_sites()
    if slug is None and len(sites) == 1:
        return sites[0]
    if slug is None:
        raise click.ClickException("Say which blog this is: --site SLUG. `board site list` shows them.")
    try:
        return site_by_slug(slug)
    except NotFound:
        raise click.ClickException(f"There is no site {slug!r}. `board site list` shows them.") from None


def _run(work: Import) -> None:
    with click.progressbar(length=work.length, label="Reading posts") as bar:
        for place in work.run():
            bar.update(place - bar.pos)
    for line in in_words(work.tally):
        click.echo(line)


def _require_addresses(folder: Folder, files: Sequence[Path]) -> None:
    """Say how to go on where no file says its address, instead of saying so for each of them."""
    silent = None
    for file in files:
        try:
            post = folder.read(file, clock.now())
        except (LeftOut, PatternRefused, OSError):
            continue
        if post.address or post.form == "html":  # a page may have its canonical link
            return
        silent = silent or file
    if silent:
        name = silent.relative_to(folder.path)
        raise click.ClickException(PATTERN_MISSING.format(file=name, base=folder.base))


def _follow(site: Site, address: str) -> None:
    site_id = site.id
    db.session.commit()
    try:
        found = find_feed(present_web(), address)
    except FetchRefused as refusal:
        raise click.ClickException(f"{address} could not be read: {refusal}.") from None
    except FeedMissing:
        raise click.ClickException(f"No feed was found at {address}.") from None
    follow(db.session.get_one(Site, site_id), found.address, clock.now())
    db.session.commit()
    posts = counted(len(found.read.entries), "post")
    click.echo(f"Found a feed with {posts}; the worker reads it from now on.")


def _told(feed: Feed) -> str:
    read = f"{feed.read_at:%Y-%m-%d %H:%M} UTC" if feed.read_at else "not yet"
    due = "never again" if feed.due_at >= NEVER else f"{feed.due_at:%Y-%m-%d %H:%M} UTC"
    lines = [f"Feed:      {feed.address}", f"Last read: {read}", f"Next:      {due}"]
    return "\n".join([*lines, f"Problem:   {feed.said}"] if feed.said else lines)
