"""The first steps in a browser: from the blog's address to an open discussion, with and without script."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.threads.models import Thread
from tests.authoring.blog import serve, work
from tests.browser.acts import sign_in
from tests.browser.test_accessibility import VIEWPORTS, sideways, violations
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers
from tests.support.web import WebServer


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_an_owner_comes_from_an_address_to_the_snippet_in_three_screens(
    either_page: Page, board: Flask, live_server: str, web_server: WebServer, session: Session, makers: Makers
) -> None:
    page = either_page
    serve(web_server)
    sign_in(page, live_server, makers.account())
    heading(page, "Where is your blog?")
    page.get_by_label("Address of your blog").fill(web_server.address)
    page.get_by_role("button", name="Look at my blog").click()
    heading(page, "Reading your blog")
    work(board)
    heading(page, "What your posts ask")
    page.get_by_role("checkbox", name="What have you mended").uncheck()
    page.get_by_role("button", name="Open").click()
    heading(page, "Put it into your blog")
    expect(page.locator("pre").first).to_contain_text("data-reflection-board")
    page.get_by_role("link", name="See the youngest").click()
    expect(page.get_by_role("heading", name="Your turn")).to_be_visible()
    assert [thread.prompt[:16] for thread in session.scalars(select(Thread))] == ["When did a silen"]


def test_the_first_steps_go_by_keyboard_alone(
    page: Page, board: Flask, live_server: str, web_server: WebServer, makers: Makers
) -> None:
    serve(web_server)
    sign_in(page, live_server, makers.account())
    page.get_by_label("Address of your blog").press_sequentially(web_server.address)
    page.keyboard.press("Enter")
    heading(page, "Reading your blog")
    work(board)
    heading(page, "What your posts ask")
    box = page.get_by_role("checkbox", name="What have you mended")
    box.press("Space")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Open").press("Enter")
    heading(page, "Put it into your blog")


def test_a_mistyped_address_is_put_right_in_place(
    either_page: Page, live_server: str, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 422")
    page = either_page
    sign_in(page, live_server, makers.account())
    address = page.get_by_label("Address of your blog")
    address.fill("my blog")
    page.get_by_role("button", name="Look at my blog").click()
    expect(page.get_by_text("Write the address of the blog").first).to_be_visible()
    expect(address).to_have_value("https://my blog")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_first_steps_are_accessible(
    pages: Pages,
    board: Flask,
    live_server: str,
    web_server: WebServer,
    makers: Makers,
    scheme: str,
    size: str,
) -> None:
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    serve(web_server)
    sign_in(page, live_server, makers.account())
    faults = {"blog": (violations(page), sideways(page))}
    page.get_by_label("Address of your blog").fill(web_server.address)
    page.get_by_role("button", name="Look at my blog").click()
    heading(page, "Reading your blog")
    faults["reading"] = (violations(page), sideways(page))
    work(board)
    heading(page, "What your posts ask")
    faults["posts"] = (violations(page), sideways(page))
    page.get_by_role("button", name="Open").click()
    heading(page, "Put it into your blog")
    for summary in page.locator("summary").all():
        summary.click()
    faults["snippet"] = (violations(page), sideways(page))
    assert faults == dict.fromkeys(faults, ([], 0))
