"""Makes the pictures in docs/pictures from the real thing: a fresh board with its demo blog, in a browser.

Run it with `make pictures`. `.venv/bin/python docs/make_pictures.py FOLDER --all` makes
a picture of every page instead, light and dark, wide and narrow, for somebody who wants to look at them all.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.authoring.blog import serve  # noqa: E402  # a checkout is not a package
from tests.support.browser import running_browser  # noqa: E402
from tests.support.processes import free_port  # noqa: E402
from tests.support.web import running_web  # noqa: E402

OWNER = {"name": "Clara Voss", "email": "clara@desk.example", "password": "paper boats in the rain"}
SIZES = {
    "wide": {"width": 1280, "height": 900},
    "middle": {"width": 768, "height": 900},
    "narrow": {"width": 320, "height": 700},
}
POST = "on-silence.html"


class Places(NamedTuple):
    """Addresses: the board, its demo blog, a blog that it does not know yet, and where its owner begins."""

    board: str
    blog: str
    new_blog: str
    link: str


@contextmanager
def running_demo(new_blog: str) -> Iterator[Places]:
    """A board on fresh data, which may read `new_blog` on this machine."""
    port, blog_port = free_port(), free_port()
    with tempfile.TemporaryDirectory() as data:
        environ = {
            **os.environ,
            "BOARD_DATA": data,
            "BOARD_PORT": str(port),
            "BOARD_DEMO_PORT": str(blog_port),
            "BOARD_PRIVATE_BLOGS": new_blog,
        }
        command = [sys.executable, "-m", "board", "run", "--demo"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)  # noqa: S603  # ours
        try:
            assert process.stdout  # noqa: S101  # asked for above
            link = next(
                found.group()
                for line in process.stdout
                if (found := re.search(r"http\S+/invitation/\S+", line))
            )
            yield Places(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{blog_port}", new_blog, link)
        finally:
            process.terminate()
            process.wait()


def open_page(browser: Browser, scheme: str = "light", size: str = "wide") -> Page:
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size], reduced_motion="reduce")  # type: ignore[arg-type]
    return context.new_page()


def become_owner(page: Page, link: str) -> None:
    page.goto(link)
    for name, value in OWNER.items():
        page.fill(f"[name={name}]", value)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk")


def scroll_to_discussion(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("iframe").evaluate("(frame) => frame.scrollIntoView()")
    page.frame_locator("iframe").locator(".comment").first.wait_for()
    page.wait_for_function("() => document.querySelector('iframe').style.height !== '480px'")
    page.locator("iframe").evaluate("(frame) => scrollBy(0, frame.getBoundingClientRect().top - 160)")
    page.wait_for_load_state("networkidle")


def come_to_the_prompts(page: Page, board: str, blog: str) -> None:
    """The second of the first steps with `blog`."""
    page.goto(f"{board}/desk/start")
    page.get_by_label("Address of your blog").fill(blog)
    page.get_by_role("button", name="Look at my blog").click()
    page.get_by_role("heading", name="What your posts ask").wait_for()


def for_readme(browser: Browser, places: Places, folder: Path) -> None:
    board, blog, new_blog, link = places
    owner = open_page(browser)
    become_owner(owner, link)
    owner.screenshot(path=folder / "queue-light.png")
    come_to_the_prompts(owner, board, new_blog)
    owner.screenshot(path=folder / "start-light.png")
    for scheme in ("light", "dark"):
        page = open_page(browser, scheme)
        scroll_to_discussion(page, f"{blog}/{POST}")
        page.screenshot(path=folder / f"embed-{scheme}.png")
    page = open_page(browser)
    page.goto(board)
    page.screenshot(path=folder / "home-light.png")


def all_pages(browser: Browser, places: Places, folder: Path) -> None:
    board, blog, new_blog, link = places
    owner = open_page(browser)
    become_owner(owner, link)
    come_to_the_prompts(owner, board, new_blog)
    begun = owner.url.removeprefix(board)
    state = owner.context.storage_state()
    public = [
        "/",
        "/s/demo",
        "/p/1",
        "/t/1",
        "/t/1?order=newest",
        "/t/1/reply/1",
        "/t/1/write",
        "/missing",
        "/sign-in",
    ]
    desk = ["/desk", "/desk?view=published", "/desk/log", "/desk/mail", "/account"]
    desk += ["/desk/prompts", "/desk/prompts?view=opened", "/desk/prompts/add", "/desk/prompts/post/1"]
    desk += [
        "/desk/sites",
        "/desk/sites/demo",
        "/desk/posts",
        "/desk/posts/1",
        "/desk/moves",
        "/desk/moves/rule",
    ]
    desk += ["/desk/start", begun, f"{begun}/snippet", "/desk/figures", "/desk/people", "/desk/mail-to-me"]
    for scheme in ("light", "dark"):
        for size, viewport in SIZES.items():
            context = browser.new_context(
                color_scheme=scheme, viewport=viewport, storage_state=state, reduced_motion="reduce"
            )
            page = context.new_page()
            for path in [*public, *desk]:
                page.goto(board + path)
                name = re.sub(r"\W+", "-", path).strip("-") or "home"
                page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)
            scroll_to_discussion(page, f"{blog}/{POST}")
            page.screenshot(path=folder / f"embed-{size}-{scheme}.png")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    take = all_pages if "--all" in sys.argv else for_readme
    with (
        running_web() as new_blog,
        running_demo(new_blog.address) as places,
        running_browser() as browser,
    ):
        serve(new_blog)
        take(browser, places, folder)


if __name__ == "__main__":
    main()
