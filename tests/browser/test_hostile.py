"""Hostile text in a real browser: nothing runs, nothing foreign is asked for."""

from __future__ import annotations

from playwright.sync_api import Page, Request

from tests.support.makers import Makers

ROWS = [
    "<script>window.pwned = 1</script>",
    '<img src="http://evil.test/x.png" onerror="window.pwned = 1">',
    "![x](http://evil.test/x.png)",
    "[click](javascript:window.pwned=1)",
    "[click](jAvAsCrIpT&#58;window.pwned=1)",
    "[click](data:text/html,<script>parent.pwned=1</script>)",
    "<svg onload=window.pwned=1><animate onbegin=window.pwned=1>",
    '<a href="//evil.test" onmouseover="window.pwned=1">hover</a>',
    '<https://evil.test/"onmouseover=window.pwned=1>',
    '<style>@import "http://evil.test/x.css"</style>',
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    '<form action="http://evil.test"><button name=x id=form_token>Send</button></form>',
    "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "</textarea></div></article><script>window.pwned=1</script>",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "\u202eevil\u202c \u200b\u202e reversed",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
]


def test_hostile_comments_do_nothing_in_a_browser(page: Page, live_server: str, makers: Makers) -> None:
    thread = makers.thread(
        heading="<script>window.pwned = 1</script>", prompt='"><img src=x onerror=window.pwned=1>'
    )
    for row in ROWS:
        makers.comment(thread, source=row, author_name=row[:60])
    foreign: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((live_server, "data:")):
            foreign.append(request.url)

    page.on("request", note)
    page.goto(f"{live_server}/t/{thread.id}")
    for link in page.locator(".prose a").all():
        link.hover()
    assert page.evaluate("window.pwned") is None
    assert foreign == []
    assert "49" not in page.locator("#main").inner_text()
    assert page.locator(".prose :is(script, img, svg, iframe, form, style, math, button)").count() == 0
    assert (
        page.locator(
            ".prose [onerror], .prose [onload], .prose [onmouseover], .prose [style], .prose [id]"
        ).count()
        == 0
    )
