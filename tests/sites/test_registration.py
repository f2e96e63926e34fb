"""Telling the board about blogs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor, Role
from board.sites.models import Site
from board.sites.queries import site_for
from board.sites.rules import normal_base, slug_from
from tests.support.makers import Makers


def test_a_site_is_made_from_its_name_and_address(
    session: Session, run_command: Callable[..., Result]
) -> None:
    result = run_command(
        "site",
        "add",
        "Ada's  Blög & more",
        "HTTPS://Blog.Example:443/notes/",
        "--origin",
        "http://localhost:4000/x",
    )
    assert result.exit_code == 0, result.output
    [site] = session.scalars(select(Site).options(selectinload(Site.origins)))
    assert (site.slug, site.name, site.base_url) == (
        "ada-s-blog-more",
        "Ada's Blög & more",
        "https://blog.example/notes",
    )
    assert [one.origin for one in site.origins] == ["http://localhost:4000", "https://blog.example"]
    assert (site.policy, site.language) == ("hold", "en")


@pytest.mark.parametrize(
    "arguments",
    [
        ["", "https://blog.example"],
        ["x" * 121, "https://blog.example"],
        ["Blog", "blog.example"],
        ["Blog", "https://blog.example?x=1"],
        ["Blog", "ftp://blog.example"],
        ["Blog", "https://"],
        ["Blog", "https://blog.example/" + "x" * 500],
        ["Blog", "https://blog.example", "--origin", "https://*.example"],
        ["Blog", "https://blog.example", "--origin", "'self'"],
        ["Blog", "https://blog.example", "--language", "klingon!"],
        ["Blog", "https://blog.example", "--slug", "Not A Slug"],
        ["Blog", "https://blog.example", "--slug", "x" * 41],
        ["博客", "https://blog.example"],
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    session: Session, run_command: Callable[..., Result], arguments: list[str]
) -> None:
    result = run_command("site", "add", *arguments)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
    assert session.scalars(select(Site)).all() == []


def test_a_slug_is_given_once(run_command: Callable[..., Result]) -> None:
    run_command("site", "add", "Blog", "https://blog.example")
    assert "already a site" in run_command("site", "add", "Blog", "https://other.example").output


def test_an_origin_is_added_once(makers: Makers, run_command: Callable[..., Result]) -> None:
    makers.site(slug="blog", origin="https://blog.test")
    added = run_command("site", "origin", "blog", "https://WWW.blog.test/about").output
    assert "https://blog.test, https://www.blog.test" in added
    assert "Nothing changed" in run_command("site", "origin", "blog", "https://www.blog.test").output
    assert "There is no site" in run_command("site", "origin", "x", "https://www.blog.test").output
    assert "blog.test" in run_command("site", "list").output


def test_anothers_site_does_not_exist(app: Flask, makers: Makers) -> None:
    own_id = makers.site(slug="own").id
    makers.site(slug="other")
    moderator = Actor(1, "Mod", {own_id: Role.MODERATOR})
    with app.app_context():
        assert site_for(Action.DECIDE, moderator, "own").id == own_id
        for action, slug in (
            (Action.DECIDE, "other"),
            (Action.DECIDE, "missing"),
            (Action.SEE_MAIL, "own"),
        ):
            with pytest.raises(NotFound):
                site_for(action, moderator, slug)


def test_names_become_slugs() -> None:
    assert slug_from("Über die Stille") == "uber-die-stille"
    assert slug_from("--- A  B ---") == "a-b"
    assert len(slug_from("word " * 40)) <= 40


def test_addresses_lose_what_does_not_matter() -> None:
    assert normal_base("http://Blog.example:80") == "http://blog.example"
    assert normal_base(" https://münchen.example/blog/ ") == "https://xn--mnchen-3ya.example/blog"
