"""Who is refused inside a blog's post is told there, and keeps their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.comments.models import Comment
from board.sites.models import Site
from tests.browser.acts import post_on_a_blog, write_comment
from tests.support.applications import client_of
from tests.support.browser import Problems
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, words

Served = Callable[..., str]
ONE = {"BOARD_COMMENT_RATE": "1 per hour"}
PLAIN = """<!doctype html><html lang="en"><title>On kettles</title><link rel="icon" href="data:,">
<iframe title="Discussion" width="600" height="900" src="{board}/embed/blog?key=k"></iframe></html>"""


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog", origin="https://blog.test")


def ancestors(answer: TestResponse) -> str:
    return str(answer.headers["Content-Security-Policy"]).rpartition("frame-ancestors ")[2]


def test_too_many_comments_in_a_frame_are_told_in_the_frame(
    make_app: Callable[..., Flask], makers: Makers, site: Site
) -> None:
    client, thread = client_of(make_app(**ONE)), makers.thread(site)
    page = f"/embed/t/{thread.id}"
    assert fill_and_send(client, page, "/comments", name="Ada", source="The first.").status_code == 303
    answer = fill_and_send(client, page, "/comments", name="Ada", source="The second.")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "The second." in words(answer)
    assert ancestors(answer) == "*"
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    outside = fill_and_send(client, f"/t/{thread.id}", "/comments", name="Ada", source="The third.")
    assert (outside.status_code, ancestors(outside)) == (429, "'none'")


def test_a_form_from_elsewhere_is_refused_where_it_can_be_read(
    client: FlaskClient, makers: Makers, site: Site
) -> None:
    address = f"/t/{makers.thread(site).id}/comments?in=frame"
    answer = client.post(address, data={"source": "Mine."}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, ancestors(answer)) == (403, "*")


@pytest.mark.parametrize("path", ["/sign-in", "/desk/blocks", "/account/name", "/nowhere"])
def test_what_is_not_meant_for_frames_is_refused_in_none(client: FlaskClient, path: str) -> None:
    answer = client.post(f"{path}?in=frame", data={"email": "", "source": "x"})
    assert answer.status_code >= 400
    assert ancestors(answer) == "'none'"


def test_with_script_the_form_keeps_the_words_and_says_why(
    page: Page, session: Session, makers: Makers, serve: Served, blog_server: Served, problems: Problems
) -> None:
    problems.expect("status of 429")
    address, _ = post_on_a_blog(makers, serve(**ONE), blog_server)
    page.goto(address)
    frame = page.frame_locator("iframe")
    write_comment(frame, "The first thought.", "Ada")
    expect(frame.locator("[data-own]")).to_contain_text("waiting for approval")
    write_comment(frame, "The second thought.", "Ada")
    expect(frame.get_by_role("alert")).to_contain_text("too many tries")
    expect(frame.get_by_label("Your thoughts").last).to_have_value("The second thought.")
    assert len(session.scalars(select(Comment)).all()) == 1


def test_without_script_the_words_stand_in_the_frame(
    scriptless_page: Page,
    session: Session,
    makers: Makers,
    serve: Served,
    blog_server: Served,
    problems: Problems,
) -> None:
    """The refusal could not be shown in a frame at all: what the reader had written was gone."""
    problems.expect("status of 429")
    board = serve(**ONE)
    site = makers.site(slug="blog")
    blog = blog_server({"/post": PLAIN.format(board=board)})
    makers.thread(post=makers.post(makers.let_embed(site, blog), address=f"{blog}/post", key="k"))
    for thought in ("The first thought.", "The second thought."):
        scriptless_page.goto(f"{blog}/post")
        frame = scriptless_page.frame_locator("iframe")
        write_comment(frame, thought, "Pia")
        expect(frame.get_by_text(thought).first).to_be_visible()
    expect(frame.get_by_label("What you had written")).to_have_value("The second thought.")
    assert len(session.scalars(select(Comment)).all()) == 1
