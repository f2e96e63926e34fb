"""A reader's way, on the board and inside a blog, with and without script, every cookie refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from tests.browser.acts import post_on_a_blog, write_comment
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers


def all_comments(session: Session) -> list[Comment]:
    return list(session.scalars(select(Comment).order_by(Comment.id)))


def test_a_reader_previews_sends_and_sees_their_words_waiting(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    page = either_page
    page.goto(f"{live_server}/t/{thread.id}")
    page.get_by_label("Your thoughts").fill("I wait, and *listen*.")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview em")).to_have_text("listen")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your words are waiting for approval").first).to_be_visible()
    expect(page.locator("[data-own] em")).to_have_text("listen")
    assert [comment.status for comment in all_comments(session)] == [Status.PENDING]
    assert page.context.cookies() == []


def test_a_reader_changes_and_withdraws_their_words(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    page = either_page
    page.goto(f"{live_server}/t/{thread.id}")
    write_comment(page, "First words.", "Ada")
    own = page.locator("[data-own]")
    own.get_by_text("Change it", exact=True).click()
    own.get_by_label("Your thoughts").fill("Second words.")
    own.get_by_role("button", name="Save the change").click()
    expect(page.locator("[data-own] .prose")).to_have_text("Second words.")
    page.locator("[data-own]").get_by_role("button", name="Take it back").click()
    expect(page.locator("[data-own]")).to_contain_text("You have taken this comment back")
    [comment] = all_comments(session)
    assert (comment.source, comment.status) == ("Second words.", Status.WITHDRAWN)


def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    either_page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 422")
    thread = makers.thread()
    page = either_page
    page.goto(f"{live_server}/t/{thread.id}")
    page.get_by_label("Email me about replies").check()
    write_comment(page, "Words worth keeping.", "Ada")
    email = page.get_by_label("Email (optional)")
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("To write to you we need an address").first).to_be_visible()
    expect(page.get_by_label("Your thoughts")).to_have_value(re.compile("Words worth keeping"))
    assert all_comments(session) == []


def test_a_reader_answers_another_where_they_read(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    parent = makers.comment(author_name="Marit")
    page = either_page
    page.goto(f"{live_server}/t/{parent.thread_id}")
    page.get_by_role("link", name="Reply to Marit").click()
    reply = page.locator(f"#reply-{parent.id}")
    write_comment(reply, "So do I.", "Ben")
    expect(page.locator("[data-own]")).to_contain_text("So do I.")
    assert all_comments(session)[-1].parent_id == parent.id


def test_the_thread_stands_below_the_post_in_a_frame_of_the_right_height(
    page: Page, live_server: str, session: Session, makers: Makers, blog_server
) -> None:
    address, thread = post_on_a_blog(makers, live_server, blog_server)
    for _ in range(8):
        makers.comment(thread, source="A long thought. " * 30)
    page.goto(address)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="What is your reaction?")).to_be_visible()
    page.wait_for_function(
        "() => { const f = document.querySelector('iframe'); return parseInt(f.style.height) > 1500 }"
    )
    inner = page.frames[1].evaluate("document.documentElement.scrollHeight")
    outer = page.locator("iframe").evaluate("(frame) => frame.getBoundingClientRect().height")
    assert abs(inner - outer) < 3
    write_comment(frame, "Written inside the blog.", "Ada")
    expect(frame.locator("[data-own]")).to_contain_text("waiting for approval")
    assert all_comments(session)[-1].source == "Written inside the blog."
    assert page.context.cookies() == []


def test_without_script_the_post_links_to_a_discussion_that_works(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, blog_server
) -> None:
    page = scriptless_page
    address, _ = post_on_a_blog(makers, live_server, blog_server)
    page.goto(address)
    page.get_by_role("link", name="Read and join the discussion").click()
    write_comment(page, "Without any script.", "Pia")
    expect(page.get_by_text("Your words are waiting for approval")).to_be_visible()
    assert len(all_comments(session)) == 1


def test_without_script_a_plain_frame_works_too(
    scriptless_page: Page, live_server: str, session: Session, makers: Makers, blog_server
) -> None:
    site = makers.site(slug="blog")
    frame = f'<!doctype html><title>x</title><link rel=icon href=data:,><iframe src="{live_server}/embed/blog?key=k" width=600 height=900></iframe>'
    blog = blog_server({"/post": frame})
    site = makers.let_embed(site, blog)
    makers.thread(post=makers.post(site, address=f"{blog}/post", key="k"))
    scriptless_page.goto(f"{blog}/post")
    write_comment(scriptless_page.frame_locator("iframe"), "In a plain frame.", "Pia")
    expect(scriptless_page.frame_locator("iframe").get_by_text("Your words are waiting")).to_be_visible()
    assert len(all_comments(session)) == 1


def test_a_link_to_a_comment_scrolls_the_post_to_it(
    page: Page, live_server: str, makers: Makers, blog_server
) -> None:
    address, thread = post_on_a_blog(makers, live_server, blog_server)
    comments = [makers.comment(thread, source="A long thought. " * 40) for _ in range(12)]
    page.goto(f"{address}#comment-{comments[-1].id}")
    page.wait_for_function("() => scrollY > 1000")
    expect(page.frame_locator("iframe").locator(f"#comment-{comments[-1].id}")).to_be_focused()


def test_a_blog_that_is_not_registered_gets_no_frame(
    page: Page, live_server: str, makers: Makers, blog_server, problems: Problems
) -> None:
    problems.expect("frame-ancestors")
    makers.thread(post=makers.post(makers.site(slug="blog"), key="listening"))
    stranger = blog_server(
        {
            "/copy": f'<!doctype html><title>x</title><link rel=icon href=data:,><iframe src="{live_server}/embed/blog?key=listening"></iframe>'
        }
    )
    page.goto(f"{stranger}/copy")
    page.wait_for_timeout(0)
    assert "What is your reaction" not in page.frame_locator("iframe").locator("html").inner_text(
        timeout=5000
    )


def test_forged_messages_do_not_move_the_blogs_page(
    page: Page, live_server: str, makers: Makers, blog_server
) -> None:
    address, _ = post_on_a_blog(makers, live_server, blog_server)
    page.goto(address)
    expect(page.frame_locator("iframe").get_by_role("heading", name="What is your reaction?")).to_be_visible()
    page.wait_for_function("() => document.querySelector('iframe').style.height !== '480px'")
    before = page.locator("iframe").evaluate("(frame) => frame.style.height")
    page.evaluate("postMessage({ v: 1, t: 'height', n: 7777 }, '*')")
    page.frames[1].evaluate("parent.postMessage({ v: 1, t: 'height', n: 'tall' }, '*')")
    page.frames[1].evaluate("parent.postMessage({ v: 2, t: 'height', n: 9999 }, '*')")
    assert page.locator("iframe").evaluate("(frame) => frame.style.height") == before
    page.frames[1].evaluate("parent.postMessage({ v: 1, t: 'height', n: 1e12 }, '*')")
    page.wait_for_function("() => document.querySelector('iframe').style.height === '60000px'")


def test_a_waiting_comment_is_still_there_after_a_reload(
    page: Page, live_server: str, makers: Makers
) -> None:
    thread = makers.thread()
    page.goto(f"{live_server}/t/{thread.id}")
    write_comment(page, "Still mine.", "Ada")
    expect(page.locator("[data-own]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-own]")).to_contain_text("Still mine.")


def test_somebody_else_does_not_see_it(pages: Pages, live_server: str, makers: Makers) -> None:
    thread = makers.thread()
    mine, other = pages.open(), pages.open()
    mine.goto(f"{live_server}/t/{thread.id}")
    write_comment(mine, "Only for me.", "Ada")
    expect(mine.locator("[data-own]")).to_be_visible()
    other.goto(f"{live_server}/t/{thread.id}")
    expect(other.get_by_label("Your thoughts")).to_be_visible()
    expect(other.get_by_text("Only for me.")).to_have_count(0)


def test_times_are_shown_in_the_readers_zone(pages: Pages, live_server: str, makers: Makers) -> None:
    comment = makers.comment(created_at=datetime(2026, 5, 1, 20, 34, tzinfo=UTC))
    for zone, day, time in [
        ("Asia/Tokyo", "May 2, 2026", "5:34"),
        ("America/Chicago", "May 1, 2026", "3:34"),
    ]:
        page = pages.open(timezone_id=zone)
        page.goto(f"{live_server}/t/{comment.thread_id}")
        moment = page.locator("time[data-moment]").first
        expect(moment).to_have_text(day)
        expect(moment).to_have_attribute("title", re.compile(rf"{day} at {time}"))
