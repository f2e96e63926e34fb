"""Every word of these pages can be translated."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.foundation import clock
from tests.private.owners import private_path
from tests.support.applications import client_of
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send
from tests.test_translation import speaking, untranslated  # noqa: F401  # the fixture is asked for by name

OWN_WORDS = {
    "Blog",
    "Heading",
    "Prompt",
    "On listening",
    "I count to ten, and then to ten again.",
    "@example.com",
    "Note",
    "UTC",
    "Reflection Board",
}


def test_every_word_of_following_and_of_the_private_page_is_translatable(
    speaking,  # noqa: F811
    session: Session,
    makers: Makers,
) -> None:
    app: Flask = speaking("de")
    client = client_of(app)
    site = makers.site(slug="blog", name="Blog", language="de")
    reader = makers.reader(site, "a@example.com")
    thread = makers.thread(site, heading="Heading", prompt="Prompt")
    for status in Status:
        makers.comment(thread, status=status, reader_id=reader.id, note="Note", returned_at=clock.now())
    erased = makers.comment(thread, status=Status.WITHDRAWN, published_at=ago(days=1))
    erased.source = ""
    makers.comment(thread, makers.comment(thread, reader_id=reader.id))
    makers.comment(thread, erased)
    for about, fields in ((thread, {}), (None, {"ended_at": ago(days=1)})):
        makers.subscription(reader, about, **fields)
    makers.subscription(reader, makers.thread(site, status="hidden"), confirmed=False)
    path = private_path(app, reader)
    paths = [path, f"{path}/erase", "/me", "/me/sent", "/me/erased", "/s/blog", f"/t/{thread.id}"]
    paths += [
        f"/t/{thread.id}/follow",
        "/s/blog/follow",
        *(f"{path}?said={one}" for one in ("ended", "rates")),
    ]
    pages = {one: client.get(one) for one in paths}
    pages["mistake"] = fill_and_send(client, "/me", "/me", email="no address")
    pages["other mistake"] = fill_and_send(client, "/s/blog", "/follow", email="no address")
    pages["over"] = client.get(private_path(app, reader, ago(days=2)))
    left = {one: untranslated(page.get_data(as_text=True), OWN_WORDS) for one, page in pages.items()}
    assert {one: words for one, words in left.items() if words} == {}
