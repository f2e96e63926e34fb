"""Following and the private page as people use them: with script and without, in a blog's post, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.foundation import clock
from board.readers.models import Reader
from board.subscriptions.models import Preference, Subscription
from board.subscriptions.unsubscribing import unsubscribe_token
from tests.browser.acts import post_on_a_blog
from tests.browser.test_accessibility import LONG_WORD, VIEWPORTS, faults, sideways, violations
from tests.private.owners import private_path
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers, ago

ADA = "ada@example.com"


def follow(place: Page, title: str, email: str = ADA) -> None:
    place.get_by_text(title).click()
    place.get_by_label("Your email address").fill(email)
    place.get_by_role("button", name="Follow", exact=True).click()


def test_a_discussion_is_followed_where_one_reads(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    either_page.goto(f"{live_server}/t/{thread.id}")
    follow(either_page, "Follow this discussion by email")
    expect(either_page.get_by_role("status").filter(has_text="a mail is on its way")).to_be_visible()
    session.rollback()
    assert [one.thread_id for one in session.scalars(select(Subscription))] == [thread.id]


def test_with_script_nothing_else_on_the_page_changes(page: Page, live_server: str, makers: Makers) -> None:
    address = f"{live_server}/t/{makers.thread().id}"
    page.goto(address)
    page.get_by_label("Your thoughts").fill("Half a thought")
    follow(page, "Follow this discussion by email")
    answer = page.locator("[data-asked]")
    expect(answer).to_be_focused()
    assert page.url == address
    assert page.get_by_label("Your thoughts").input_value() == "Half a thought"


def test_a_mistake_is_said_beside_the_field_and_what_was_typed_stays(
    either_page: Page, live_server: str, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 422")
    either_page.goto(f"{live_server}/t/{makers.thread().id}")
    follow(either_page, "Follow this discussion by email", "ada@example")
    expect(either_page.get_by_text("This does not look like an email address.").last).to_be_visible()
    assert either_page.get_by_label("Your email address").input_value() == "ada@example"


@pytest.mark.parametrize("script", [True, False])
def test_a_discussion_is_followed_inside_a_blogs_post(
    pages: Pages, live_server: str, blog_server, session: Session, makers: Makers, script: bool
) -> None:
    address, thread = post_on_a_blog(makers, live_server, blog_server)
    number = thread.id
    page = pages.open(java_script_enabled=script)
    if script:
        page.goto(address)
        frame = page.frame_locator("iframe")
    else:
        page.goto(f"{live_server}/embed/t/{number}?in=frame")
        frame = page
    frame.get_by_text("Follow this discussion by email").click()
    frame.get_by_label("Your email address").fill(ADA)
    frame.get_by_role("button", name="Follow", exact=True).click()
    expect(frame.get_by_text("a mail is on its way")).to_be_visible()
    session.rollback()
    assert [one.thread_id for one in session.scalars(select(Subscription))] == [number]


def test_a_blog_is_followed_by_keyboard_alone(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    makers.site(slug="desk")
    page.goto(f"{live_server}/s/desk")
    page.get_by_text("Get this blog's new questions by email").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(ADA)
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/desk/follow")
    session.rollback()
    assert [one.topic for one in session.scalars(select(Subscription))] == ["prompts"]


def my_things(app: Flask, makers: Makers) -> tuple[Reader, str]:
    site = makers.site(slug="desk", name="A blog with quite a long name for a small screen")
    reader = makers.reader(site, ADA)
    makers.reader(makers.site(name=LONG_WORD), ADA)
    thread = makers.thread(post=makers.post(site, title=LONG_WORD), heading=LONG_WORD)
    own = {"reader_id": reader.id}
    makers.comment(thread, makers.comment(thread, source=LONG_WORD, **own))
    note = {"note": f"{LONG_WORD} Which silence do you mean?", "returned_at": clock.now()}
    makers.comment(thread, status=Status.RETURNED, **note, **own)
    makers.comment(thread, status=Status.PENDING, **own)
    makers.subscription(reader, thread)
    makers.subscription(reader, None, ended_at=ago(days=1))
    return reader, private_path(app, reader)


def test_the_private_page_is_used(
    app: Flask, either_page: Page, live_server: str, session: Session, makers: Makers, tmp_path: Path
) -> None:
    _, path = my_things(app, makers)
    page = either_page
    page.goto(live_server + path)
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("status")).to_have_text("It is ended. You get no more mail about this.")
    page.get_by_role("button", name="Follow again").first.click()
    expect(page.get_by_role("status")).to_have_text("You follow this from now on.")
    page.get_by_label("Discussions I follow").first.select_option("once a day")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("Discussions I follow").first).to_have_value("daily")
    session.rollback()
    chosen = {one.topic: one.rate for one in session.scalars(select(Preference))}
    assert chosen["thread"] == "daily"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert download.value.suggested_filename == "what-i-wrote.json"
    page.get_by_role("link", name="Erase everything").click()
    page.get_by_role("button", name="Erase everything now").click()
    expect(page.get_by_role("heading", name="Everything is erased")).to_be_visible()
    session.rollback()
    assert session.scalars(select(Reader)).all() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_these_pages_are_accessible(
    app: Flask, pages: Pages, live_server: str, makers: Makers, scheme: str, size: str
) -> None:
    reader, path = my_things(app, makers)
    thread = makers.thread(makers.site(slug="other"))
    subscription = makers.subscription(reader, thread)
    _ = subscription.id, subscription.created_at
    with app.app_context():
        leaving = f"/unsubscribe/{unsubscribe_token(subscription)}"
    paths = [path, f"{path}?said=ended", f"{path}/erase", "/me/erased", "/me", "/me/sent", leaving]
    paths += [f"/t/{thread.id}/follow", f"/t/{thread.id}/follow?in=frame", "/s/other/follow"]
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    found = faults(page, live_server, paths)
    for opened in (f"/t/{thread.id}", f"/embed/t/{thread.id}?in=frame", "/s/other"):
        page.goto(live_server + opened)
        page.locator("details summary").last.click()
        if (judged := (violations(page), sideways(page))) != ([], 0):
            found[opened] = judged
    # a page in a frame has its heading and its ground around it, so axe cannot judge it alone
    assert {one: what for one, what in found.items() if "in=frame" not in one or what[1]} == {}
