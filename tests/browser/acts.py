"""What people do in a browser, said once."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page

from board.accounts.models import Account
from board.sites.models import Site
from board.threads.models import Thread
from tests.support.makers import PASSWORD, Makers

Place = Page | FrameLocator | Locator

POST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>On listening</title><link rel="icon" href="data:,"></head><body><h1>On listening</h1><p>A post.</p>
<a data-reflection-board href="{board}/d/{slug}?key=listening">Read and join the discussion</a>
<script async src="{board}/embed.js"></script></body></html>"""


def write_comment(place: Place, words: str, name: str, email: str = "") -> None:
    place.get_by_label("Your thoughts").last.fill(words)
    place.get_by_label("Your name").last.fill(name)
    if email:
        place.get_by_label("Email (optional)").last.fill(email)
        place.get_by_label("Email me about replies").last.check()
    place.get_by_role("button", name="Send", exact=True).last.click()


def sign_in(page: Page, board: str, account: Account) -> None:
    page.goto(f"{board}/sign-in")
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{board}/desk**")


def post_on_a_blog(makers: Makers, board: str, blog_server) -> tuple[str, Thread]:
    """A post with the snippet, served on another site than the board, and the thread of its prompt."""
    site: Site = makers.site(slug="blog")
    blog = blog_server({"/listening": POST.format(board=board, slug="blog")})
    site = makers.let_embed(site, blog)
    post = makers.post(site, address=f"{blog}/listening", key="listening")
    return f"{blog}/listening", makers.thread(post=post)
