"""Somebody follows a discussion, and goes by the links of the mails that come: in a browser, as people do."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.subscriptions.models import Subscription
from tests.mail.letters import work
from tests.subscriptions.journeys import decide
from tests.support.browser import Pages
from tests.support.makers import Makers
from tests.support.smtp import SmtpServer

ADA = "ada@reader.example"


def link(text: str, part: str) -> str:
    found = re.search(rf"http\S+{part}\S*", text)
    assert found, f"no {part} in {text}"
    return found.group()


def follow(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("Follow this discussion by email").click()
    page.get_by_label("Your email address").fill(ADA)
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_text("a mail is on its way")).to_be_visible()


def test_from_following_to_stopping(
    pages: Pages,
    serve: Callable[..., str],
    make_app: Callable[..., Flask],
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
) -> None:
    no_wait = {**smtp.environ, "BOARD_NOTICE_DELAY_SECONDS": "0", "BOARD_QUIET_SECONDS": "0"}
    board = serve(**no_wait)
    worker = make_app(**no_wait, BOARD_PUBLIC_URL=board)
    thread = makers.thread(post=makers.post(makers.site(name="The Quiet Desk"), title="On kettles"))
    comment = makers.comment(thread, status=Status.PENDING, source="Mended *twice*.", author_name="Ben")
    ada = pages.open(java_script_enabled=False)
    follow(ada, f"{board}/t/{thread.id}")

    work(worker)
    [question] = smtp.messages_to(ADA)
    ada.goto(link(question.text, "/confirm/"))
    expect(ada.get_by_text("new comments below:")).to_be_visible()
    ada.get_by_role("button", name="Yes, confirm").click()
    expect(ada.get_by_role("heading", name="Your address is confirmed")).to_be_visible()

    decide(worker, comment, Status.PUBLISHED)
    work(worker)
    [_, mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "Re: On kettles"
    assert "Ben wrote:" in mail.text
    ada.goto(link(mail.text, f"/c/{comment.id}"))
    expect(ada.get_by_text("Mended twice.")).to_be_visible()

    ada.goto(link(mail.text, "/unsubscribe/"))
    expect(ada.get_by_role("heading", name="Stop these mails?")).to_be_visible()
    ada.get_by_role("button", name="Stop them for this conversation").click()
    expect(ada.get_by_text("You get no more mail")).to_be_visible()
    session.rollback()
    assert session.scalars(select(Subscription)).one().ended_at is not None
    decide(worker, makers.comment(thread, status=Status.PENDING), Status.PUBLISHED)
    assert work(worker) == {}
