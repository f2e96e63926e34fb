"""The whole way: from a post's closing question to an approved, answered and mailed reply inside a blog."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import Request, urlopen

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from board.comments.models import Comment, Status
from board.subscriptions.models import Subscription
from board.threads.models import Thread
from tests.browser.acts import sign_in, write_comment
from tests.support.applications import run_command
from tests.support.browser import Pages

ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>On kettles</title>
<link rel="icon" href="data:,"><link rel="canonical" href="{blog}/kettles"></head><body><article><h1>On kettles</h1>
<p>The kettle has been mended three times. Nobody remembers which part of it was bought, and it does not matter.</p>
<h2>What is your reaction?</h2><p>What have you mended more than once? Share your story below.</p></article>
<p><a data-reflection-board href="{board}/d/blog?url={blog}/kettles">Read and join the discussion</a></p>
<script async src="{board}/embed.js"></script></body></html>"""


def approve_all(moderator: Page, board: str) -> None:
    moderator.goto(f"{board}/desk")
    while moderator.get_by_role("button", name="Approve").count() > 1:
        moderator.locator("article, li").get_by_role("button", name="Approve").first.click()
        expect(moderator.get_by_role("button", name="Undo").first).to_be_visible()


def test_from_a_closing_question_to_a_mailed_reply(
    pages: Pages, serve, make_app, smtp, session, makers, blog_server, tmp_path: Path
) -> None:
    no_wait = {**smtp.environ, "BOARD_NOTICE_DELAY_SECONDS": "0", "BOARD_COMMENT_RATE": "100 per minute"}
    board = serve(**no_wait)
    worker: Flask = make_app(**no_wait, BOARD_PUBLIC_URL=board)

    # The author: the board reads the post, finds its prompt and opens the thread.
    article: dict[str, str] = {}
    blog = blog_server(article)
    article["/kettles"] = ARTICLE.format(board=board, blog=blog)
    (tmp_path / "kettles.html").write_text(article["/kettles"], "utf-8")
    run_command(worker, "site", "add", "The blog", blog, "--slug", "blog")
    output = run_command(worker, "post", "add", str(tmp_path / "kettles.html"), "--site", "blog").output
    assert "What have you mended more than once? Share your story below." in output
    thread = session.scalars(select(Thread)).one()
    assert (thread.heading, thread.kind) == ("What is your reaction?", "reaction")

    # A reader answers inside the blog and asks to hear of replies; they are asked once whether it was them.
    ada = pages.open()
    ada.goto(f"{blog}/kettles")
    frame = ada.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="What is your reaction?")).to_be_visible()
    write_comment(frame, "A kettle, *three* times.", "Ada", email="ada@reader.example")
    expect(frame.locator("[data-own]")).to_contain_text("waiting for approval")
    run_command(worker, "worker", "--once")
    [question] = smtp.messages_to("ada@reader.example")
    assert "kettle" not in question.text.lower().replace("kettles", "")
    link = re.search(rf"{board}/confirm/\S+", question.text)
    assert link
    ada.goto(link.group())
    assert session.scalars(select(Subscription)).one().confirmed_at is None
    ada.get_by_role("button", name=re.compile("Yes|Confirm")).first.click()
    assert session.scalars(select(Subscription)).one().confirmed_at is not None

    # The moderator approves, takes it back, and approves again.
    moderator = pages.open()
    sign_in(moderator, board, makers.account())
    expect(moderator.get_by_text("A kettle, three times.")).to_be_visible()
    approve_all(moderator, board)
    assert session.scalars(select(Comment.status)).one() == Status.PUBLISHED
    moderator.get_by_role("button", name="Undo").first.click()
    expect(moderator.get_by_text("A kettle, three times.")).to_be_visible()
    approve_all(moderator, board)

    # Another reader, without script, answers on the board; once approved, one mail goes out.
    ben = pages.open(java_script_enabled=False)
    ben.goto(f"{blog}/kettles")
    ben.get_by_role("link", name="Read and join the discussion").click()
    ben.get_by_role("link", name="Reply to Ada", exact=True).click()
    write_comment(ben, "Which handle was the best?", "Ben")
    run_command(worker, "worker", "--once")
    [_, approval] = smtp.messages_to("ada@reader.example")
    assert "is published" in approval["Subject"]
    approve_all(moderator, board)
    run_command(worker, "worker", "--once")
    run_command(worker, "worker", "--once")
    [_, _, mail] = smtp.messages_to("ada@reader.example")
    assert "Which handle was the best?" in mail.text
    assert "Which handle was the best?" in mail.html
    assert mail["In-Reply-To"] in mail["References"]
    assert "Ben" in mail["From"]
    assert "ben@" not in mail["From"]

    # Ada follows the mail to the answer, and one click in her mail program stops all further mail.
    answer = re.search(rf"{board}/c/\d+", mail.text)
    assert answer
    ada.goto(answer.group())
    expect(ada.get_by_text("Which handle was the best?")).to_be_visible()
    one_click = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    request = Request(one_click, data=b"List-Unsubscribe=One-Click", method="POST")
    with urlopen(request) as response:
        assert response.status == 200
    assert session.scalars(select(Subscription)).one().ended_at is not None
    write_comment_reply(ben, board, thread.id)
    approve_all(moderator, board)
    run_command(worker, "worker", "--once")
    assert len(smtp.messages_to("ada@reader.example")) == 3


def write_comment_reply(page: Page, board: str, thread_id: int) -> None:
    page.goto(f"{board}/t/{thread_id}")
    page.get_by_role("link", name="Reply to Ada", exact=True).click()
    write_comment(page, "And which lid?", "Ben")
