"""Feeds that the worker reads by itself, from a blog on this machine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.sites.models import Site
from board.sources.following import EVERY, LONGEST_PAUSE, NEVER, pause_after
from board.sources.models import Reading, ReadingState
from board.threads.models import Draft, Post, PostAddress
from tests.sources.following import (
    NOW,
    RSS_TYPE,
    asks,
    prompts,
    read_feeds,
    read_pages,
    serve_feed,
    serve_pages,
    state,
)
from tests.support.exports import address_of, rss
from tests.support.statements import counted_statements
from tests.support.web import Asked, Reply, WebServer


def test_whole_posts_of_a_feed_open_their_threads_the_eldest_first(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 3, 2, 1)
    read_feeds(board)
    assert prompts(session) == [asks(1), asks(2), asks(3)]
    assert web_server.paths_asked() == ["/feed"]
    post = session.scalars(select(Post).order_by(Post.id)).first()
    assert post is not None
    assert (post.title, post.address) == ("Kettle 1", address_of(1, web_server.address))
    assert post.published_at is not None
    assert (state(session).said, state(session).read_at) == ("", NOW)


def test_the_feeds_own_name_of_a_post_is_one_of_its_addresses(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    """WordPress: the post is found again when the permalinks of the blog are changed."""
    serve_feed(web_server, 1)
    read_feeds(board)
    keys = set(session.scalars(select(PostAddress.address_key)))
    assert any(key.endswith("/?p=1") for key in keys)
    moved = rss([1], blog=web_server.address).replace("/post-1/", "/2010/post-1/")
    web_server.replies["/feed"] = Reply(moved.encode(), RSS_TYPE)
    read_feeds(board, NOW + EVERY * 2)
    assert session.scalars(select(Post.address)).all() == [address_of(1, f"{web_server.address}/2010")]
    assert len(prompts(session)) == 1


def test_a_front_page_is_never_the_name_of_a_post(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    item = "<item><link>/post-9/</link><guid isPermaLink='false'>{address}/</guid><title>K</title></item>"
    serve_pages(web_server, 9)
    serve_feed(web_server, extra=item.replace("{address}", web_server.address))
    read_feeds(board)
    read_pages(board)
    assert [
        key for key in session.scalars(select(PostAddress.address_key)) if not key.endswith("/post-9")
    ] == []


def test_posts_of_which_the_feed_has_a_summary_are_fetched_two_seconds_apart(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 2, 1, whole=False)
    serve_pages(web_server, 1, 2)
    read_feeds(board)
    assert prompts(session) == []
    read_pages(board)
    assert prompts(session) == [asks(1)]
    read_pages(board, NOW + timedelta(seconds=2))
    assert prompts(session) == [asks(1), asks(2)]
    assert set(session.scalars(select(Reading.state))) == {ReadingState.DONE}


def test_what_did_not_change_costs_nothing(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, *range(1, 41))
    read_feeds(board)
    with counted_statements(board) as statements:
        read_feeds(board, NOW + EVERY * 2)
    assert len(prompts(session)) == 40
    assert len(statements) < 12
    assert not [one for one in statements if one.startswith(("INSERT", "DELETE"))]


def test_a_feed_is_asked_whether_it_changed(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    def reply(asked: Asked) -> Reply:
        known = asked.headers.get("If-None-Match") == '"1"'
        text = rss([1], blog=web_server.address)
        return Reply(status=304) if known else Reply(text.encode(), RSS_TYPE, headers={"ETag": '"1"'})

    web_server.replies["/feed"] = reply
    read_feeds(board)
    read_feeds(board, NOW + EVERY * 2)
    assert [asked.headers.get("If-None-Match") for asked in web_server.asked] == [None, '"1"']
    assert (state(session).etag, state(session).read_at) == ('"1"', NOW + EVERY * 2)


def test_a_feed_is_not_asked_before_its_time(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server)
    read_feeds(board)
    assert EVERY <= state(session).due_at - NOW <= EVERY * 1.2
    read_feeds(board, NOW + EVERY * 0.9)
    assert len(web_server.asked) == 1


def test_an_edited_post_keeps_its_thread_and_proposes_its_new_words(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 1)
    read_feeds(board)
    edited = rss([1], blog=web_server.address).replace("mended 1 times?", "mended and mended again?")
    web_server.replies["/feed"] = Reply(edited.encode(), RSS_TYPE)
    read_feeds(board, NOW + EVERY * 2)
    assert prompts(session) == [asks(1)]
    waiting = session.scalars(select(Draft).where(Draft.state == "waiting")).one()
    assert waiting.is_renewal
    assert "mended again" in waiting.prompt


def test_a_site_may_let_every_prompt_wait(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    site.opens_from = None
    serve_feed(web_server, 1)
    session.commit()
    read_feeds(board)
    assert prompts(session) == []
    assert session.scalars(select(Draft.prompt)).all() == [asks(1)]


def test_posts_of_other_blogs_are_told_of_and_left_out(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    foreign = "<item><link>https://elsewhere.test/a</link><title>A</title></item>"
    serve_feed(web_server, 1, extra=foreign)
    read_feeds(board)
    assert len(prompts(session)) == 1
    assert state(session).said == "https://elsewhere.test/a: elsewhere.test is no host of this blog"
    assert session.scalars(select(Reading)).all() == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=503), "the server answered 503"),
        (Reply("<html></html>"), "it cannot be read as a feed: it is a web page"),
        (Reply(b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss/>", RSS_TYPE), "it cannot be read as a feed: it brings a document"),
        (Reply(b"x" * 9_000_000, RSS_TYPE), "it is larger than 8 MB"),
        (Reply(b"\x89PNG", "image/png"), "it is image/png, not a feed"),
        (Reply(status=302, headers={"Location": "/feed"}), "it was sent on more than 4 times"),
        (Reply(status=301, headers={"Location": "http://169.254.169.254/"}), "its host is not on the public internet"),
    ],
)  # fmt: skip
def test_a_feed_that_fails_is_left_alone_ever_longer_and_says_why(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session, reply: Reply, said: str
) -> None:
    web_server.replies["/feed"] = reply
    now = NOW
    for failures in (1, 2):
        read_feeds(board, now)
        assert state(session).failures == failures
        assert state(session).said.startswith(said)
        pause = state(session).due_at - now
        assert EVERY * 2**failures <= pause <= EVERY * 2**failures * 1.2
        now = state(session).due_at
    serve_feed(web_server, 1)
    read_feeds(board, now)
    assert (state(session).failures, state(session).said, len(prompts(session))) == (0, "", 1)


def test_no_pause_is_longer_than_a_day_and_a_bit() -> None:
    assert pause_after(50, 0) == LONGEST_PAUSE
    assert pause_after(50, 1) <= LONGEST_PAUSE * 1.2


def test_a_server_that_wants_patience_gets_it(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    web_server.replies["/feed"] = Reply(status=429, headers={"Retry-After": "36000"})
    read_feeds(board)
    assert state(session).due_at - NOW == timedelta(hours=10)


def test_a_feed_that_moved_is_asked_at_its_new_place(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 1)
    web_server.replies["/new"] = web_server.replies["/feed"]
    web_server.replies["/feed"] = Reply(status=308, headers={"Location": "/new"})
    read_feeds(board)
    assert state(session).address == f"{web_server.address}/new"
    web_server.replies["/new"] = Reply(status=302, headers={"Location": "/elsewhere"})
    read_feeds(board, NOW + EVERY * 2)
    assert state(session).address == f"{web_server.address}/new"


def test_a_feed_that_is_gone_for_good_is_not_asked_again(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    web_server.replies["/feed"] = Reply(status=410)
    read_feeds(board)
    assert (state(session).due_at, state(session).said) == (NEVER, "its server says that it is gone for good")
