"""Every page, light and dark, wide and narrow: no violation that a machine can find, no sideways scrolling."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from board.accounts.invitations import invite
from board.accounts.renewal import renewal_token
from board.comments.models import BlockKind, Status
from board.comments.ownership import link_token
from board.comments.revising import TIME_TO_REVISE
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.sources.following import follow
from board.subscriptions.confirming import confirmation_token
from board.subscriptions.unsubscribing import unsubscribe_token
from tests.browser.acts import sign_in
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers

VIEWPORTS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 320, "height": 640}}
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3


def violations(page: Page) -> list[str]:
    """A frame's page has no heading of the first level, since the post around it has, and no ground of its own
    for axe to compare colours with: both are judged on the board's page of the same thread."""
    framed = "/embed/" in page.url
    rules = (
        {name: {"enabled": False} for name in ("page-has-heading-one", "color-contrast")} if framed else {}
    )
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def faults(page: Page, board: str, paths: list[str]) -> dict[str, tuple[list[str], int]]:
    """By path, what axe found and how many pixels too wide the page is; nothing for a page without fault."""
    found = {}
    for path in paths:
        page.goto(board + path)
        if (judged := (violations(page), sideways(page))) != ([], 0):
            found[path] = judged
    return found


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def readers_pages(app: Flask, makers: Makers) -> list[str]:
    site = makers.site(slug="blog", name="A blog with quite a long name for a small screen")
    post = makers.post(site, address="https://blog.test/listening")
    thread = makers.thread(post=post)
    makers.thread(
        post=post, heading="", prompt="Which questions would you like me to take along?", kind="question_call"
    )
    parent = makers.comment(thread, source=f"{LONG_WORD}\n\n> quoted\n\n```\n{'code ' * 60}\n```")
    for step in range(5):
        parent = makers.comment(thread, parent, source=f"Reply {step}", author_name=LONG_WORD[:60])
    waiting = makers.comment(thread, status=Status.PENDING)
    with app.app_context():
        own = f"/own/{link_token(waiting)}"
    paths = ["/", "/s/blog", f"/p/{post.id}", f"/t/{thread.id}", f"/t/{thread.id}/reply/{parent.id}", own]
    return [
        *paths,
        "/missing",
        f"/embed/t/{thread.id}?in=frame",
        "/embed/blog?url=https://blog.test/unknown",
        "/sign-in",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_readers_pages_are_accessible(
    app: Flask, pages: Pages, live_server: str, makers: Makers, problems: Problems, scheme: str, size: str
) -> None:
    problems.expect("status of 404")
    paths = readers_pages(app, makers)
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    assert faults(page, live_server, paths) == {}


def marked_and_returned_pages(app: Flask, makers: Makers) -> list[str]:
    thread = makers.thread(makers.site(closes_after_days=3))
    now = clock.now()
    marks = {"pinned_at": now, "highlighted_at": now, "staff_edited_at": now}
    comment = makers.comment(thread, author_name=LONG_WORD[:60], account_id=makers.account().id, **marks)
    makers.comment(thread, comment, highlighted_at=now)
    paused = makers.comment(makers.thread(status="read_only"))
    note = {"status": Status.RETURNED, "note": f"{LONG_WORD}\nWhich silence do you mean?"}
    returned = makers.comment(thread, source=LONG_WORD, returned_at=now, **note)
    too_late = makers.comment(thread, returned_at=now - 2 * TIME_TO_REVISE, **note)
    with app.app_context():
        own = [f"/own/{link_token(one)}" for one in (returned, too_late, comment)]
    reports = [f"/c/{comment.id}/report", f"/t/{thread.id}/reported"]
    return [f"/t/{thread.id}", f"/embed/t/{thread.id}?in=frame", f"/t/{paused.thread_id}", *own, *reports]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_marked_returned_and_reported_comments_are_accessible(
    app: Flask, pages: Pages, live_server: str, makers: Makers, scheme: str, size: str
) -> None:
    paths = marked_and_returned_pages(app, makers)
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    assert faults(page, live_server, paths) == {}
    page.goto(live_server + paths[0])
    page.get_by_role("link", name="Report the comment").first.click()
    page.get_by_role("button", name="Send the report").wait_for()
    assert (violations(page), sideways(page)) == ([], 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_desk_is_accessible(
    pages: Pages, live_server: str, makers: Makers, problems: Problems, scheme: str, size: str
) -> None:
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site, name=LONG_WORD[:60], trusted_at=clock.now())
    comment = makers.comment(
        thread,
        makers.comment(thread, open_reports=1),
        status=Status.PENDING,
        source=f"{LONG_WORD} https://{LONG_WORD[:50].lower()}.example",
        reasons=[{"code": "policy_holds"}],
        reader_id=reader.id,
    )
    makers.block(BlockKind.WORD, LONG_WORD.lower(), site, reason=LONG_WORD)
    acts = [f"/desk/comments/{comment.id}/{act}" for act in ("return", "reply", "edit", "block")]
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    sign_in(page, live_server, makers.account())
    paths = [
        "/desk",
        "/desk?view=published",
        f"/desk?view=all&q={LONG_WORD}&reader={reader.id}&thread={thread.id}",
        "/desk?view=reported",
        "/desk?view=spam",
        "/desk/all",
        *acts,
        "/desk/blocks",
        "/desk/try",
        "/desk/people",
        "/account/authenticator",
        "/desk/log",
        "/desk/figures",
        "/desk/mail-to-me",
        "/desk/mail",
        "/desk/mail/inbox",
        "/desk/mail/suppressed",
        "/account",
    ]
    assert faults(page, live_server, paths) == {}


def authors_pages(makers: Makers) -> list[str]:
    site = makers.site(slug="blog", name="A blog with quite a long name for a small screen")
    other = makers.site(slug="other")
    post = makers.post(site, title=f"On {LONG_WORD}", published_at=clock.now())
    thread = makers.thread(post=post, heading="Your turn", prompt=f"What would you keep of {LONG_WORD}?")
    makers.thread(post=post, status="closed", stands_in=True)
    renewal = makers.draft(post, thread_id=thread.id, prompt=f"What would you give away of {LONG_WORD}?")
    makers.draft(post, heading="Your turn", before=f"{LONG_WORD} " * 3, signs=["invites", "moon_phase"])
    for state in ("accepted", "dismissed", "gone"):
        makers.draft(post, state=state, decided_at=clock.now(), kind="question_call")
    follow(site, f"https://blog.test/{LONG_WORD}", clock.now())
    db.session.commit()
    return [
        "/desk/prompts",
        f"/desk/prompts?site={other.id}",
        "/desk/prompts?view=opened",
        "/desk/prompts?view=dismissed",
        f"/desk/prompts/{renewal.id}/edit",
        "/desk/prompts/add",
        f"/desk/prompts/post/{post.id}",
        "/desk/sites",
        "/desk/sites/blog",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_authors_pages_are_accessible(
    pages: Pages, live_server: str, makers: Makers, scheme: str, size: str
) -> None:
    paths = authors_pages(makers)
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    sign_in(page, live_server, makers.account())
    assert faults(page, live_server, paths) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_pages_behind_links_are_accessible(
    pages: Pages, live_server: str, makers: Makers, problems: Problems, scheme: str, size: str
) -> None:
    problems.expect("status of 4")
    paths = [*pages_behind_links(makers), "/invitation/used", "/confirm/old", "/desk/mail/1"]
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    sign_in(page, live_server, makers.account())
    assert faults(page, live_server, paths) == {}


def pages_behind_links(makers: Makers) -> list[str]:
    comment = makers.comment(author_name=LONG_WORD[:60])
    reader = makers.reader(makers.site(slug="other"), confirmed=False)
    subscription = makers.subscription(reader, comment, confirmed=False)
    account = makers.account()
    paths = [
        f"/confirm/{confirmation_token(reader, clock.now())}",
        f"/unsubscribe/{unsubscribe_token(subscription)}",
        f"/new-password/{renewal_token(account, now=clock.now())}",
        f"/invitation/{invite(Role.MODERATOR, None, now=clock.now())}",
    ]
    db.session.commit()
    return paths


def test_a_reader_with_a_keyboard_reaches_everything_in_order(
    page: Page, live_server: str, makers: Makers
) -> None:
    comment = makers.comment(author_name="Marit")
    page.goto(f"{live_server}/t/{comment.thread_id}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the discussion"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(
            str(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        )
    order = [
        seen.index(name)
        for name in ("Reply to Marit", "source", "name", "email", "notify", "Send", "Preview")
    ]
    assert order == sorted(order)
    assert "website" not in seen
