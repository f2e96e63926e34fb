"""Every message can be looked at with made-up words, in every language that the board speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from board.mail.wording import KIND_LABELS
from board.samples import letters
from tests.browser.acts import sign_in
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import words

ROOT = Path(__file__).parents[2]
KINDS = sorted(folder.name for folder in (ROOT / "templates" / "mail").iterdir() if folder.is_dir())


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    return signed_in(app, makers.account())


def test_there_is_a_sample_and_a_name_of_every_message() -> None:
    assert letters.names() == KINDS
    assert set(KINDS) <= set(KIND_LABELS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_has_a_subject_and_says_the_same_twice(app: Flask, kind: str) -> None:
    with app.test_request_context():
        sample = letters.sample(kind, "en")
    assert sample is not None
    assert sample.subject
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", "", sample.html, flags=re.DOTALL)
    assert len(shown.split()) > 15
    links = [
        set(re.findall(r"https://board\.example/[\w/?=-]*", part)) for part in (sample.text, sample.html)
    ]
    assert links[0] <= links[1] | {"https://board.example/desk"}, "what the text links to, the HTML does"
    assert "\n\n\n" not in sample.text
    assert not re.search(r"[{}]|None|Undefined", sample.text)
    assert not re.findall(r"<(?:img|link|script|iframe)|\ssrc=|url\(|@import", sample.html)


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_written_from_right_to_left_where_its_language_is(app: Flask, kind: str) -> None:
    with app.test_request_context():
        sample = letters.sample(kind, "ar")
    assert sample is not None
    assert 'dir="rtl"' in sample.html


def test_the_page_shows_subject_text_and_the_part_that_mail_programs_show(desk: FlaskClient) -> None:
    assert "Notice of a reply" in words(desk.get("/desk/mail/samples"))
    page = desk.get("/desk/mail/samples?kind=reply")
    assert "Re: On listening" in words(page)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    framed = desk.get("/desk/mail/samples/html?kind=reply")
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "sandbox" in framed.headers["Content-Security-Policy"]
    assert "script-src" not in framed.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["nothing", "..%2Freply", "layout.html"])
def test_a_message_that_is_none_is_not_found(desk: FlaskClient, kind: str) -> None:
    assert desk.get(f"/desk/mail/samples?kind={kind}").status_code == 404
    assert desk.get(f"/desk/mail/samples/html?kind={kind}").status_code == 404


def test_the_frame_is_really_shown(page: Page, live_server: str, makers: Makers) -> None:
    sign_in(page, live_server, makers.account())
    page.goto(f"{live_server}/desk/mail")
    page.get_by_role("link", name="All messages").click()
    page.get_by_role("link", name="Notice of a reply").click()
    expect(page.frame_locator("iframe").get_by_text("Ben answered you:")).to_be_visible()
