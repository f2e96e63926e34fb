"""A post that the board has never heard of, in a real browser: its readers can answer at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.sources.models import Reading
from board.threads.models import Post, Thread
from tests.browser.acts import sign_in, write_comment
from tests.browser.test_accessibility import VIEWPORTS, faults
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers

POST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>On kettles</title><link rel="icon" href="data:,"></head><body><h1>On kettles</h1><p>A post.</p>
<a data-reflection-board href="{board}/d/blog?url={blog}/kettles">Read and join the discussion</a>
<script async src="{board}/embed.js"></script></body></html>"""
PLAIN = """<!doctype html><html lang="en"><title>On kettles</title><link rel="icon" href="data:,">
<iframe title="Discussion" width="700" height="900" src="{board}/embed/blog?url={blog}/kettles"></iframe></html>"""
ASKED = "What stays with you?"


@pytest.fixture
def address(makers: Makers, live_server: str, blog_server: Callable[..., str]) -> str:
    """A post on another site than the board, of a blog that the board knows."""
    served: dict[str, str] = {}
    blog = blog_server(served)
    served["/kettles"] = POST.format(board=live_server, blog=blog)
    served["/plain"] = PLAIN.format(board=live_server, blog=blog)
    makers.site(slug="blog", base_url=blog, origin=blog, default_prompt=ASKED)
    return f"{blog}/kettles"


def test_the_form_stands_below_the_post_at_once_and_a_comment_waits(
    page: Page, pages: Pages, live_server: str, address: str, session: Session, makers: Makers
) -> None:
    page.goto(address)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name=ASKED)).to_be_visible()
    assert session.scalars(select(Reading.address)).all() == [address]
    assert session.scalars(select(Post)).all() == []
    write_comment(frame, "I mended *one*.", "Ada")
    expect(frame.locator("[data-own]")).to_contain_text("waiting for approval")
    assert page.context.cookies() == []
    [comment] = session.scalars(select(Comment))
    assert comment.status == Status.PENDING

    page.reload()  # now it is the thread's own page
    expect(frame.locator("[data-discussion]")).to_have_attribute("data-discussion", str(comment.thread_id))

    moderator = pages.open()
    sign_in(moderator, live_server, makers.account())
    moderator.goto(f"{live_server}/desk")
    moderator.locator("li").get_by_role("button", name="Approve").click()
    expect(moderator.get_by_role("button", name="Undo").first).to_be_visible()
    page.reload()
    expect(frame.get_by_text("1 comment", exact=True)).to_be_visible()


def test_the_comment_is_still_there_after_a_reload(page: Page, live_server: str, address: str) -> None:
    page.goto(f"{live_server}/d/blog?url={address}")
    write_comment(page, "Still mine.", "Ada")
    expect(page.locator("[data-own]")).to_be_visible()
    page.reload()  # to the thread that there is now, under whose number this browser remembers the comment
    expect(page.locator("[data-own]")).to_contain_text("Still mine.")


def test_without_script_the_link_leads_to_the_same_form(
    scriptless_page: Page, address: str, session: Session
) -> None:
    page = scriptless_page
    page.goto(address)
    page.get_by_role("link", name="Read and join the discussion").click()
    expect(page.get_by_role("heading", name=ASKED)).to_be_visible()
    write_comment(page, "I mended *one*.", "Ada")
    expect(page.get_by_text("Your words are waiting for approval")).to_be_visible()
    page.get_by_role("link", name="Back to the discussion").click()
    expect(page).to_have_url(f"{page.url.partition('/t/')[0]}/t/{session.scalars(select(Thread.id)).one()}")
    assert [comment.status for comment in session.scalars(select(Comment))] == [Status.PENDING]


def test_a_plain_frame_takes_the_comment_without_script(
    scriptless_page: Page, address: str, session: Session
) -> None:
    page = scriptless_page
    page.goto(address.replace("/kettles", "/plain"))
    frame = page.frame_locator("iframe")
    write_comment(frame, "I mended *one*.", "Ada")
    expect(frame.get_by_text("Your words are waiting for approval")).to_be_visible()
    assert session.scalars(select(Reading.address)).all() == [address]
    assert [comment.status for comment in session.scalars(select(Comment))] == [Status.PENDING]


def test_a_double_click_makes_one_comment_and_one_post(
    scriptless_page: Page, address: str, session: Session
) -> None:
    page = scriptless_page
    page.goto(address)
    page.get_by_role("link", name="Read and join the discussion").click()
    page.get_by_label("Your thoughts").fill("I mended one.")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_text("Your words are waiting for approval")).to_be_visible()
    assert len(session.scalars(select(Comment)).all()) == 1
    assert len(session.scalars(select(Post)).all()) == 1


def test_a_mistake_and_a_preview_keep_what_was_typed(
    page: Page, address: str, session: Session, problems: Problems
) -> None:
    problems.expect("status of 422")
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Email me about replies").check()
    write_comment(frame, "I mended *one*.", "Ada")
    expect(frame.get_by_text("To write to you we need an address").first).to_be_visible()
    frame.get_by_label("Email me about replies").uncheck()
    frame.get_by_role("button", name="Preview").click()
    expect(frame.locator(".preview em")).to_have_text("one")
    assert session.scalars(select(Comment)).all() == []
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.locator("[data-own]")).to_contain_text("waiting for approval")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_first_page_is_accessible(
    pages: Pages, live_server: str, address: str, problems: Problems, scheme: str, size: str
) -> None:
    problems.expect("status of 404")
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    paths = [f"/{door}/blog?url={address}" for door in ("d", "embed")]
    assert faults(page, live_server, [*paths, "/embed/blog?url=https://elsewhere.test"]) == {}
