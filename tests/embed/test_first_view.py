"""A post that the board does not know yet is opened in its frame, or by its link."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from board.embed import noticing
from board.extensions import db
from board.foundation import clock
from board.sites.models import Site
from board.sources.models import Reading, ReadingState, Why
from board.threads.models import Post, ThreadStatus
from tests.support.applications import client_of
from tests.support.makers import Makers, ago
from tests.support.pages import tree, words

UNKNOWN = "https://blog.test/on-kettles"
IN_A_FRAME = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Sec-Fetch-Dest": "iframe",
    "Sec-Fetch-Site": "cross-site",
    "Referer": "https://blog.test/",
}


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog", default_prompt="What stays with you?")


def view(client: FlaskClient, url: str = UNKNOWN, **headers: str) -> Any:
    return client.get("/embed/blog", query_string={"url": url}, headers={**IN_A_FRAME, **headers})


def readings(session: Session) -> list[tuple[str, str, str]]:
    rows = session.scalars(select(Reading).order_by(Reading.id))
    return [(row.address, row.why, row.state) for row in rows]


def test_the_form_is_there_at_once_and_the_page_is_queued(
    client: FlaskClient, session: Session, site: Site
) -> None:
    answer = view(client)
    assert answer.status_code == 200
    assert tree(answer).cssselect("#prompt")[0].text_content() == "What stays with you?"
    assert tree(answer).cssselect("textarea[name=source]")
    assert readings(session) == [(UNKNOWN, Why.FIRST_VIEW, ReadingState.WAITING)]
    assert session.scalars(select(Post)).all() == []


def test_the_page_is_personless_and_may_be_asked_for_again(client: FlaskClient, site: Site) -> None:
    """The same bytes and headers as those of any thread in a frame, for whoever asks."""
    first = view(client)
    again = client.get("/embed/blog", query_string={"url": UNKNOWN}, headers={"User-Agent": "Googlebot/2.1"})
    assert again.data == first.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert view(client, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex, indexifembedded"
    assert "frame-ancestors https://blog.test" in first.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in first.headers
    assert tree(first).cssselect("link[rel=canonical]")[0].get("href") == UNKNOWN


def test_a_second_reader_of_it_changes_nothing(client: FlaskClient, session: Session, site: Site) -> None:
    for url in (UNKNOWN, f"{UNKNOWN}/?utm_source=mail#comment-3", UNKNOWN.replace("https", "http")):
        assert view(client, url).status_code == 200
    assert readings(session) == [(UNKNOWN, Why.FIRST_VIEW, ReadingState.WAITING)]


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.test/on-kettles",
        "https://blog.test.elsewhere.test/",
        "https://blog.test/",
        "https://blog.test/index.html",
        "https://user@blog.test/x",
        "javascript:alert(1)",
        "http://[",
        "",
        f"https://blog.test/{'x' * 1000}",
    ],
)
def test_what_is_no_post_of_the_blog_has_no_form_and_is_not_queued(
    client: FlaskClient, session: Session, site: Site, url: str
) -> None:
    answer = view(client, url)
    assert answer.status_code == 404
    assert words(answer).endswith("Nothing is asked here. Thank you for reading.")
    assert client.get("/d/blog", query_string={"url": url}).status_code == 404
    assert readings(session) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"Sec-Fetch-Dest": "document"},
        {"Referer": "https://elsewhere.test/"},
    ],
)
def test_whoever_is_no_reader_in_a_frame_of_the_blog_queues_nothing(
    client: FlaskClient, session: Session, site: Site, headers: dict[str, str]
) -> None:
    assert view(client, **headers).status_code == 200
    assert client.get("/d/blog", query_string={"url": UNKNOWN}, headers=IN_A_FRAME).status_code == 200
    assert readings(session) == []


def test_a_site_that_asks_nothing_by_itself_shows_no_form_but_is_read(
    client: FlaskClient, session: Session, site: Site
) -> None:
    site.default_prompt = ""
    answer = view(client)
    assert answer.status_code == 404
    assert "Nothing is asked here" in words(answer)
    assert client.get("/d/blog", query_string={"url": UNKNOWN}).status_code == 404
    assert readings(session) == [(UNKNOWN, Why.FIRST_VIEW, ReadingState.WAITING)]


def test_what_the_author_hid_is_not_opened_anew(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.thread(post=makers.post(site, address=UNKNOWN), status=ThreadStatus.HIDDEN.value)
    assert view(client).status_code == 404
    assert client.get("/d/blog", query_string={"url": UNKNOWN}).status_code == 404
    assert readings(session) == []


def test_a_post_that_asks_nothing_has_the_form_and_is_read_again_after_a_day(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    post = makers.post(site, address=UNKNOWN, read_at=ago(hours=20))
    assert view(client).status_code == 200
    assert readings(session) == []
    post.read_at = ago(hours=25)
    assert view(client).status_code == 200
    assert readings(session) == [(UNKNOWN, Why.FIRST_VIEW, ReadingState.WAITING)]


def test_a_page_that_would_be_read_late_is_read_sooner(
    client: FlaskClient, session: Session, site: Site
) -> None:
    view(client)
    [reading] = session.scalars(select(Reading))
    reading.why, reading.due_at = Why.SITEMAP.value, clock.now() + timedelta(hours=1)
    view(client)
    session.refresh(reading)
    assert (reading.why, reading.due_at <= clock.now()) == (Why.FIRST_VIEW, True)


def test_a_page_that_is_known_by_a_key_or_else_by_its_address(
    client: FlaskClient, makers: Makers, site: Site
) -> None:
    thread = makers.thread(post=makers.post(site, address=UNKNOWN, key="kettles"))
    for query in ({"key": "kettles"}, {"key": "lids", "url": UNKNOWN}, {"key": "kettles", "url": "nonsense"}):
        assert client.get("/d/blog", query_string=query).location == f"/t/{thread.id}"
    for query in ({"key": "lids"}, {"key": "lids", "url": "nonsense"}):
        assert client.get("/d/blog", query_string=query).status_code == 404
        assert client.get("/embed/blog", query_string=query).status_code == 404


def pages(count: int, of: str = "https://blog.test/post") -> list[str]:
    return [f"{of}-{number}" for number in range(count)]


def test_one_network_cannot_fill_the_list(client: FlaskClient, session: Session, site: Site) -> None:
    limit = noticing.PER_NETWORK[0].amount
    for url in pages(limit + 3):
        assert view(client, url).status_code == 200
    assert len(readings(session)) == limit


def test_many_networks_cannot_fill_it_either(make_app, session: Session, site: Site, makers: Makers) -> None:
    client = client_of(make_app(BOARD_PROXIES="1"))
    limit = noticing.PER_SITE[0].amount
    for number, url in enumerate(pages(limit + 3)):
        view(client, url, **{"X-Forwarded-For": f"192.0.2.{number}"})
    assert len(readings(session)) == limit
    makers.site(slug="other", base_url="https://other.test", origin="https://other.test")
    other = {**IN_A_FRAME, "Referer": "https://other.test/", "X-Forwarded-For": "192.0.2.254"}
    client.get("/embed/other", query_string={"url": "https://other.test/x"}, headers=other)
    assert len(readings(session)) == limit + 1


@pytest.mark.databases("sqlite")
def test_a_busy_database_does_not_keep_the_page_from_its_reader(
    make_app, sqlite_url: str, session: Session, site: Site
) -> None:
    app = make_app()
    with app.app_context():
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=20"))
    session.commit()
    with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as writer:
        writer.execute("BEGIN IMMEDIATE")
        answer = view(client_of(app))
    assert (answer.status_code, readings(session)) == (200, [])
    assert view(client_of(app)).status_code == 200
    assert len(readings(session)) == 1
