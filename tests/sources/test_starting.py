"""What the worker does with an address that an owner gave to begin with, on a blog on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.sites.models import Site
from board.sites.registration import NewSite, add_site
from board.sources import polling
from board.sources.models import Feed, Reading, ReadingState, Why
from board.sources.queries import site_with_id
from board.sources.starting import LAST_POSTS, working_name
from board.sources.waiting import ask_for
from board.threads.models import Draft, Post
from tests.support.exports import address_of, page_html, rss
from tests.support.web import HOST, Asked, Reply, WebServer

RSS_TYPE = "application/rss+xml"
FRONT = """<!doctype html><html lang="{lang}"><head><title>Home</title>{head}</head><body><p>Hello</p></body></html>"""
LINK = '<link rel="alternate" type="application/rss+xml" href="/feed">'
NOW = clock.now()


@pytest.fixture
def site_id(board: Flask, web_server: WebServer) -> int:
    """The blog on this machine, as the wizard made it a moment ago."""
    with board.app_context():
        name = working_name(web_server.address)
        site = add_site(NewSite(name=name, address=web_server.address, slug="blog"), now=NOW)
        site.opens_from = None
        db.session.flush()
        number = site.id
        db.session.commit()
    return number


def serve(web_server: WebServer, *numbers: int, whole: bool = True, head: str = LINK, lang: str = "") -> None:
    web_server.replies["/"] = Reply(FRONT.format(head=head, lang=lang))
    web_server.replies["/feed"] = Reply(rss(numbers, blog=web_server.address, whole=whole).encode(), RSS_TYPE)
    for number in numbers:
        web_server.replies[address_of(number, "")] = Reply(page_html(number, web_server.address))


def begin(board: Flask, site_id: int, address: str = "") -> None:
    """Ask as the wizard does, and let the worker do its rounds."""
    with board.app_context():
        site = site_with_id(site_id)
        ask_for(site, address or site.base_url, Why.START, NOW)
        db.session.commit()
        polling.read_pages(NOW)


def readings(session: Session) -> list[tuple[str, str]]:
    return [(row.state, row.said) for row in session.scalars(select(Reading).order_by(Reading.id))]


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Post.title).order_by(Post.id)))


def site_of(session: Session) -> Site:
    return session.scalars(select(Site)).one()


def test_the_feed_is_found_the_name_taken_and_the_last_posts_wait_for_a_yes(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, *range(12, 0, -1), lang="de-AT")
    begin(board, site_id)
    feed = session.scalars(select(Feed)).one()
    assert (feed.address, feed.due_at) == (f"{web_server.address}/feed", NOW)
    assert (site_of(session).name, site_of(session).language) == ("The Desk", "de")
    assert titles(session) == [f"Kettle {number}" for number in range(13 - LAST_POSTS, 13)]
    assert len(session.scalars(select(Draft).where(Draft.state == "waiting")).all()) == LAST_POSTS
    with board.app_context():
        polling.read_feeds(NOW)
    assert len(titles(session)) == 12


def test_where_the_feed_has_summaries_the_last_pages_are_read_at_once(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, *range(12, 0, -1), whole=False)
    begin(board, site_id)
    assert titles(session) == [f"Kettle {number}" for number in range(13 - LAST_POSTS, 13)]
    assert readings(session) == [(ReadingState.DONE, "")] * (LAST_POSTS + 1)
    assert set(session.scalars(select(Reading.why))) == {Why.START}


def test_looking_again_reads_what_is_new(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, 1)
    begin(board, site_id)
    serve(web_server, 2, 1)
    begin(board, site_id)
    assert titles(session) == ["Kettle 1", "Kettle 2"]


def test_a_name_that_the_owner_gave_stays(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    site = site_of(session)
    site.name, site.language = "Kettles and I", "fr"
    session.commit()
    serve(web_server, 1, lang="de")
    begin(board, site_id)
    session.refresh(site)
    assert (site.name, site.language) == ("Kettles and I", "fr")


def test_a_blog_without_a_feed_is_known_by_its_window(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    web_server.page("/", FRONT.format(head="", lang=""))
    begin(board, site_id)
    assert (site_of(session).name, readings(session)) == ("Home", [(ReadingState.DONE, "")])
    assert session.scalars(select(Feed)).all() == []


def test_the_address_of_a_feed_may_be_given_after_that(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, 2, 1, head="")
    web_server.replies["/hidden"] = web_server.replies.pop("/feed")
    begin(board, site_id)
    assert titles(session) == []
    begin(board, site_id, f"{web_server.address}/hidden")
    assert titles(session) == ["Kettle 1", "Kettle 2"]
    assert session.scalars(select(Feed.address)).all() == [f"{web_server.address}/hidden"]


def test_so_may_the_address_of_a_post(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, 1)
    begin(board, site_id, address_of(1, web_server.address))
    assert titles(session) == ["Kettle 1"]
    assert web_server.paths_asked() == ["/post-1/"]


def test_the_feeds_address_given_for_the_blogs_leads_to_the_blog(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, 1)
    site = site_of(session)
    site.base_url = f"{web_server.address}/feed"
    session.commit()
    begin(board, site_id)
    session.refresh(site)
    assert (site.base_url, site.name) == (web_server.address, "The Desk")
    assert titles(session) == ["Kettle 1"]


def test_a_blog_that_leads_to_another_is_not_taken_for_it(
    make_app: Callable[..., Flask], web_server: WebServer, site_id: int, session: Session
) -> None:
    other = web_server.address.replace(HOST, "localhost")
    web_server.replies["/"] = Reply(status=301, headers={"Location": f"{other}/en/"})
    web_server.page("/en/", FRONT.format(head="", lang=""))
    begin(make_app(BOARD_PRIVATE_BLOGS=f"{web_server.address} {other}"), site_id)
    assert readings(session) == [(ReadingState.FAILED, f"moved: {other}/en/")]
    assert site_of(session).name == working_name(web_server.address)


def test_posts_that_stand_elsewhere_are_not_this_blogs(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server)
    web_server.replies["/feed"] = Reply(rss([1], blog="https://notes.blog.test").encode(), RSS_TYPE)
    begin(board, site_id)
    assert readings(session) == [(ReadingState.FAILED, "elsewhere: https://notes.blog.test")]
    assert (titles(session), session.scalars(select(Feed)).all()) == ([], [])


@pytest.mark.parametrize(
    ("reply", "state", "said"),
    [
        (Reply(status=503), ReadingState.WAITING, "status: the server answered 503"),
        (Reply(b"\x89PNG", "image/png"), ReadingState.FAILED, "type: it is image/png, not a feed"),
        (Reply(b"x" * 9_000_000), ReadingState.FAILED, "size: it is larger than 8 MB"),
        (Reply(status=410), ReadingState.FAILED, "gone: its server says that it is gone for good"),
    ],
)
def test_what_came_between_begins_with_a_code(
    board: Flask, web_server: WebServer, site_id: int, session: Session, reply: Reply, state: str, said: str
) -> None:
    web_server.replies["/"] = reply
    begin(board, site_id)
    assert readings(session) == [(state, said)]


def test_a_post_that_cannot_be_read_does_not_hold_up_the_others(
    board: Flask, web_server: WebServer, site_id: int, session: Session
) -> None:
    serve(web_server, 2, 1, whole=False)

    def away(_asked: Asked) -> Reply:
        return Reply(status=404)

    web_server.replies["/post-1/"] = away
    begin(board, site_id)
    assert titles(session) == ["Kettle 2"]
    assert readings(session) == [("done", ""), ("waiting", "status: the server answered 404"), ("done", "")]
