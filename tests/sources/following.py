"""What the blog on this machine serves, and the worker's rounds over it."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation import clock
from board.sources import polling
from board.sources.models import Feed
from board.threads.models import Thread
from tests.support.exports import address_of, page_html, rss
from tests.support.web import Reply, WebServer

RSS_TYPE = "application/rss+xml"
NOW = clock.now()


def serve_feed(web_server: WebServer, *numbers: int, whole: bool = True, extra: str = "") -> None:
    text = rss(numbers, blog=web_server.address, whole=whole, extra=extra)
    web_server.replies["/feed"] = Reply(text.encode(), RSS_TYPE)


def serve_pages(web_server: WebServer, *numbers: int) -> None:
    for number in numbers:
        page = page_html(number, web_server.address)
        web_server.replies[address_of(number, "")] = Reply(page.encode())


def read_feeds(board: Flask, now: datetime = NOW) -> None:
    with board.app_context():
        polling.read_feeds(now)


def read_pages(board: Flask, now: datetime = NOW) -> None:
    with board.app_context():
        polling.read_pages(now)


def prompts(session: Session) -> list[str]:
    return list(session.scalars(select(Thread.prompt).order_by(Thread.id)))


def asks(number: int) -> str:
    return f"What have you mended {number} times? Tell me in the comments below."


def state(session: Session) -> Feed:
    return session.scalars(select(Feed)).one()
