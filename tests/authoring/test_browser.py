"""The author's pages in a browser: by keyboard, by mouse, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.sites.models import Site
from tests.authoring.page import states, threads
from tests.browser.acts import sign_in
from tests.support.browser import Problems
from tests.support.makers import Makers


@pytest.fixture
def waiting(makers: Makers) -> list[int]:
    """Five prompts that wait, each in a post of its own, in the order of the page."""
    return [makers.draft(prompt=f"What would you keep of drawer {number}?").id for number in range(5)][::-1]


def open_prompts(page: Page, address: str, makers: Makers) -> None:
    sign_in(page, address, makers.account(name="Mia"))
    page.goto(f"{address}/desk/prompts")
    expect(page.locator("[data-item]").first).to_be_visible()


def item(draft: int) -> str:
    return f"#draft-{draft}"


def test_prompts_are_worked_through_by_keyboard(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_prompts(page, live_server, makers)
    page.keyboard.press("j")
    expect(page.locator(item(waiting[0]))).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(item(waiting[1]))).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("[data-notice]")).to_contain_text("Opened 1 discussion.")
    expect(page.locator(item(waiting[1]))).to_be_focused()  # the next one, on the page that came back
    page.keyboard.press("r")
    expect(page.locator("[data-notice]")).to_contain_text("not a prompt")
    expect(page.locator(item(waiting[2]))).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("[data-notice]")).to_contain_text("1 prompt waits again.")
    assert states(session, waiting) == ["waiting"] * 4 + ["accepted"]


def test_a_prompt_is_changed_where_it_stands(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_prompts(page, live_server, makers)
    page.keyboard.press("j")
    page.keyboard.press("e")
    words = page.locator(item(waiting[0])).get_by_label("What you ask")
    expect(words).to_be_focused()
    page.keyboard.press("Escape")
    expect(words).to_have_count(0)
    expect(page.locator(item(waiting[0]))).to_be_focused()
    page.keyboard.press("e")
    words.fill("What would you give away?")
    page.keyboard.press("a")  # a letter like any other while one types
    page.locator(item(waiting[0])).get_by_label("for their questions").check()
    page.locator(item(waiting[0])).get_by_role("button", name="Accept with these words").click()
    expect(page.locator("[data-notice]")).to_contain_text("Opened 1 discussion.")
    expect(page.locator(item(waiting[1]))).to_be_focused()
    assert threads(session) == [("", "What would you give away?a", "question_call")]


def test_mistakes_in_place_lead_to_a_page_that_keeps_what_was_typed(
    page: Page, live_server: str, problems: Problems, makers: Makers, waiting: list[int]
) -> None:
    problems.expect("status of 422")
    open_prompts(page, live_server, makers)
    page.click(f"{item(waiting[0])} [data-edit]")
    form = page.locator(f"{item(waiting[0])} form")
    form.get_by_label("Heading (optional)").fill("Your turn")
    form.get_by_label("What you ask").fill(" ")
    form.get_by_role("button", name="Accept with these words").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Heading (optional)")).to_have_value("Your turn")
    page.get_by_role("alert").get_by_role("link", name="What you ask").click()
    expect(page.get_by_label("What you ask")).to_be_focused()


def test_ticked_prompts_are_counted_and_decided_together(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_prompts(page, live_server, makers)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("1 ticked")
    page.locator(f"{item(waiting[1])} [data-tick]").press("Enter")  # decides nothing
    page.check("[data-select-all]")
    page.uncheck(f"{item(waiting[4])} [data-tick]")
    expect(page.locator("[data-count]")).to_have_text("4 ticked")
    page.click("button[name=bulk][value=accept]")
    expect(page.locator("[data-notice]")).to_contain_text("Opened 4 discussions.")
    page.click("[data-undo]")
    expect(page.locator("[data-notice]")).to_contain_text("4 prompts wait again.")
    assert states(session, waiting) == ["waiting"] * 5


def test_all_are_accepted_by_one_button_that_says_how_many(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_prompts(page, live_server, makers)
    page.get_by_text("Accept many at once").click()
    page.get_by_role("button", name="Accept all 5").click()
    expect(page.locator("[data-notice]")).to_contain_text("Opened 5 discussions.")
    assert states(session, waiting) == ["accepted"] * 5


def test_the_keys_are_explained_and_can_be_switched_off(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_prompts(page, live_server, makers)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Change its words")
    page.uncheck("[data-keys-on]")
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.locator(item(waiting[0])).focus()
    page.keyboard.press("a")
    page.click("[data-open-keys]")  # whatever the letter did, it has done by now
    expect(page.locator("[data-keys-on]")).not_to_be_checked()
    assert states(session, waiting) == ["waiting"] * 5


def test_everything_works_without_script(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    page = scriptless_page
    open_prompts(page, live_server, makers)
    page.click(f"{item(waiting[0])} button[value^=accept]")
    expect(page.locator("[data-notice]")).to_contain_text("Opened 1 discussion.")
    for draft in waiting[1:3]:
        page.check(f"{item(draft)} [data-tick]")
    page.click("button[name=bulk][value=dismiss]")
    expect(page.locator("[data-notice]")).to_contain_text("Put aside 2")
    page.click("[data-undo]")
    expect(page.locator("[data-notice]")).to_contain_text("2 prompts wait again.")
    page.click(f"{item(waiting[1])} [data-edit]")
    page.get_by_label("What you ask").fill("What would you give away?")
    page.get_by_role("button", name="Accept with these words").click()
    expect(page.locator("[data-notice]")).to_contain_text("Opened 1 discussion.")
    page.get_by_text("Accept many at once").click()
    page.get_by_role("button", name="Accept all 3").click()
    expect(page.locator("[data-notice]")).to_contain_text("Opened 3 discussions.")
    assert states(session, waiting) == ["accepted"] * 5


def test_a_prompt_is_added_by_hand_and_moved_up(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    page = either_page
    site = makers.site(origin="https://blog.test")
    post = makers.post(site, address="https://blog.test/silence")
    makers.thread(post=post, heading="", prompt="And you?", position=0)
    sign_in(page, live_server, makers.account())
    page.goto(f"{live_server}/desk/prompts/post/{post.id}")
    page.get_by_role("link", name="Add one by hand").click()
    expect(page.get_by_label("Address of the post")).to_have_value("https://blog.test/silence")
    page.get_by_label("What you ask").fill("What else?")
    page.get_by_role("button", name="Open the discussion").click()
    expect(page.locator("[data-notice]")).to_contain_text("Opened the discussion.")
    page.get_by_role("button", name="Up: What else?").click()
    expect(page.locator("[data-notice]")).to_contain_text("The discussions are in their new order.")
    assert [prompt for _, prompt, _ in threads(session)] == ["What else?", "And you?"]
    page.get_by_role("button", name="Close And you?").click()
    expect(page.locator("[data-notice]")).to_contain_text("The discussion is closed")


def test_a_sites_settings_are_saved(
    either_page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 422")
    page = either_page
    makers.site(slug="blog", name="The Quiet Blog")
    sign_in(page, live_server, makers.account())
    page.get_by_role("link", name="Sites").click()
    page.get_by_role("link", name="The Quiet Blog").first.click()
    page.get_by_label("Name").fill("A quieter blog")
    page.get_by_label("Address", exact=True).fill("https://blog.test/?x")
    page.get_by_label("Green").check(force=True)  # the circle lies above its radio button
    page.get_by_label("never: each waits for a yes").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("without ? and #")
    expect(page.get_by_label("Name")).to_have_value("A quieter blog")
    page.get_by_label("Address", exact=True).fill("https://blog.test")
    page.get_by_label("Address", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    site = session.scalars(select(Site)).one()
    assert (site.name, site.accent_hue, site.opens_from) == ("A quieter blog", 120, None)
