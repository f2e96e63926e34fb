"""`board site akismet`: the key with which a blog asks Akismet."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from board.accounts.cli import COMMAND_LINE
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.moderation.akismet_keys import SHAPE, KeyDeed, KeyState, key_state, masked, set_key, try_keys
from board.sites.cli import site
from board.sites.models import Site
from board.sites.queries import site_by_slug

ASK = "-"


@site.command("akismet")
@click.argument("slug")
@click.argument("key", required=False)
@click.option("--stop", is_flag=True, help="Ask Akismet no more about comments on this blog.")
@with_appcontext
def akismet(slug: str, key: str | None, stop: bool) -> None:
    """Let the blog SLUG ask Akismet about its comments, with KEY, or show whether it does.

    A dash for KEY asks for it, so that it stands in no history.

    \b
    Example:
      board site akismet my-blog -
    """
    chosen = _site(slug)
    if stop:
        set_key(chosen, "", COMMAND_LINE, clock.now())
        db.session.commit()
    elif key is not None:
        _use(chosen, click.prompt("Key to Akismet", hide_input=True) if key == ASK else key)
    click.echo(_told(chosen, key_state(chosen)))


def _use(chosen: Site, key: str) -> None:
    if not SHAPE.fullmatch(key.strip()):
        raise click.ClickException("A key is made of letters and digits.")
    now = clock.now()
    set_key(chosen, key.strip(), COMMAND_LINE, now)
    db.session.commit()
    try_keys(now)


def _told(chosen: Site, state: KeyState | None) -> str:
    if not chosen.akismet_key:
        return f"{chosen.name} shows its comments to nobody else."
    known = {KeyDeed.TAKEN: "Akismet knows it.", KeyDeed.REFUSED: state.said if state else ""}
    became = known.get(
        state.last if state else KeyDeed.SET, "The worker tries it as soon as Akismet answers."
    )
    alert = f" Akismet says: {state.alert}" if state and state.alert else ""
    return f"{chosen.name} asks Akismet with the key {masked(chosen.akismet_key)}. {became}{alert}"


def _site(slug: str) -> Site:
    try:
        return site_by_slug(slug)
    except NotFound:
        raise click.ClickException(f"There is no site {slug!r}. `board site list` shows them.") from None
