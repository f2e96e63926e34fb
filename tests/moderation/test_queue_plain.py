"""The queue without script, and on a phone: slower, but all of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from tests.browser.test_accessibility import sideways, violations
from tests.moderation.browsing import item, notice, open_desk
from tests.moderation.crowds import crowd
from tests.moderation.desk import statuses
from tests.support.browser import Pages
from tests.support.makers import Makers, ago

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3


@pytest.fixture
def waiting(makers: Makers) -> list[int]:
    """Four waiting comments on two sites, oldest first."""
    threads = [makers.thread(makers.site(name=name)) for name in ("Here", "There")]
    held = [{"code": "links", "count": 3}]
    return [
        makers.comment(
            threads[n % 2],
            status=Status.PENDING,
            author_name=name,
            created_at=ago(hours=9 - n),
            reasons=held if n == 2 else [],
        ).id
        for n, name in enumerate(("Ada", "Bob", "Carol", "Dan"))
    ]


def names(page: Page) -> Locator:
    """Whose comments the page lists; to be expected, not read: the next page may still be on its way."""
    return page.locator("[data-item] h2")


def test_words_are_written_without_script(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    page = scriptless_page
    open_desk(page, live_server, makers)
    item(page, waiting[0]).get_by_role("link", name="Return with a note").click()
    page.get_by_role("button", name="Return it").click()
    assert page.get_by_label("Your note to the writer").evaluate("field => field.validity.valueMissing")
    page.get_by_label("Your note to the writer").fill("Which silence?")
    page.get_by_role("button", name="Return it").click()
    expect(notice(page)).to_contain_text("Returned the comment")
    item(page, waiting[1]).get_by_role("link", name="Reply and approve").click()
    page.get_by_label("Your reply").fill("I wondered, too.")
    page.get_by_role("button", name="Reply and approve").click()
    expect(notice(page)).to_contain_text("Published the comment and your reply.")
    item(page, waiting[2]).get_by_role("link", name="Edit").click()
    page.get_by_label("Text").fill("Shorter.")
    page.get_by_role("button", name="Save").click()
    expect(notice(page)).to_contain_text("Changed the words.")
    page.get_by_role("button", name="Undo").click()
    expect(notice(page)).to_contain_text("Undone: 1 comment is back")
    item(page, waiting[3]).get_by_role("link", name="Edit").click()
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    assert statuses(session, waiting) == ["returned", "published", "pending", "pending"]
    assert "Shorter." not in session.scalars(select(Comment.source)).all()


def test_the_queue_is_narrowed_and_decided_about_as_a_whole_without_script(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    page = scriptless_page
    open_desk(page, live_server, makers)
    page.get_by_role("link", name="Show newest first").click()
    expect(names(page)).to_have_text(["Dan", "Carol", "Bob", "Ada"])
    page.get_by_label("Site").select_option("Here")
    page.get_by_role("button", name="Show").click()
    expect(names(page)).to_have_text(["Carol", "Ada"])
    page.get_by_label("Reason").select_option("links")
    page.get_by_role("button", name="Show").click()
    expect(names(page)).to_have_text(["Carol"])
    page.get_by_role("link", name="Do not narrow by this: Reason").click()
    expect(names(page)).to_have_text(["Carol", "Ada"])
    page.get_by_role("link", name="All that match").click()
    expect(page.get_by_role("heading", name="2 comments match")).to_be_visible()
    page.get_by_role("button", name="Spam").click()
    expect(notice(page)).to_contain_text("Marked 2 comments as spam.")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(names(page)).to_have_text(["Carol", "Ada"])
    page.get_by_label("Search names and words").fill("ada")
    page.get_by_role("button", name="Show").click()
    expect(names(page)).to_have_text(["Ada"])
    page.get_by_role("link", name="Waiting").click()
    assert statuses(session, waiting) == ["pending"] * 4


def test_pages_and_marks_work_without_script(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    page, thread = scriptless_page, makers.thread()
    crowd(session, thread, 31, status=Status.PUBLISHED)
    open_desk(page, live_server, makers, query="?view=published&order=oldest")
    page.get_by_role("link", name="Next page").click()
    expect(names(page)).to_have_text(["Guest 30"])
    for button, said in (("Pin", "Pinned"), ("Highlight", "Highlighted")):
        page.get_by_role("button", name=f"{button} the comment by Guest 30").click()
        expect(notice(page)).to_contain_text(f"{said} the comment")
    expect(page.locator("[data-item] .badge")).to_have_text(["pinned", "highlighted"])
    page.get_by_role("link", name="Previous page").click()
    expect(names(page).first).to_have_text("Guest 0")


def test_filters_chosen_by_mouse_act_at_once_and_by_keyboard_when_one_says_so(
    page: Page, live_server: str, makers: Makers, waiting: list[int]
) -> None:
    """Arrow keys go through a closed list one by one; a page that left at each would be no use."""
    open_desk(page, live_server, makers)
    page.get_by_label("Reason").focus()
    page.keyboard.press("l")  # a list jumps to what begins with it
    expect(page.get_by_label("Reason")).to_have_value("links")
    expect(names(page)).to_have_count(4)
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.locator("[data-item]")).to_have_count(1)
    page.get_by_label("Reason").click()
    page.keyboard.press("Escape")
    page.mouse.click(5, 5)
    page.get_by_label("Reason").select_option("")
    expect(page.locator("[data-item]")).to_have_count(4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_too_wide_for_a_phone_and_forms_in_place_are_for_everyone(
    pages: Pages, live_server: str, makers: Makers, scheme: str
) -> None:
    site = makers.site(name=LONG_WORD[:80])
    thread = makers.thread(makers.post(site, title=LONG_WORD) and site, heading=LONG_WORD)
    parent = makers.comment(thread, author_name=LONG_WORD[:80], source=LONG_WORD)
    comment = makers.comment(
        thread,
        parent,
        status=Status.PENDING,
        author_name=LONG_WORD[:80],
        source=f"{LONG_WORD} https://{'a' * 60}.example/{LONG_WORD}",
        note=LONG_WORD,
        returned_at=ago(hours=1),
        reasons=[{"code": "blocked_word", "values": [LONG_WORD]}],
    ).id
    page = pages.open(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    open_desk(page, live_server, makers)
    for link in ("Return with a note", "Reply and approve", "Edit"):
        item(page, comment).get_by_role("link", name=link).click()
    expect(item(page, comment).locator("textarea")).to_have_count(3)
    assert (sideways(page), violations(page)) == (0, [])
    page.locator("[data-tick]").check()
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert (sideways(page), violations(page)) == (0, [])
    page.keyboard.press("Escape")
    page.goto(f"{live_server}/desk/all?q={LONG_WORD}&name={LONG_WORD[:80]}")
    assert (sideways(page), violations(page)) == (0, [])
    page.goto(f"{live_server}/desk?q={LONG_WORD}")
    assert (sideways(page), violations(page)) == (0, [])
