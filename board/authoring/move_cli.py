"""`board post move|merge|remap|undo` and `board thread merge`: what owners do on the desk, in a shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import click
from flask.cli import with_appcontext

from board.authoring import merging, moving, rules
from board.authoring.models import Remapping
from board.authoring.move_wording import kept_in_words
from board.authoring.post_queries import move_for, posts_named, thread_for
from board.authoring.prefixes import Prefixes, RuleRefused, prefixes
from board.authoring.undoing import undo
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor, Role
from board.sources.cli import post
from board.sources.importing_cli import chosen_site
from board.threads.addresses import AddressRefused
from board.threads.models import Post, Thread

SHELL = Actor(None, "The command line", {None: Role.OWNER})
SITE = click.option("--site", "slug", help="Slug of the blog; needed where the board serves several.")
REFUSALS = {  # see prefixes.RuleRefused
    "address": "is no address such as https://blog.example/journal",
    "query": "must not hold a ? or #",
    "long": "is too long",
    "same": "is the same as the first",
}


@click.group("thread")
def thread() -> None:
    """The discussions of posts."""


@post.command("move")
@click.argument("which", metavar="POST")
@click.argument("address")
@SITE
@click.option("--alias", is_flag=True, help="The post stays where it is, and is known at ADDRESS as well.")
@with_appcontext
def move(*, which: str, address: str, slug: str | None, alias: bool) -> None:
    """Tell the board that a post stands at another address now.

    POST is its number or one of its addresses. Its old addresses go on leading to it.

    \b
    Example:
      board post move 12 https://blog.example/a-better-name
    """
    found = _post(which, slug)
    try:
        done = moving.give_address(found, address, SHELL, stands=not alias, now=clock.now())
    except AddressRefused as refusal:
        raise click.ClickException(f"{address} cannot be a post's address: {refusal}.") from None
    except moving.AddressTaken as taken:
        raise click.ClickException(
            f"Post {taken.post_id} has this address. If the two are one: "
            f"board post merge {found.id} {taken.post_id}"
        ) from None
    _finish(done, f"Post {found.id} is known at {address} now.")


@post.command("merge")
@click.argument("which", metavar="POST")
@click.argument("into")
@SITE
@click.option("--keep-apart", is_flag=True, help="Leave discussions that ask the same as two.")
@with_appcontext
def merge(*, which: str, into: str, slug: str | None, keep_apart: bool) -> None:
    """Make one of two posts: all addresses and discussions of POST go to INTO.

    Both are numbers or addresses of posts of one site. Discussions that ask the same become one, too.

    \b
    Example:
      board post merge https://old.example/on-silence https://blog.example/on-silence
    """
    source, target = _post(which, slug), _post(into, slug)
    done = merging.merge_posts(source, target, SHELL, join=not keep_apart, now=clock.now())
    numbers = done.details
    _finish(
        done,
        f"Post {source.id} is a part of post {target.id} now: {numbers['addresses']} addresses, "
        f"{numbers['threads']} discussions, {numbers.get('joined', 0)} of them merged into others.",
    )


@thread.command("merge")
@click.argument("which", metavar="THREAD", type=int)
@click.argument("into", type=int)
@with_appcontext
def merge_thread(which: int, into: int) -> None:
    """Make one of two discussions: all comments of THREAD go to INTO, and its readers are led there.

    Both are the numbers in their addresses, /t/12, of one site.

    \b
    Example:
      board thread merge 12 34
    """
    done = merging.merge_threads(_thread(which), _thread(into), SHELL, now=clock.now())
    _finish(done, f"{done.details['comments']} comments of thread {which} are in thread {into} now.")


@post.command("remap")
@click.argument("old")
@click.argument("new")
@SITE
@click.option("--apply", "is_meant", is_flag=True, help="Do it; without it you only see what would change.")
@click.option("--merge", is_flag=True, help="A post whose new address is taken goes into the post there.")
@with_appcontext
def remap(*, old: str, new: str, slug: str | None, is_meant: bool, merge: bool) -> None:
    """Move all posts whose addresses begin with OLD to addresses that begin with NEW.

    Shows first what would change. Old addresses go on leading to their posts.

    \b
    Example:
      board post remap https://old.example/blog/ https://new.example/ --site blog
    """
    site, rule = chosen_site(slug), _rule(old, new)
    seen = rules.preview(site.id, rule)
    if not is_meant:
        _show(seen)
        return
    now = clock.now()
    done = rules.begin_rule(site.id, rule, SHELL, merge=merge, now=now)
    number = done.id
    db.session.commit()
    with click.progressbar(length=seen.moving + seen.taken, label="Moving") as bar:
        while _go_on(number, now, bar.update):
            pass
    numbers = db.session.get_one(Remapping, number).details
    told = f"{numbers['moved']} posts moved, {numbers['merged']} merged, {numbers['left']} left."
    click.echo(f"{told}\nUndo it with: board post undo {number}")


@post.command("undo")
@click.argument("number", metavar="ID", type=int)
@click.option("--rest", is_flag=True, help="Undo what can be, even if some of it has to stay.")
@with_appcontext
def take_back(*, number: int, rest: bool) -> None:
    """Undo a move, a merge or a whole rule. ID is the number that it was given.

    \b
    Example:
      board post undo 7
    """
    try:
        done = undo(move_for(SHELL, number), SHELL, now=clock.now())
    except NotFound:
        raise click.ClickException(f"There is no move {number}.") from None
    stays = "\n".join(f"  {line}" for line in kept_in_words(done))
    if done.kept and not rest:
        db.session.rollback()
        more = "\nUndo the others with --rest." if done.returned else ""
        raise click.ClickException(f"Nothing was undone, because not all of it can be:\n{stays}{more}")
    db.session.commit()
    told = "Undone." if done.returned else "There was nothing left to undo."
    click.echo(f"{told}\n{stays}" if stays else told)


def _go_on(number: int, now: datetime, report: Callable[[int], None]) -> bool:
    """One batch, in a transaction of its own. False when there is no more."""
    remapping = db.session.get_one(Remapping, number)
    before = _handled(remapping)
    rules.go_on(remapping, now=now)
    is_over = remapping.goes_on_after is None
    report(_handled(remapping) - before)
    db.session.commit()
    return not is_over


def _handled(remapping: Remapping) -> int:
    return sum(remapping.details[name] for name in ("moved", "merged", "left"))


def _finish(done: Remapping, words: str) -> None:
    number = done.id
    db.session.commit()
    click.echo(f"{words}\nUndo it with: board post undo {number}")


def _show(seen: rules.Preview) -> None:
    click.echo(f"{seen.moving} posts would move.")
    _show_steps(seen.first, seen.moving)
    if seen.taken:
        click.echo(f"\n{seen.taken} posts find their new address taken; --merge puts them into those posts:")
        _show_steps(seen.conflicts, seen.taken)
    if seen.impossible:
        click.echo(f"\n{seen.impossible} posts stay: their new addresses would be too long.")
    if seen.moving or seen.taken:
        click.echo("\nNothing was changed. Do it with --apply.")


def _show_steps(steps: Sequence[rules.Step], number: int) -> None:
    for step in steps:
        taken = f"   (post {step.taken_by})" if step.taken_by else ""
        click.echo(f"  {step.old}\n    -> {step.new}{taken}")
    if number > len(steps):
        click.echo(f"  and {number - len(steps)} more")


def _post(text: str, slug: str | None) -> Post:
    found = posts_named(text, chosen_site(slug).id if slug else None)
    if not found:
        raise click.ClickException(f"No post is known as {text}. A post is named by its number or address.")
    if len(found) > 1:
        raise click.ClickException(f"Several blogs have a post at {text}: say which one with --site.")
    return found[0]


def _thread(number: int) -> Thread:
    try:
        return thread_for(Action.REMAP, SHELL, number)
    except NotFound:
        raise click.ClickException(f"There is no thread {number}.") from None


def _rule(old: str, new: str) -> Prefixes:
    try:
        return prefixes(old, new)
    except RuleRefused as refusal:
        wrong = old if refusal.field == "old" else new
        raise click.ClickException(f"{wrong} {REFUSALS[refusal.code]}.") from None
