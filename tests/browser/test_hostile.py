"""Hostile text in a real browser: nothing runs, nothing foreign is asked for.

BOARD_HOSTILE_ROWS may name a file of JSON lines with a `payload` each; they are tried besides our own.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from playwright.sync_api import Page, Request

from board.text import TextRefused, normalise
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


def rows() -> list[str]:
    file = os.environ.get("BOARD_HOSTILE_ROWS")
    lines = (
        Path(file).read_text("utf-8").strip().split("\n") if file else []
    )  # a payload may hold other line ends
    return [row for row in (*ROWS, *(json.loads(line)["payload"] for line in lines)) if storable(row)]


def storable(row: str) -> bool:
    try:
        return bool(normalise(row))
    except TextRefused:
        return False


def test_hostile_comments_do_nothing_in_a_browser(page: Page, live_server: str, makers: Makers) -> None:
    thread = makers.thread(
        heading="<script>window.pwned = 1</script>", prompt='"><img src=x onerror=window.pwned=1>'
    )
    root = makers.comment(thread)
    for row in rows():
        makers.comment(thread, root, source=row, author_name=row.replace("\x00", "")[:60])
    foreign: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((live_server, "data:")):
            foreign.append(request.url)

    page.on("request", note)
    page.goto(f"{live_server}/t/{thread.id}")
    assert page.locator("li.comment").count() == len(rows()) + 1
    for link in page.locator(".prose a").all()[:50]:
        link.hover()
    assert page.evaluate("window.pwned") is None
    assert foreign == []
    assert page.get_by_text("{{ 7*7 }}", exact=False).count() >= 1
    forbidden = "script, img, svg, iframe, form, style, math, button, input, object, embed, base, meta, link"
    assert page.locator(f".prose :is({forbidden})").count() == 0
    allowed = {"href", "title", "rel", "target", "start", "class"}
    names = page.evaluate("[...document.querySelectorAll('.prose *')].flatMap((e) => e.getAttributeNames())")
    assert set(names) <= allowed
    schemes = page.evaluate("[...document.querySelectorAll('.prose a')].map((a) => a.protocol)")
    assert set(schemes) <= {"http:", "https:", "mailto:"}
