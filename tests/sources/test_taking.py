"""Posts are taken one by one, and nobody is kept from writing while one is fetched or examined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.sites.models import Site
from board.sources import polling
from board.sources.entries import Entry
from board.sources.following import follow
from board.sources.models import Why
from board.sources.reading import read_post
from board.sources.taking import Result, Taker
from board.threads.models import Post, PostAddress
from board.threads.registration import PostRead
from tests.support.exports import address_of, page_html, post_html, rss
from tests.support.web import Asked, Reply, WebServer

NOW = clock.now()


@pytest.fixture
def another_writer(database_url: str) -> Iterator[Engine]:
    """A process beside ours that gives up soon when it cannot write."""
    waits = {"timeout": 0.5} if database_url.startswith("sqlite") else {"options": "-c lock_timeout=500"}
    engine = create_engine(database_url, connect_args=waits)
    yield engine
    engine.dispose()


def write(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE site SET name = 'written meanwhile'"))


def entry(number: int, blog: str, **more) -> Entry:
    values = {"html": post_html(number), "is_whole": True, "published_at": None, **more}
    return Entry(address_of(number, blog), f"Kettle {number}", **values)


def test_others_can_write_while_a_feed_or_a_page_is_fetched(
    board: Flask, site: Site, web_server: WebServer, another_writer: Engine, session: Session
) -> None:
    written = []

    def slowly(reply: Reply) -> Callable[[Asked], Reply]:
        def answer(asked: Asked) -> Reply:
            write(another_writer)
            written.append(asked.path)
            return reply

        return answer

    site_id = site.id
    session.commit()
    web_server.replies["/feed"] = slowly(Reply(rss([1], blog=web_server.address, whole=False), "text/xml"))
    web_server.replies["/post-1/"] = slowly(Reply(page_html(1, web_server.address)))
    with board.app_context():
        follow(db.session.get_one(Site, site_id), f"{web_server.address}/feed", NOW)
        db.session.commit()
        polling.read_feeds(NOW)
        polling.read_pages(NOW)
    assert written == ["/feed", "/post-1/"]
    assert session.scalars(select(Post.title)).all() == ["Kettle 1"]


def test_others_can_write_while_a_post_is_examined(
    board: Flask, site: Site, another_writer: Engine, session: Session
) -> None:
    def read(body: str | bytes, form: str, *, address: str | None = None) -> PostRead:
        write(another_writer)
        return read_post(body, "html", address=address)

    site_id, blog = site.id, site.base_url
    session.commit()
    with board.app_context():
        taker = Taker.for_site(site_id, read, NOW)
        assert taker.fresh([entry(1, blog)])
        assert taker.entry(entry(1, blog)).opened == 1
    assert session.scalars(select(Site.name)).all() == ["written meanwhile"]


def test_what_is_known_is_told_from_what_is_new(board: Flask, site: Site, session: Session) -> None:
    site_id, blog = site.id, site.base_url
    session.commit()
    edited = entry(1, blog, html=post_html(1) + "<p>PS: It leaks again.</p>")
    later = NOW + timedelta(hours=1)
    with board.app_context():
        taker = Taker.for_site(site_id, read_post, NOW)
        assert taker.entry(entry(1, blog)).result is Result.TAKEN
        assert taker.entry(entry(1, blog)).result is Result.KNOWN
        dated = [entry(1, blog, html=None, updated_at=moment) for moment in (None, NOW, later)]
        asked = [entry(1, blog), edited, *dated, entry(2, blog)]
        assert [one in taker.fresh(asked) for one in asked] == [False, True, False, False, True, True]


def test_the_own_name_of_a_post_counts_only_where_it_is_a_page_of_the_blog(
    board: Flask, site: Site, session: Session
) -> None:
    site_id, blog = site.id, site.base_url
    session.commit()
    keys = [f"{blog}/?p=1", f"{blog}/", "https://elsewhere.test/?p=2", "tag:blog.test,2026:3", ""]
    with board.app_context():
        taker = Taker.for_site(site_id, read_post, NOW)
        for number, key in enumerate(keys):
            taker.entry(entry(number, blog, key=key))
    names = [key.partition("/")[2] for key in session.scalars(select(PostAddress.address_key))]
    assert sorted(name.rpartition("/")[2] for name in names) == [
        "?p=1", "post-0", "post-1", "post-2", "post-3", "post-4"
    ]  # fmt: skip


def test_a_page_may_wait_for_the_worker(board: Flask, site: Site, session: Session) -> None:
    site_id, blog = site.id, site.base_url
    session.commit()
    with board.app_context():
        taker = Taker.for_site(site_id, read_post, NOW)
        assert taker.later(entry(1, blog), Why.FEED, wait=timedelta(0)).result is Result.QUEUED
