"""Reporting a comment and revising a returned one, as readers do it: in place, on pages, by keyboard, in a blog."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.moderation.models import Report
from tests.browser.acts import Place, post_on_a_blog, write_comment
from tests.comments.handling import own_link, send_back
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers

WORDS = "They gave away where I live."


def reports(session: Session) -> list[tuple[int, str, str]]:
    rows = session.scalars(select(Report).order_by(Report.id)).all()
    return [(row.comment_id, row.reason, row.words) for row in rows]


def fill_report(place: Place, reason: str = "It tells something private about somebody") -> None:
    place.get_by_label(reason).check()
    place.get_by_label("In your own words (optional)").fill(WORDS)
    place.get_by_role("button", name="Send the report").click()


def test_a_reader_reports_a_comment(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    makers.comment(thread, author_name="Ada")
    comment = makers.comment(thread, author_name="Eve")
    page = either_page
    page.goto(f"{live_server}/t/{thread.id}")
    page.get_by_role("link", name="Report the comment by Eve").click()
    expect(page.get_by_role("heading", name="Report the comment by Eve")).to_be_visible()
    fill_report(page)
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    assert reports(session) == [(comment.id, "private", WORDS)]
    assert page.context.cookies() == []


def test_with_script_one_stays_where_one_reads(page: Page, live_server: str, makers: Makers) -> None:
    comment = makers.comment()
    page.goto(f"{live_server}/t/{comment.thread_id}")
    page.get_by_role("link", name="Report the comment").click()
    fill_report(page.locator(f"#comment-{comment.id}"))
    thanks = page.locator(f"#comment-{comment.id} [data-reported]")
    expect(thanks).to_be_focused()
    assert page.url == f"{live_server}/t/{comment.thread_id}"


def test_it_is_done_with_a_keyboard_alone(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    comment = makers.comment()
    page.goto(f"{live_server}/t/{comment.thread_id}")
    page.get_by_role("link", name="Report the comment").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("It is advertising or spam")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the report")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-reported]")).to_be_focused()
    assert reports(session) == [(comment.id, "hurtful", WORDS)]


def test_whoever_thinks_better_of_it_is_back_at_the_comment(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    comment = makers.comment()
    page.goto(f"{live_server}/t/{comment.thread_id}")
    link = page.get_by_role("link", name="Report the comment")
    link.click()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("[data-report-form]")).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    expect(page.locator("[data-report-form]")).to_have_count(1)
    assert reports(session) == []


def test_only_one_report_is_being_written(page: Page, live_server: str, makers: Makers) -> None:
    thread = makers.thread()
    makers.comment(thread, author_name="Ada")
    makers.comment(thread, author_name="Eve")
    page.goto(f"{live_server}/t/{thread.id}")
    for name in ("Ada", "Eve"):
        page.get_by_role("link", name=f"Report the comment by {name}").click()
        expect(page.get_by_role("heading", name=f"Report the comment by {name}")).to_be_visible()
    expect(page.locator("[data-report-form]")).to_have_count(1)


def test_a_mistake_is_said_and_nothing_typed_is_lost(
    either_page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 422")
    comment = makers.comment()
    page = either_page
    page.goto(f"{live_server}/t/{comment.thread_id}")
    page.get_by_role("link", name="Report the comment").click()
    page.get_by_label("In your own words (optional)").fill(WORDS)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Please choose what comes closest")
    expect(page.get_by_label("In your own words (optional)")).to_have_value(WORDS)
    fill_report(page)
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    assert reports(session) == [(comment.id, "private", WORDS)]


def test_one_report_too_many_keeps_its_words(
    either_page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 429")
    thread = makers.thread()
    comments = [makers.comment(thread) for _ in range(11)]
    page = either_page
    for comment in comments:
        page.goto(f"{live_server}/c/{comment.id}/report")
        if comment is comments[-1]:
            page.goto(f"{live_server}/t/{thread.id}")
            page.locator(f"#comment-{comment.id}").get_by_role("link", name="Report").click()
        fill_report(page)
    expect(page.get_by_text("There were too many tries")).to_be_visible()
    expect(page.locator("textarea:visible").filter(has_text=WORDS).or_(page.locator("#words"))).to_have_value(
        WORDS
    )
    assert len(reports(session)) == 10


def test_inside_a_blog_a_comment_is_reported_in_its_frame(
    pages: Pages, live_server: str, session: Session, makers: Makers, blog_server
) -> None:
    address, thread = post_on_a_blog(makers, live_server, blog_server)
    comment = makers.comment(thread)
    page = pages.open()
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Report the comment").click()
    fill_report(frame)
    expect(frame.get_by_text("Thank you for telling us.")).to_be_visible()
    assert reports(session) == [(comment.id, "private", WORDS)]
    assert page.url == address


def test_a_returned_comment_is_found_where_it_was_written_and_revised_there(
    app: Flask, page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    page.goto(f"{live_server}/t/{thread.id}")
    write_comment(page, "First words.", "Ada")
    expect(page.locator("[data-own]")).to_contain_text("waiting for approval")
    comment = session.scalars(select(Comment)).one()
    send_back(app, comment, "Which silence do you mean?")
    page.reload()
    own = page.locator("[data-own]")
    expect(own).to_contain_text("Which silence do you mean?")
    own.get_by_label("Your thoughts").fill("Second words.")
    own.get_by_role("button", name="Send it again").click()
    expect(page.locator("[data-own]")).to_contain_text("Your new words are on their way")
    session.expire_all()
    assert (comment.source, comment.status) == ("Second words.", Status.PENDING)


def test_a_returned_comment_is_revised_by_its_link(
    app: Flask, either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    send_back(app, comment, "Which silence do you mean?")
    page = either_page
    page.goto(live_server + own_link(app, comment))
    expect(page.locator(".note")).to_have_text("Which silence do you mean?")
    page.get_by_label("Your thoughts").fill("Second words.")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("Your new words are on their way")).to_be_visible()
    session.expire_all()
    assert comment.source == "Second words."


def test_the_end_of_a_discussion_is_said_in_the_readers_zone(
    pages: Pages, live_server: str, makers: Makers
) -> None:
    """Where moments are told as they are elsewhere, it read: until in three days."""
    thread = makers.thread(makers.site(closes_after_days=1))
    page = pages.open(timezone_id="Asia/Tokyo", locale="en-US")
    page.goto(f"{live_server}/t/{thread.id}")
    ends_at = (thread.created_at + timedelta(days=1)).astimezone(ZoneInfo("Asia/Tokyo"))
    expect(page.locator(".discussion__end")).to_contain_text(
        f"takes comments until {ends_at:%B} {ends_at.day}, {ends_at.year} at"
    )
