"""Every word that a reader sees can be translated, and a page reads from right to left where its language does.

The tests make a language of their own in which every message is wrapped in brackets: words
outside brackets were never given to the translators.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from board import ROOT
from board.comments.admission import CODES
from board.comments.models import Status
from board.comments.ownership import link_token
from board.comments.revising import TIME_TO_REVISE
from board.foundation import clock
from tests.moderation.desk import signed_in
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send

METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.xml", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    pattern: {"trimmed": "true", "silent": "false"} for pattern, method in METHODS if method == "jinja2"
}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
LETTERS = re.compile(r"[^\W\d_]{2,}")


def wrapped(message: str) -> str:
    return f"⟦{message}⟧"


def pseudo_catalog(language: str) -> Catalog:
    catalog = Catalog(locale=language)
    for folder in (ROOT / "board", ROOT / "templates"):
        for _, _, message, _, _ in extract_from_dir(str(folder), METHODS, OPTIONS, KEYWORDS):
            if isinstance(message, tuple):
                catalog.add(message, tuple(wrapped(message[min(n, 1)]) for n in range(catalog.num_plurals)))
            else:
                catalog.add(message, wrapped(message))
    return catalog


@pytest.fixture
def speaking(make_app, tmp_path: Path):
    """An application in which the given language is our bracketed one."""

    def make(language: str) -> Flask:
        folder = tmp_path / "translations" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        compiled = io.BytesIO()
        write_mo(compiled, pseudo_catalog(language))
        (folder / "messages.mo").write_bytes(compiled.getvalue())
        app: Flask = make_app(BOARD_LANGUAGE=language)
        app.extensions["babel"].translation_directories.append(str(tmp_path / "translations"))
        return app

    return make


def untranslated(page: str, known: set[str]) -> list[str]:
    """Words on the page outside brackets that are not somebody's own text."""
    root = html.fromstring(page)
    for element in root.xpath(
        "//script | //style | //time | //bdi | //*[contains(@class, 'prose')] | //*[@data-own-words]"
    ):
        element.drop_tree()
    texts = [*root.itertext(), *root.xpath("//@aria-label | //@placeholder | //@alt | //@title")]
    somebodys = re.compile("|".join(re.escape(text) for text in sorted(known, key=len, reverse=True)))
    outside = (somebodys.sub("", re.sub(r"⟦[^⟦⟧]*⟧", "", text)) for text in _joined(texts))
    return [text for text in outside if LETTERS.search(text)]


def _joined(texts: list[str]) -> Iterator[str]:
    for text in texts:
        cleaned = " ".join(str(text).split())
        if cleaned:
            yield cleaned


def test_every_word_on_a_readers_way_is_translatable(speaking, makers: Makers) -> None:
    app = speaking("de")
    client: FlaskClient = app.test_client()
    site = makers.site(slug="blog", name="Blog", language="de", default_prompt="Prompt")
    thread = makers.thread(site, heading="Heading", prompt="Prompt")
    comment = makers.comment(thread)
    reply = makers.comment(thread, comment)
    waiting = makers.comment(thread, status=Status.PENDING)
    with app.app_context():
        own = f"/own/{link_token(waiting)}"
    own_words = {
        "Blog",
        "Heading",
        "Prompt",
        "On listening",
        "Ada",
        "AD",
        "I count to ten, and then to ten again.",
        "UTC",
        "Reflection Board",
        "https://blog.test/unknown",
    }
    paths = [
        "/",
        "/s/blog",
        f"/t/{thread.id}",
        f"/p/{thread.post_id}",
        f"/t/{thread.id}/reply/{reply.id}",
        own,
        "/missing",
    ]
    unknown, foreign = "https://blog.test/unknown", "https://elsewhere.test/unknown"
    paths += [f"/embed/t/{thread.id}?in=frame", f"/embed/blog?url={unknown}", f"/embed/blog?url={foreign}"]
    paths += [f"/d/blog?url={unknown}", "/sign-in"]
    left = {path: untranslated(client.get(path).get_data(as_text=True), own_words) for path in paths}
    assert {path: words for path, words in left.items() if words} == {}


def test_every_word_about_marked_returned_and_reported_comments_is_translatable(
    speaking, makers: Makers
) -> None:
    app = speaking("de")
    client = client_of(app)
    now = clock.now()
    site = makers.site(slug="blog", name="Blog", language="de", closes_after_days=3)
    thread = makers.thread(site, heading="Heading", prompt="Prompt")
    marks = {"pinned_at": now, "highlighted_at": now, "staff_edited_at": now}
    comment = makers.comment(thread, account_id=makers.account().id, **marks)
    note = {"status": Status.RETURNED, "note": "Note"}
    returned = makers.comment(thread, returned_at=now, **note)
    too_late = makers.comment(thread, returned_at=now - 2 * TIME_TO_REVISE, **note)
    revised = makers.comment(thread, status=Status.PENDING, returned_at=now, edited_at=now + TIME_TO_REVISE)
    paused = makers.thread(site, heading="Heading", prompt="Prompt", status="read_only")
    with app.app_context():
        own = [f"/own/{link_token(one)}" for one in (comment, returned, too_late, revised)]
    report = f"/c/{comment.id}/report"
    paths = [f"/t/{thread.id}", f"/t/{paused.id}", f"/t/{paused.id}/write", report, *own]
    pages = {path: client.get(path) for path in [*paths, f"/t/{thread.id}/reported"]}
    pages |= {
        "mistake": client.post(report),
        "reasons": fill_and_send(client, report, "/report", words="x" * 501),
    }
    own_words = {"Blog", "Heading", "Prompt", "On listening", "Ada", "AD", "UTC", "Reflection Board", "Note"}
    own_words |= {"I count to ten, and then to ten again.", "x" * 501}
    left = {path: untranslated(page.get_data(as_text=True), own_words) for path, page in pages.items()}
    assert {path: words for path, words in left.items() if words} == {}


def test_every_word_on_the_desk_is_translatable(speaking, makers: Makers) -> None:
    app = speaking("de")
    client = signed_in(app, makers.account())
    thread = makers.thread(makers.site(name="Blog"), heading="Heading", prompt="Prompt")
    reasons = [{"code": code, "count": 3, "seconds": 1} for code in CODES]
    makers.comment(thread, makers.comment(thread), status=Status.PENDING, reasons=reasons)
    own_words = {
        "Blog",
        "Heading",
        "Prompt",
        "On listening",
        "Ada",
        "I count to ten, and then to ten again.",
        "UTC",
    }
    own_words |= {
        "Reflection Board",
        "Mod",
        "staff",
        "@example.test",
        "Esc",
        f"{app.config['BOARD'].data}/mail",
        "BOARD_MAIL_INBOX_ADDRESS",
    }
    paths = ["/desk", "/desk?view=published", "/desk?view=hidden", "/desk/log", "/desk/mail", "/account"]
    paths += ["/desk/mail/inbox", "/desk/mail/suppressed"]
    left = {path: untranslated(client.get(path).get_data(as_text=True), own_words) for path in paths}
    assert {path: words for path, words in left.items() if words} == {}


def test_a_page_reads_from_right_to_left_where_its_language_does(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread(makers.site(language="ar"))
    root = html.fromstring(client.get(f"/t/{thread.id}").get_data())
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    root = html.fromstring(client.get("/").get_data())
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")


def test_an_unknown_language_falls_back_to_english(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread(makers.site(language="zz-nonsense"))
    answer = client.get(f"/t/{thread.id}")
    assert answer.status_code == 200
    assert html.fromstring(answer.get_data()).get("lang") == "en"


def test_style_sheets_know_no_left_and_right() -> None:
    """Logical properties only, so that a page can turn around."""
    physical = re.compile(
        r"(?<![\w-])(margin|padding|border|inset)?-?(left|right)\s*:|text-align:\s*(left|right)|float:"
    )
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        assert not physical.findall(sheet.read_text("utf-8")), sheet.name
