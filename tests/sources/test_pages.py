"""Pages that the worker reads by itself, from a blog on this machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.sites.models import Site
from board.sources.models import Reading, ReadingState
from board.threads.models import Post
from tests.sources.following import NOW, asks, prompts, read_feeds, read_pages, serve_feed, serve_pages
from tests.support.web import Reply, WebServer


def test_a_page_that_leads_away_from_the_blog_is_not_taken(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 1, whole=False)
    other = web_server.address.replace("127.0.0.1", "localhost")
    web_server.replies["/post-1/"] = Reply(status=301, headers={"Location": f"{other}/post-1/"})
    read_feeds(board)
    read_pages(board)
    reading = session.scalars(select(Reading)).one()
    assert reading.state == ReadingState.FAILED
    assert session.scalars(select(Post)).all() == []


def test_a_page_that_is_away_is_tried_again_and_one_that_is_none_is_not(
    board: Flask, site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 2, 1, whole=False)
    web_server.replies["/post-1/"] = Reply(status=503)
    web_server.replies["/post-2/"] = Reply(b"\x89PNG", "image/png")
    read_feeds(board)
    read_pages(board, NOW + timedelta(seconds=3))
    states = dict(tuple(row) for row in session.execute(select(Reading.said, Reading.state)))
    assert states == {"the server answered 503": "waiting", "it is image/png, not a page of text": "failed"}
    serve_pages(web_server, 1)
    read_pages(board, NOW + timedelta(minutes=2))
    assert prompts(session) == [asks(1)]


def test_the_worker_does_all_of_this_by_itself(
    board: Flask, run: Callable[..., Result], site: Site, web_server: WebServer, feed: str, session: Session
) -> None:
    serve_feed(web_server, 1, whole=False)
    serve_pages(web_server, 1)
    assert run("worker", "--once").exit_code == 0
    assert prompts(session) == [asks(1)]
    agents = {asked.headers["User-Agent"] for asked in web_server.asked}
    assert len(agents) == 1
    assert "(+http://board.test; reads the closing question of a post)" in agents.pop()
