"""Working at the desk in a browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import sign_in
from tests.support.makers import Makers


def open_desk(page: Page, address: str, makers: Makers, name: str = "Mia", query: str = "") -> None:
    """Sign in as an owner of that name and open the queue, which is not empty."""
    sign_in(page, address, makers.account(name=name))
    page.goto(f"{address}/desk{query}")
    expect(page.locator("[data-item]").first).to_be_visible()


def item(page: Page, comment: int) -> Locator:
    return page.locator(f"#comment-{comment}")


def notice(page: Page) -> Locator:
    return page.locator("[data-notice]")
