"""Changing what the board knows of a blog, and who may embed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from board.sites.models import Site
from board.sites.registration import Changes, change_site, remove_origin, set_origins
from board.sites.rules import MAX_DEFAULT_PROMPT_CHARS, Part, SiteRefused
from tests.support.makers import Makers


@pytest.fixture
def site(session: Session, makers: Makers) -> Site:
    makers.site(slug="blog", name="Blog", origin="https://blog.test", default_prompt="And you?")
    return present(session)


def present(session: Session) -> Site:
    return session.scalars(select(Site).options(selectinload(Site.origins))).one()


def origins(site: Site) -> list[str]:
    return sorted(one.origin for one in site.origins)


def test_what_is_not_named_stays(session: Session, site: Site) -> None:
    change_site(site, {"name": " A  quiet\nblog ", "opens_from": None})
    session.commit()
    site = present(session)
    assert (site.name, site.opens_from) == ("A quiet blog", None)
    assert (site.base_url, site.default_prompt, site.policy) == ("https://blog.test", "And you?", "hold")


def test_a_blog_that_moved_may_embed_from_both_places(session: Session, site: Site) -> None:
    change_site(site, {"address": "https://New.example:443/notes/"})
    session.commit()
    site = present(session)
    assert site.base_url == "https://new.example/notes"
    assert origins(site) == ["https://blog.test", "https://new.example"]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"name": " "}, Part.NAME),
        ({"name": "x" * 121}, Part.NAME),
        ({"address": "blog.test"}, Part.ADDRESS),
        ({"address": "https://blog.test/?p=1"}, Part.ADDRESS),
        ({"address": "https://blog.test/" + "x" * 500}, Part.ADDRESS),
        ({"language": "klingon!"}, Part.LANGUAGE),
        ({"policy": "burn"}, Part.POLICY),
        ({"default_prompt": "x" * (MAX_DEFAULT_PROMPT_CHARS + 1)}, Part.DEFAULT_PROMPT),
        ({"opens_from": 1.01}, Part.OPENS_FROM),
        ({"opens_from": float("nan")}, Part.OPENS_FROM),
        ({"accent_hue": 360}, Part.ACCENT_HUE),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    session: Session, site: Site, changes: Changes, part: Part
) -> None:
    with pytest.raises(SiteRefused) as refusal:
        change_site(site, {"name": "Another", "policy": "publish", **changes})
    assert refusal.value.part is part
    assert not session.dirty


def test_origins_are_set_as_a_whole_and_the_blogs_own_always_belongs(session: Session, site: Site) -> None:
    set_origins(site, ["https://www.blog.test/about", "http://LOCALHOST:4000", "https://www.blog.test"])
    session.commit()
    assert origins(present(session)) == [
        "http://localhost:4000",
        "https://blog.test",
        "https://www.blog.test",
    ]
    set_origins(present(session), [])
    session.commit()
    assert origins(present(session)) == ["https://blog.test"]


def test_the_blogs_own_origin_cannot_be_removed(session: Session, site: Site) -> None:
    with pytest.raises(SiteRefused) as refusal:
        remove_origin(site, "https://blog.test/about")
    assert refusal.value.part is Part.OWN_ORIGIN
    with pytest.raises(SiteRefused) as refusal:
        set_origins(site, ["https://www.blog.test", "'self'"])
    assert refusal.value.part is Part.ORIGIN
    session.commit()
    assert origins(present(session)) == ["https://blog.test"]


def test_a_site_is_changed_from_the_command_line(
    session: Session, site: Site, run_command: Callable[..., Result]
) -> None:
    told = run_command("site", "set", "blog", "--default-prompt", "", "--opens-from", "never").output
    assert "wait for a yes; without one: (no discussion)" in told
    assert (present(session).default_prompt, present(session).opens_from) == ("", None)
    told = run_command(
        "site", "set", "blog", "--opens-from", "0.85", "--accent-hue", "10", "--policy", "publish"
    ).output
    assert "open by themselves from 0.85 on" in told
    site = present(session)
    assert (site.opens_from, site.accent_hue, site.policy) == (0.85, 10, "publish")
    assert "nothing changed" in run_command("site", "set", "blog").output


@pytest.mark.parametrize(
    "arguments",
    [
        ["blog", "--opens-from", "2"],
        ["blog", "--opens-from", "nan"],
        ["blog", "--name", ""],
        ["missing", "--name", "Blog"],
    ],
)
def test_the_command_says_what_is_wrong_in_one_sentence(
    session: Session, site: Site, run_command: Callable[..., Result], arguments: list[str]
) -> None:
    result = run_command("site", "set", *arguments)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
    assert present(session).name == "Blog"


def test_a_confidence_that_is_no_number_is_a_wrong_option(
    site: Site, run_command: Callable[..., Result]
) -> None:
    result = run_command("site", "set", "blog", "--opens-from", "often")
    assert result.exit_code == 2
    assert "say a number from 0 to 1, or never" in result.output


def test_an_origin_is_removed_from_the_command_line(
    session: Session, site: Site, run_command: Callable[..., Result]
) -> None:
    run_command("site", "origin", "blog", "https://www.blog.test")
    told = run_command("site", "origin", "blog", "https://www.blog.test/x", "--remove").output
    assert told.splitlines()[-1] == "  Embedded: https://blog.test"
    again = run_command("site", "origin", "blog", "https://www.blog.test", "--remove").output
    assert again.startswith("Nothing changed: it could not before.")
    refused = run_command("site", "origin", "blog", "https://blog.test", "--remove")
    assert "its pages always may" in refused.output
    assert (refused.exit_code, origins(present(session))) == (1, ["https://blog.test"])
