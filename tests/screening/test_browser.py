"""Blocks, trust and trying a text in a browser: by keyboard, without script, and on a narrow screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Block, BlockKind, Comment, Status
from board.foundation import clock
from board.readers.models import Reader
from board.sites.models import Policy, Site
from tests.browser.acts import sign_in
from tests.support.browser import Pages
from tests.support.makers import Makers

SPAM = "Look at [this](https://www.shop.example/a)!"
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(name="The Quiet Blog", policy=Policy.PUBLISH.value)


@pytest.fixture
def comment(makers: Makers, site: Site) -> Comment:
    reader = makers.reader(site, "bo@mail.example", name="Bo")
    thread = makers.thread(site)
    return makers.comment(thread, status=Status.PENDING, source=SPAM, reader_id=reader.id, author_name="Bo")


def type_and_tab(page: Page, *words: str) -> None:
    for said in words:
        page.keyboard.type(said)
        page.keyboard.press("Tab")


def test_a_word_is_blocked_lifted_and_blocked_again_by_keyboard(
    page: Page, live_server: str, session: Session, makers: Makers, site: Site
) -> None:
    sign_in(page, live_server, makers.account(name="Mia"))
    page.goto(f"{live_server}/desk/blocks")
    page.get_by_label("What", exact=True).focus()
    type_and_tab(page, "Word", "Cheap Loans")
    page.keyboard.press("ArrowDown")  # spam
    page.keyboard.press("Tab")
    type_and_tab(page, "For a week", "The Quiet", "Three of them today.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Blocked from now on: cheap loans.")
    [block] = session.scalars(select(Block))
    assert (block.verdict, block.reason) == ("spam", "Three of them today.")
    assert block.ends_at is not None
    assert block.ends_at - clock.now() > timedelta(days=6)
    session.commit()
    page.get_by_role("button", name="Lift cheap loans").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Blocked no more: cheap loans.")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Blocked again: cheap loans.")
    expect(page.get_by_role("button", name="Lift cheap loans")).to_be_visible()


def test_from_the_queue_a_key_leads_to_what_a_comment_shows(
    page: Page, live_server: str, session: Session, makers: Makers, comment: Comment
) -> None:
    sign_in(page, live_server, makers.account(name="Mia"))
    page.goto(f"{live_server}/desk")
    page.keyboard.press("j")
    expect(page.locator("[data-item]").first).to_be_focused()
    page.keyboard.press("l")
    page.wait_for_url("**/block*")
    page.get_by_label("shop.example", exact=False).first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Mark this comment as spam, too").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-notice]")).to_contain_text("Blocked from now on: shop.example.")
    assert session.scalars(select(Block.value)).all() == ["shop.example"]
    session.refresh(comment)
    assert comment.status == Status.SPAM


def test_everything_works_without_script(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, comment: Comment
) -> None:
    page, place = scriptless_page, f"{live_server}/desk/comments/{comment.id}/block"
    sign_in(page, live_server, makers.account(name="Mia"))
    page.goto(place)
    page.get_by_role("button", name="Trust this reader").click()
    expect(page.get_by_role("status")).to_contain_text("Trusted from now on: Bo.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Trusted no more: Bo.")
    assert session.scalars(select(Reader.trusted_at)).all() == [None]
    session.commit()
    page.goto(place)
    page.get_by_label("Host: shop.example").check()
    page.get_by_role("button", name="Block it").click()
    expect(page.locator("[data-notice]")).to_contain_text("Blocked from now on: shop.example.")
    page.goto(f"{live_server}/desk/try")
    page.get_by_label("Text").fill("I like https://www.shop.example")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="It would wait for a moderator.")).to_be_visible()
    page.get_by_text("Every check, in its order").click()
    expect(page.locator(".checks")).to_contain_text("shop.example")


def test_a_verdict_is_read_first_and_every_check_is_a_key_away(
    page: Page, live_server: str, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.WORD, "viagra", site, verdict="refuse")
    sign_in(page, live_server, makers.account(name="Mia"))
    page.goto(f"{live_server}/desk/try")
    page.get_by_label("Text").focus()
    type_and_tab(page, "Buy v.i.a.g.r.a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It would be refused, and its writer told.")).to_be_focused()
    expect(page.locator("[data-verdict=refuse]")).to_contain_text("It says what is blocked here: viagra.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".checks__line[data-said=reason] dt")).to_have_text("Blocked words")
    expect(page.get_by_label("Text")).to_have_value("Buy v.i.a.g.r.a")
    assert session.scalars(select(Comment)).all() == []


def test_nothing_runs_out_of_a_narrow_screen(
    pages: Pages, live_server: str, makers: Makers, site: Site, comment: Comment
) -> None:
    makers.block(BlockKind.HOST, f"{LONG[:60].lower()}.example", site, reason=LONG)
    makers.reader(site, name=LONG[:80], trusted_at=clock.now())
    paths = ["/desk/blocks", "/desk/try", f"/desk/comments/{comment.id}/block"]
    page = pages.open(viewport={"width": 320, "height": 640})
    sign_in(page, live_server, makers.account())
    for path in paths:
        page.goto(live_server + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(f"{live_server}/desk/try")
    page.get_by_label("Text").fill(LONG * 3)
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("Every check, in its order").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
