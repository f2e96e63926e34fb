"""The `board` command: collects the commands of every feature, and turns mistakes into sentences."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import Any

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError, ProgrammingError

from board import create_app, running, setup
from board.accounts.cli import staff
from board.authoring.move_cli import thread
from board.config import Settings, SettingsInvalid, setting_fields
from board.foundation.errors import BoardError
from board.inbound import cli as inbound  # noqa: F401  # its commands join those of mail
from board.mail import doctor_cli  # noqa: F401  # its command joins those of mail
from board.mail.cli import mail, worker
from board.moderation import site_cli  # noqa: F401  # its command joins those of site
from board.people import cli as people  # noqa: F401  # its commands join those of staff
from board.sites.cli import site
from board.sources.cli import post
from board.sources.prompts_cli import prompts
from board.subscriptions import cli as audience  # noqa: F401  # its command joins those of mail

HIDDEN = "(hidden)"
NO_DATABASE = "The database does not answer or is not set up: `board setup` makes it ready. It said: {said}"


class Sentences(click.Group):
    """A group whose commands end with a sentence, never with a stack trace, when they cannot go on."""

    def invoke(self, ctx: click.Context) -> Any:
        ctx.obj = ctx.obj or ScriptInfo(create_app=create_app, set_debug_flag=False)
        try:
            return super().invoke(ctx)
        except SettingsInvalid as invalid:
            for mistake in invalid.mistakes:
                click.echo(mistake, err=True)
            ctx.exit(2)
        except BoardError as error:
            raise click.ClickException(f"{error.title}. {error.words}") from None
        except (OperationalError, ProgrammingError) as error:
            said = str(error.orig).strip().splitlines()[0]
            raise click.ClickException(NO_DATABASE.format(said=said)) from None
        except BrokenPipeError:
            raise  # whoever read our output has read enough; click ends quietly
        except OSError as error:
            what = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{what}{error.strerror or error}.") from None


def version() -> str:
    try:
        return installed_version("reflection-board")
    except PackageNotFoundError:  # a checkout that was never installed
        return "from a checkout"


@click.group("board", cls=Sentences)
@click.version_option(version(), prog_name="Reflection Board", message="%(prog)s %(version)s")
def cli() -> None:
    """Reflection Board: moderated discussions of the questions that blog posts end with.

    \b
    Example:
      board run --demo
    """


@cli.command("settings")
def show_settings() -> None:
    """Show every setting: what is in force, where it comes from, what it means.

    \b
    Example:
      BOARD_PORT=9000 board settings
    """
    settings = Settings.from_environ(os.environ)
    for one in setting_fields():
        value = getattr(settings, one.name)
        shown = HIDDEN if one.metadata["hidden"] and value else _shown(value) or "(empty)"
        click.echo(f"{one.metadata['variable']} = {shown}   [{settings.sources[one.name]}]")
        click.echo(f"    {one.metadata['meaning']}")


@cli.command("setup")
def set_up() -> None:
    """Make the data folder, a secret and the database. Changes nothing that is there already.

    \b
    Example:
      board setup
    """
    data = setup.make_folder(os.environ)
    setup.migrate(create_app())
    click.echo(f"Ready. Everything is kept in {data}")


@cli.command("migrate")
def migrate() -> None:
    """Bring the database to the newest schema, after an upgrade.

    \b
    Example:
      board migrate
    """
    changed = setup.migrate(create_app())
    click.echo("The database has the newest schema now." if changed else "The database was up to date.")


@cli.command("run")
@click.option("--demo", is_flag=True, help="Serve a small demo blog beside the board.")
@click.pass_context
def run(ctx: click.Context, demo: bool) -> None:
    """Make everything ready, then serve the board and send its mail until Ctrl-C.

    PORT is honoured where BOARD_PORT is not set.

    \b
    Example:
      BOARD_PORT=9000 board run
    """
    try:
        ctx.exit(running.run(os.environ, demo=demo))
    except running.PortTaken as taken:
        raise click.ClickException(str(taken)) from None


def _shown(value: Any) -> str:
    """A setting as it would be written in a variable."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else str(value)


for command in (mail, post, prompts, site, staff, thread, worker):
    cli.add_command(command)


def main() -> None:
    cli(prog_name="board")
