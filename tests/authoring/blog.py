"""A blog on this machine for the first steps: a front page, a feed, posts that ask and one that does not."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.foundation import clock
from board.sites.models import Site
from board.sources import polling
from tests.support.pages import fill_and_send, form_values, tree
from tests.support.web import Reply, WebServer

START = "/desk/start"
FRONT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title>{links}</head>
<body><p>Hello.</p></body></html>"""
LINK = '<link rel="alternate" type="application/rss+xml" href="/feed">'
ITEM = """<item><title>{title}</title><link>{blog}/{slug}</link><pubDate>{date}</pubDate>
<content:encoded><![CDATA[{words}]]></content:encoded></item>"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Quiet Desk</title>{items}</channel></rss>"""
FILLER = (
    "<p>The kettle was mended in a long winter, and nobody remembers which part of it was bought. </p>" * 4
)
CLOSING = "<h2>Your turn</h2><p>{question} Tell me in the comments below.</p>"
POSTS = (  # slug, title, date, what it asks; the youngest first
    ("silence", "On silence", "Wed, 04 Mar 2026 08:00:00 GMT", "When did a silence last change your mind?"),
    ("kettles", "On kettles", "Tue, 03 Mar 2026 08:00:00 GMT", "What have you mended more than once?"),
    ("notes", "Notes", "Mon, 02 Mar 2026 08:00:00 GMT", ""),
)


def serve(web_server: WebServer, *, links: str = LINK) -> None:
    """Serve the blog. links: what its front page says about feeds; an empty one hides the feed altogether."""
    web_server.page("/", FRONT.format(links=links))
    items = "".join(item(web_server.address, *post) for post in POSTS)
    if links:
        web_server.replies["/feed"] = Reply(RSS.format(items=items), "application/rss+xml")
    for slug, title, _, question in POSTS:
        body = f"<article><h1>{title}</h1>{words(question)}</article>"
        web_server.page(f"/{slug}", f"<!doctype html><title>{title}</title>{body}")


def item(blog: str, slug: str, title: str, date: str, question: str) -> str:
    return ITEM.format(blog=blog, slug=slug, title=title, date=date, words=words(question))


def words(question: str) -> str:
    return FILLER + (CLOSING.format(question=question) if question else "")


def work(board: Flask) -> None:
    """What the worker does in one round."""
    with board.app_context():
        polling.read_pages(clock.now())
        polling.read_feeds(clock.now())


def begin(owner: FlaskClient, address: str) -> TestResponse:
    return fill_and_send(owner, START, START, address=address)


def begun(owner: FlaskClient, board: Flask, web_server: WebServer, *, links: str | None = None) -> str:
    """The address of the second screen, after the worker has done its round."""
    serve(web_server) if links is None else serve(web_server, links=links)
    answer = begin(owner, web_server.address)
    assert answer.status_code == 303
    work(board)
    return str(answer.location)


def site_of(session: Session) -> Site:
    session.expire_all()
    return session.scalars(select(Site)).one()


def as_shown(owner: FlaskClient, place: str) -> tuple[str, dict[str, Any]]:
    """Where the form of the second screen goes, and all that it would send."""
    page = owner.get(place)
    action, values = form_values(page, place)
    boxes = tree(page).cssselect("input[name=drafts]")
    return action, {**values, "drafts": [box.get("value") for box in boxes if box.checked]}


def ticked(response: TestResponse) -> list[str]:
    """The prompts that stand ready to be opened."""
    boxes = tree(response).cssselect("input[name=drafts]")
    return [box.getparent().cssselect(".asked__words")[0].text_content() for box in boxes if box.checked]
