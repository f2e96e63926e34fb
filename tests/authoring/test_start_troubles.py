"""The first steps where something is wrong with the blog, its address or its feed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.start_forms import with_scheme
from board.authoring.start_wording import TROUBLES
from board.sites.models import Site, SiteOrigin
from board.sources.models import Feed
from board.threads.models import Post
from tests.authoring.blog import START, begin, begun, serve, site_of, ticked, work
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, words
from tests.support.web import HOST, Reply, WebServer


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "Where is your blog?"),
        ("my blog", "Write the address of the blog as in https://blog.example"),
        ("ftp://blog.example", "Write the address of the blog as in https://blog.example"),
        ("blog.example/?p=1", "without ? and #"),
        ("ada@blog.example", "Write the address of the blog"),
        ("https://", "Write the address of the blog"),
        ("x" * 600, "Write the address of the blog"),
        ("bad\x00.example\x00/<b>", None),
    ],
)
def test_what_is_no_address_is_said_plainly_and_kept(
    owner: FlaskClient, session: Session, typed: str, complaint: str | None
) -> None:
    answer = begin(owner, typed)
    if complaint is None:
        assert answer.status_code in {303, 422}
        return
    assert answer.status_code == 422
    assert complaint in words(answer)
    assert form_values(answer, START)[1]["address"] == (with_scheme(typed) or "")
    assert session.scalars(select(Site)).all() == []


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(status=503), "Its server answered, but with an error. (the server answered 503)"),
        (Reply(b"\x89PNG", "image/png"), "There is something at this address, but no page."),
        (Reply(status=410), "Its server says that it is gone for good."),
        (
            Reply(status=302, headers={"Location": "http://169.254.169.254/"}),
            "It is not on the public internet.",
        ),
    ],
)
def test_a_blog_that_cannot_be_read_says_why_and_may_be_tried_again(
    owner: FlaskClient,
    board: Flask,
    web_server: WebServer,
    session: Session,
    reply: Reply,
    sentence: str,
) -> None:
    web_server.replies["/"] = reply
    place = begin(owner, web_server.address).location
    work(board)
    page = owner.get(place)
    assert "Your blog could not be read" in words(page)
    assert sentence in words(page)
    assert form_values(page, "/again")[1]["address"] == web_server.address
    serve(web_server)
    answer = fill_and_send(owner, place, "/again")
    assert answer.location == place
    assert "Reading your blog" in words(owner.get(place))
    work(board)
    assert len(ticked(owner.get(place))) == 2


def test_a_mistaken_address_is_put_right(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    serve(web_server)
    place = begin(owner, "no-such-blog.invalid").location
    work(board)
    assert "There is nobody of this name on the internet." in words(owner.get(place))
    fill_and_send(owner, place, "/again", address=web_server.address)
    site = site_of(session)
    assert site.base_url == web_server.address
    assert session.scalars(select(SiteOrigin.origin)).all() == [web_server.address]
    work(board)
    assert len(ticked(owner.get(place))) == 2
    assert site_of(session).name == "The Quiet Desk"


def test_a_blog_that_leads_elsewhere_suggests_that_address(
    make_app: Callable[..., Flask], web_server: WebServer, makers: Makers
) -> None:
    other = web_server.address.replace(HOST, "localhost")
    board = make_app(BOARD_PRIVATE_BLOGS=f"{web_server.address} {other}")
    owner = signed_in(board, makers.account())
    web_server.replies["/old/"] = web_server.replies["/old"] = Reply(status=301, headers={"Location": other})
    web_server.page("/", "<title>Here</title>")
    place = begin(owner, f"{web_server.address}/old").location
    work(board)
    page = owner.get(place)
    assert f"It leads to {other}" in words(page)
    assert form_values(page, "/again")[1]["address"] == other


def test_without_a_feed_one_may_name_it_or_a_post(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    place = begun(owner, board, web_server, links="")
    page = owner.get(place)
    assert "No feed was found" in words(page)
    assert fill_and_send(owner, place, "/page", place="no address").status_code == 422
    fill_and_send(owner, place, "/page", place=f"{web_server.address}/kettles")
    work(board)
    page = owner.get(place)
    assert [one.split("?")[0] for one in ticked(page)] == ["Your turn What have you mended more than once"]
    assert "new posts are read when their first reader opens them" in words(page)
    assert session.scalars(select(Post.title)).all() == ["On kettles"]
    serve(web_server)
    fill_and_send(owner, place, "/page", place=f"{web_server.address}/feed")
    work(board)
    assert len(ticked(owner.get(place))) == 2
    assert session.scalars(select(Feed.address)).all() == [f"{web_server.address}/feed"]


def test_a_feed_may_stand_on_another_host(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    place = begun(owner, board, web_server, links="")
    fill_and_send(owner, place, "/page", place="https://feeds.invalid/my-blog")
    assert session.scalars(select(Feed.address)).all() == ["https://feeds.invalid/my-blog"]
    assert "Reading your blog" in words(owner.get(place))
    work(board)
    page = words(owner.get(place))
    assert "No posts yet" in page
    assert "its host is not known" in page


def test_every_reason_has_words(owner: FlaskClient) -> None:
    known = {"address", "name", "private", "port", "network", "time", "status", "gone", "redirects", "type"}
    assert known <= set(TROUBLES)
