"""The desk in a browser: by keyboard, by mouse, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from board.comments.models import Status
from tests.moderation.browsing import open_desk
from tests.moderation.desk import statuses
from tests.support.makers import Makers, ago


@pytest.fixture
def waiting(makers: Makers) -> list[int]:
    """Five waiting comments, oldest first."""
    thread = makers.thread()
    names = ("Ada", "Bob", "Carol", "Dan", "Eve")
    return [
        makers.comment(thread, status=Status.PENDING, author_name=name, created_at=ago(hours=9 - n)).id
        for n, name in enumerate(names)
    ]


def item(comment: int) -> str:
    return f"#comment-{comment}"


def test_the_queue_is_worked_through_by_keyboard(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    page.keyboard.press("j")
    expect(page.locator(item(waiting[0]))).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(item(waiting[1]))).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("[data-notice]")).to_contain_text("Published 1 comment.")
    expect(page.locator(item(waiting[1]))).to_be_focused()  # the next one, on the page that came back
    page.keyboard.press("s")
    expect(page.locator("[data-notice]")).to_contain_text("as spam")
    expect(page.locator(item(waiting[2]))).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("[data-notice]")).to_contain_text("Undone: 1 comment is back where it was.")
    assert statuses(session, waiting) == ["published", "pending", "pending", "pending", "pending"]


def test_ticked_comments_are_counted_and_decided_together(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("2 ticked")
    assert page.locator("[data-select-all]").evaluate("box => box.indeterminate")
    page.check("[data-select-all]")
    expect(page.locator("[data-count]")).to_have_text("5 ticked")
    page.uncheck(f"{item(waiting[4])} [data-tick]")
    page.click("button[name=bulk][value=reject]")
    expect(page.locator("[data-notice]")).to_contain_text("Rejected 4 comments.")
    page.click("[data-undo]")
    expect(page.locator("[data-notice]")).to_contain_text("Undone: 4 comments")
    assert statuses(session, waiting) == ["pending"] * 5


def test_enter_on_a_tick_box_decides_nothing(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    page.locator(f"{item(waiting[0])} [data-tick]").press("Enter")
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("1 ticked")
    assert statuses(session, waiting) == ["pending"] * 5


def test_the_keys_are_explained_and_can_be_switched_off(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.uncheck("[data-keys-on]")
    page.keyboard.press("Escape")
    page.locator(item(waiting[0])).focus()
    page.keyboard.press("a")
    page.reload()
    page.locator(item(waiting[0])).focus()
    page.keyboard.press("a")
    page.click("[data-open-keys]")  # whatever the letter did, it has done by now
    expect(page.locator("[data-keys-on]")).not_to_be_checked()
    assert statuses(session, waiting) == ["pending"] * 5


def test_everything_works_without_script(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    page = scriptless_page
    open_desk(page, live_server, makers)
    page.click(f"{item(waiting[0])} button[value^=publish]")
    expect(page.locator("[data-notice]")).to_contain_text("Published 1 comment.")
    page.check(f"{item(waiting[1])} [data-tick]")
    page.check(f"{item(waiting[2])} [data-tick]")
    page.click("button[name=bulk][value=spam]")
    expect(page.locator("[data-notice]")).to_contain_text("Marked 2 comments as spam.")
    page.click("[data-undo]")
    expect(page.locator("[data-notice]")).to_contain_text("Undone")
    assert statuses(session, waiting) == ["published", *["pending"] * 4]
