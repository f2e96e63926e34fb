"""The pages of posts and moves as people meet them: on any screen, with any aid, in any language."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.authoring.remapping import Owner
from tests.browser.acts import sign_in
from tests.browser.test_accessibility import LONG_WORD, VIEWPORTS, faults, sideways, violations
from tests.moderation.desk import signed_in
from tests.support.browser import Pages, Problems
from tests.support.makers import Makers
from tests.support.pages import form_values
from tests.test_translation import speaking, untranslated  # noqa: F401  # a fixture

OLD, NEW = "https://old.test/blog/", "https://new.test/"


def paths_of_everything(app: Flask, makers: Makers, word: str) -> tuple[list[str], str]:
    """All pages of a site in which everything was moved and merged, with `word` as every name; and the page of a
    move that cannot be undone as a whole any more."""
    owner, site = Owner(app), makers.site(slug="blog", name="Blog")
    makers.site(name="Blog")
    posts = [makers.post(site, title=word, address=f"{OLD}{word}-{number}") for number in range(5)]
    threads = [makers.thread(post=post, heading="", prompt=f"{word} {post.id}") for post in posts]
    makers.thread(post=posts[0], heading=word, prompt=word, status="closed", stands_in=True)
    makers.comment(threads[0])
    makers.draft(posts[0])
    moves = [
        owner.give(posts[0], f"https://old.test/{word}"),
        owner.take(posts[0], f"https://old.test/{word}"),
        owner.give(posts[1], f"https://old.test/{word}", stands=True),
        owner.move_thread(threads[4], posts[0]),
        owner.merge_threads(threads[2], threads[3]),
        owner.merge_posts(posts[3], posts[2]),
        owner.remap(site.id, OLD, NEW, batches=2),
        owner.give(posts[0], f"https://third.test/{word}", stands=True),
    ]
    owner.undo(moves[1])
    for place in (OLD, NEW):
        makers.post(site, title=word, address=f"{place}{word}")
    post, thread, rule = posts[0].id, threads[0].id, "/desk/moves/rule"
    paths = ["/desk/posts", "/desk/posts?q=nowhere", f"/desk/posts/{post}", "/desk/moves"]
    paths += [rule, f"{rule}?old={OLD}&new={NEW}&site={site.id}", f"{rule}?old=&new=x&site={site.id}"]
    paths += [f"/desk/moves/{number}" for number in moves]
    paths += [f"/desk/moves/post/{post}{end}" for end in ("", "?q=nowhere", f"?into={posts[1].id}")]
    ends = ("", "?q=nowhere", f"?into={threads[1].id}", f"?post={posts[1].id}")
    paths += [f"/desk/moves/thread/{thread}{end}" for end in ends]
    return paths, f"/desk/moves/{moves[6]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(VIEWPORTS))
def test_the_pages_of_posts_and_moves_are_accessible(
    app: Flask, pages: Pages, live_server: str, makers: Makers, problems: Problems, scheme: str, size: str
) -> None:
    problems.expect("status of 4")
    paths, stuck = paths_of_everything(app, makers, LONG_WORD)
    page = pages.open(color_scheme=scheme, viewport=VIEWPORTS[size], reduced_motion="reduce")
    sign_in(page, live_server, makers.account())
    assert faults(page, live_server, paths) == {}
    page.goto(live_server + stuck)
    page.get_by_role("button", name="Undo this move").click()
    page.get_by_role("button", name="Undo the rest").wait_for()
    assert (violations(page), sideways(page)) == ([], 0)


def test_every_word_about_posts_and_moves_is_translatable(
    speaking,  # noqa: F811
    makers: Makers,
) -> None:
    app = speaking("de")
    client = signed_in(app, makers.account())
    paths, stuck = paths_of_everything(app, makers, "word")
    own_words = {"Blog", "Reflection Board", "word", OLD, NEW, "https://"}
    pages = {path: client.get(path) for path in paths}
    action, values = form_values(pages[stuck], "/undo")
    pages["not all undone"] = client.post(action, data=values)
    pages["undone"] = client.get(client.post(action, data={**values, "rest": "1"}).location)
    left = {path: untranslated(page.get_data(as_text=True), own_words) for path, page in pages.items()}
    assert {path: words for path, words in left.items() if words} == {}
