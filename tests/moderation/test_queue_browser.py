"""The queue worked through with the keyboard alone, and what arrives meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.foundation import clock
from tests.moderation.browsing import item, notice, open_desk
from tests.moderation.crowds import crowd
from tests.moderation.desk import statuses
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers, ago

NOTE = "Which silence do you mean?"


@pytest.fixture
def waiting(makers: Makers) -> list[int]:
    """Five waiting comments, oldest first."""
    thread = makers.thread()
    names = ("Ada", "Bob", "Carol", "Dan", "Eve")
    return [
        makers.comment(thread, status=Status.PENDING, author_name=name, created_at=ago(hours=9 - n)).id
        for n, name in enumerate(names)
    ]


def test_a_whole_morning_without_a_mouse(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    keys, (ada, bob, carol, dan, eve) = page.keyboard, waiting
    keys.press("j")
    keys.press("a")
    expect(notice(page)).to_contain_text("Published 1 comment.")
    expect(item(page, bob)).to_be_focused()
    keys.press("r")
    expect(notice(page)).to_contain_text("Rejected 1 comment.")
    expect(item(page, carol)).to_be_focused()
    keys.press("n")
    expect(page.get_by_label("Your note to the writer")).to_be_focused()
    keys.type(NOTE)
    keys.press("Control+Enter")
    expect(notice(page)).to_contain_text("Returned the comment")
    expect(item(page, dan)).to_be_focused()
    keys.press("y")
    expect(page.get_by_label("Your reply")).to_be_focused()
    keys.type("I wondered, too.")
    keys.press("Control+Enter")
    expect(notice(page)).to_contain_text("Published the comment and your reply.")
    expect(item(page, eve)).to_be_focused()
    keys.press("s")
    expect(page.get_by_text("Nothing is waiting. Enjoy the quiet.")).to_be_visible()
    keys.press("u")
    expect(notice(page)).to_contain_text("Undone: 1 comment is back where it was.")
    assert statuses(session, waiting) == ["published", "rejected", "returned", "published", "pending"]
    assert session.scalars(select(Comment.note).where(Comment.id == carol)).one() == NOTE
    assert session.scalars(select(Comment.source).where(Comment.parent_id == dan)).one() == "I wondered, too."
    assert ada not in session.scalars(select(Comment.parent_id)).all()


def test_several_are_ticked_decided_and_taken_back_without_a_mouse(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-count]")).to_have_text("2 ticked")
    page.get_by_role("button", name="Spam all ticked comments").focus()
    page.keyboard.press("Enter")
    expect(notice(page)).to_contain_text("Marked 2 comments as spam.")
    assert statuses(session, waiting) == ["spam", "pending", "spam", "pending", "pending"]
    page.keyboard.press("u")
    expect(notice(page)).to_contain_text("Undone: 2 comments")
    page.keyboard.press("X")
    expect(page.locator("[data-count]")).to_have_text("5 ticked")
    assert statuses(session, waiting) == ["pending"] * 5


def test_letters_in_a_form_are_words_and_escape_leads_back_to_the_comment(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    page.keyboard.press("j")
    page.keyboard.press("n")
    field = page.get_by_label("Your note to the writer")
    expect(field).to_be_focused()
    page.keyboard.type("arsx?u")
    expect(field).to_have_value("arsx?u")
    page.keyboard.press("Escape")
    expect(item(page, waiting[0])).to_be_focused()
    expect(field).to_have_value("arsx?u")  # what was typed is not thrown away
    page.keyboard.press("n")
    expect(field).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    assert statuses(session, waiting) == ["pending"] * 5


def test_other_words_are_written_in_place(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_label("Text")).to_have_value("I count to ten, and then to ten again.")
    page.keyboard.type(" Slowly.")
    page.keyboard.press("Control+Enter")
    expect(notice(page)).to_contain_text("Changed the words.")
    expect(item(page, waiting[0])).to_contain_text("and then to ten again. Slowly.")
    page.keyboard.press("u")
    expect(notice(page)).to_contain_text("Undone")
    expect(item(page, waiting[0]).locator(".prose")).to_have_text("I count to ten, and then to ten again.")
    assert statuses(session, waiting) == ["pending"] * 5


def test_an_answer_begun_elsewhere_and_ticks_survive_a_decision(
    page: Page, live_server: str, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers)
    item(page, waiting[3]).get_by_role("link", name="Reply and approve").click()
    page.get_by_label("Your reply").fill("Half a thought")
    item(page, waiting[4]).locator("[data-tick]").check()
    item(page, waiting[0]).get_by_role("button", name="Approve").click()
    expect(notice(page)).to_contain_text("Published 1 comment.")
    expect(item(page, waiting[3]).get_by_label("Your reply")).to_have_value("Half a thought")
    expect(page.locator("[data-count]")).to_have_text("1 ticked")


def test_a_note_that_came_too_late_is_kept_and_told_where_it_was_written(
    page: Page, live_server: str, session: Session, makers: Makers, waiting: list[int], problems: Problems
) -> None:
    problems.expect("status of 409")
    open_desk(page, live_server, makers)
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.get_by_label("Your note to the writer").fill(NOTE)
    comment = session.get_one(Comment, waiting[0])
    comment.source = "Other words."
    session.commit()
    page.keyboard.press("Control+Enter")
    expect(item(page, waiting[0]).get_by_role("alert")).to_contain_text("changed their comment")
    expect(page.get_by_label("Your note to the writer")).to_have_value(NOTE)
    expect(page.get_by_label("Your note to the writer")).to_be_focused()
    assert statuses(session, waiting) == ["pending"] * 5


def test_the_second_of_two_moderators_sees_what_the_first_did(
    pages: Pages, live_server: str, session: Session, makers: Makers, waiting: list[int]
) -> None:
    mia, tom = pages.open(), pages.open()
    open_desk(mia, live_server, makers, "Mia")
    open_desk(tom, live_server, makers, "Tom")
    item(mia, waiting[0]).get_by_role("button", name="Reject").click()
    expect(notice(mia)).to_contain_text("Rejected 1 comment.")
    item(tom, waiting[0]).get_by_role("button", name="Approve").click()
    expect(notice(tom)).to_contain_text("Mia already rejected the comment by Ada.")
    expect(item(tom, waiting[0])).to_have_count(0)
    assert statuses(session, waiting[:1]) == ["rejected"]


def test_what_arrives_is_told_and_moves_nothing(
    page: Page, live_server: str, makers: Makers, waiting: list[int]
) -> None:
    open_desk(page, live_server, makers, query="?order=newest")
    page.keyboard.press("j")
    place = item(page, waiting[4]).bounding_box()
    thread = makers.thread()
    for count, words in ((1, "1 new comment"), (2, "2 new comments")):
        makers.comment(thread, status=Status.PENDING, author_name=f"New {count}", created_at=clock.now())
        look_again(page)
        expect(page.locator("[data-news-words]")).to_have_text(words)
        expect(page).to_have_title(f"({count}) Queue")
    expect(page.locator("[data-item]")).to_have_count(5)
    expect(item(page, waiting[4])).to_be_focused()
    after = item(page, waiting[4]).bounding_box()
    assert place is not None
    assert after is not None
    assert after["y"] == place["y"], "the announcement pushed away what is being read"
    page.keyboard.press(".")
    expect(page.locator("[data-item]")).to_have_count(7)
    expect(page.locator("[data-item]").first).to_contain_text("New 2")
    expect(page).to_have_title("Queue")


def test_what_arrives_after_a_decision_is_told_again(
    page: Page, live_server: str, makers: Makers, waiting: list[int]
) -> None:
    """One arrived, was seen on the list that came back, and the next one was taken for the same."""
    open_desk(page, live_server, makers)
    thread = makers.thread()
    for turn in (0, 1):
        makers.comment(thread, status=Status.PENDING, created_at=clock.now())
        look_again(page)
        expect(page.locator("[data-news-words]")).to_have_text("1 new comment")
        item(page, waiting[turn]).get_by_role("button", name="Approve").click()
        expect(item(page, waiting[turn])).to_have_count(0)
        expect(page.locator("[data-news-bar]")).to_be_hidden()
        expect(page).to_have_title("Queue")


def look_again(page: Page) -> None:
    """As a browser does when somebody comes back to its tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_pages_and_the_search_are_reached_by_keyboard(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    crowd(session, makers.thread(), 40)
    makers.comment(status=Status.PENDING, author_name="Xenia", source="A kettle whistled.")
    open_desk(page, live_server, makers)
    first = page.locator("[data-item]").first.get_attribute("data-item")
    page.keyboard.press("]")
    expect(page.locator("[data-item]")).to_have_count(11)
    expect(page.locator("[data-item]").first).to_be_focused()
    page.keyboard.press("[")
    expect(page.locator("[data-item]").first).to_have_attribute("data-item", str(first))
    expect(page.locator("[data-item]").first).to_be_focused()  # script has begun, and keys count again
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("kettle")
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]")).to_have_count(1)
    expect(page.locator(".queue__chips")).to_contain_text("Says: kettle")
    expect(page.locator("[data-item]")).to_contain_text("Xenia")
