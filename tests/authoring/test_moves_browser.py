"""Moves and merges in a browser: with and without script, and by keyboard."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.authoring.remapping import address, thread_of
from tests.browser.acts import sign_in
from tests.support.browser import Pages
from tests.support.makers import Makers

OLD, NEW = "https://old.test/blog/", "https://new.test/"


def test_a_blog_that_moved_takes_its_discussions_along(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    """Its posts are moved by a rule; the one that the feed had found anew becomes one with the old one."""
    page, site = either_page, makers.site(slug="blog", base_url="https://new.test")
    old = makers.post(site, title="The kettle", address=f"{OLD}kettle/")
    twin = makers.post(site, title="On lids", address=f"{OLD}lids")
    there = makers.thread(post=makers.post(site, title="On lids, new", address=f"{NEW}lids"))
    comment = makers.comment(makers.thread(post=twin), source="Mine lost its lid in March.")
    home = comment.thread_id
    sign_in(page, live_server, makers.account(name="Mia"))
    page.get_by_role("link", name="Posts", exact=True).click()
    page.get_by_role("link", name="Move many").click()
    page.get_by_label("Where the posts stood").fill(OLD)
    page.get_by_label("Where they stand now").fill(NEW)
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_text("1 post moves.")).to_be_visible()
    expect(page.get_by_text("1 post finds its new address taken")).to_be_visible()
    page.get_by_label("merge it into the post that is there").check()
    page.get_by_role("button", name="Move 1 post").click()
    expect(page.get_by_role("status")).to_contain_text("Done.")
    assert address(session, old) == f"{NEW}kettle/"
    assert thread_of(session, comment) == there.id
    page.goto(f"{live_server}/d/blog?url={OLD}lids")
    expect(page.get_by_text("Mine lost its lid in March.")).to_be_visible()
    page.goto(f"{live_server}/desk/moves")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("everything is back where it was")
    assert address(session, old) == f"{OLD}kettle/"
    assert thread_of(session, comment) == home


def test_a_post_is_found_named_and_merged_by_keyboard_alone(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    site = makers.site()
    goes, stays = makers.post(site, title="The kettle"), makers.post(site, title="The kettle, anew")
    comment = makers.comment(makers.thread(post=goes, prompt="Which?"))
    home = comment.thread_id
    sign_in(page, live_server, makers.account())
    page.goto(f"{live_server}/desk/posts")
    page.get_by_label("Words of the title").focus()
    page.keyboard.type("kettle")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The kettle", exact=True).press("Enter")
    page.get_by_role("link", name="Merge it into another post").press("Enter")
    page.get_by_role("link", name="See what would change The kettle, anew").press("Enter")
    page.get_by_role("button", name="Merge the posts").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The two posts are one now.")
    expect(page.get_by_role("heading", level=1)).to_have_text(stays.title)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("everything is back")
    assert thread_of(session, comment) == home


def test_a_frame_that_was_open_while_its_discussion_was_merged_shows_the_other(
    app: Flask, pages: Pages, live_server: str, session: Session, makers: Makers
) -> None:
    site = makers.site()
    one, other = makers.thread(site), makers.thread(site)
    makers.comment(other, source="Here everybody is.")
    reader = pages.open()
    reader.goto(f"{live_server}/embed/t/{one.id}?in=frame")
    owner = pages.open()
    sign_in(owner, live_server, makers.account())
    owner.goto(f"{live_server}/desk/moves/thread/{one.id}?into={other.id}")
    owner.get_by_role("button", name="Merge the discussions").click()
    expect(owner.get_by_role("status")).to_contain_text("one now")
    reader.reload()
    expect(reader.get_by_text("Here everybody is.")).to_be_visible()
    assert f"/embed/t/{other.id}" in reader.url
