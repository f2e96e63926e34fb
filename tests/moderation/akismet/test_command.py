"""`board site akismet`."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.moderation.akismet_keys import KeyDeed
from board.sites.models import Site
from tests.support.akismet import KEY, AkismetServer, Said
from tests.support.applications import run_command
from tests.support.makers import Makers

ALONE = "The Quiet Blog shows its comments to nobody else."


def told(board: Flask, *arguments: str, stdin: str | None = None) -> str:
    return run_command(board, "site", "akismet", "quiet", *arguments, stdin=stdin).output


def key_of(session: Session) -> str:
    session.expire_all()
    return session.scalars(select(Site.akismet_key)).one()


def test_a_key_is_set_tried_at_once_shown_by_its_end_and_taken_away(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers
) -> None:
    makers.site(slug="quiet", name="The Quiet Blog")
    assert ALONE in told(board)
    said = told(board, KEY)
    assert "with the key …345. Akismet knows it." in said
    assert KEY not in said
    assert key_of(session) == KEY
    assert ALONE in told(board, "--stop")
    assert key_of(session) == ""
    acts = session.scalars(select(Deed.act).order_by(Deed.id)).all()
    assert acts == [KeyDeed.SET, KeyDeed.TAKEN, KeyDeed.REMOVED]
    assert len(akismet.calls) == 1


def test_a_key_that_is_asked_for_stands_in_no_history(board: Flask, session: Session, makers: Makers) -> None:
    makers.site(slug="quiet", name="The Quiet Blog")
    assert "Akismet knows it." in told(board, "-", stdin=f"{KEY}\n")
    assert key_of(session) == KEY


def test_a_key_that_is_refused_or_not_answered_is_told(
    board: Flask, akismet: AkismetServer, makers: Makers
) -> None:
    makers.site(slug="quiet", name="The Quiet Blog")
    akismet.mood = lambda _: Said("", 500)
    assert "as soon as Akismet answers" in told(board, "another00000")
    akismet.mood = lambda _: None
    told(board, "another00000")
    assert "Akismet knows it" not in told(board)


def test_what_is_no_key_or_no_blog_changes_nothing(board: Flask, session: Session, makers: Makers) -> None:
    makers.site(slug="quiet", akismet_key=KEY)
    assert "letters and digits" in told(board, "no key")
    assert key_of(session) == KEY
    assert "There is no site 'loud'" in run_command(board, "site", "akismet", "loud", KEY).output
