"""Folders of posts, as the common generators keep them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from board.sources.folders import FilePost, Folder, LeftOut
from board.sources.patterns import Pattern, PatternRefused

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BLOG = "https://blog.test"
DATED = Pattern("https://blog.test/{year}/{month}/{day}/{slug}.html")


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def read(folder: Path, file: Path, pattern: Pattern | None = None) -> FilePost:
    return Folder(folder, BLOG, pattern).read(file, NOW)


def test_jekyll_dates_a_post_by_its_name(tmp_path: Path) -> None:
    file = write(tmp_path, "_posts/2014-01-02-on-kettles.md", "---\ntitle: On kettles\n---\nText.")
    post = read(tmp_path, file, DATED)
    assert post.address == "https://blog.test/2014/01/02/on-kettles.html"
    assert (post.title, post.form) == ("On kettles", "markdown")
    assert post.published_at == datetime(2014, 1, 2, tzinfo=UTC)


def test_hugo_keeps_a_post_in_a_folder_of_its_own(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "posts/on-kettles/index.md",
        '+++\ntitle = "On kettles"\ndate = 2014-01-02T10:00:00Z\n+++\nText.',
    )
    assert (
        read(tmp_path, file, Pattern("https://blog.test/{section}/{slug}/")).address
        == "https://blog.test/posts/on-kettles/"
    )
    assert (
        read(tmp_path, file, Pattern("https://blog.test/{path}/")).address
        == "https://blog.test/posts/on-kettles/"
    )
    assert read(tmp_path, file).published_at == datetime(2014, 1, 2, 10, tzinfo=UTC)


def test_pelican_needs_no_fences(tmp_path: Path) -> None:
    file = write(
        tmp_path, "kettles.md", "Title: On kettles\nDate: 2014-01-02 10:00\nSlug: tea\n\nThe text.\n"
    )
    post = read(tmp_path, file, DATED)
    assert (post.title, post.address) == ("On kettles", "https://blog.test/2014/01/02/tea.html")
    assert post.source.endswith("---\nThe text.\n")


def test_a_text_that_begins_with_a_colon_is_no_list_of_settings(tmp_path: Path) -> None:
    text = "Note: this is an essay.\nAnd it goes on.\n\nMore.\n"
    assert read(tmp_path, write(tmp_path, "k.md", text)).source == text


@pytest.mark.parametrize(
    ("matter", "address"),
    [
        ("canonical_url: https://www.blog.test/k", "https://www.blog.test/k"),
        ("canonical_url: https://elsewhere.test/k", "https://blog.test/named"),
        ("canonical_url: https://elsewhere.test/k\nurl: /k", "https://blog.test/k"),
        ("url: /tea/kettles/", "https://blog.test/tea/kettles/"),
        ("permalink: tea.html", "https://blog.test/tea.html"),
        ("permalink: /:year/:title/", "https://blog.test/named"),
        ("slug: tea", "https://blog.test/tea"),
        ("title: Tea", "https://blog.test/named"),
    ],
)
def test_front_matter_may_say_where_the_post_stands(tmp_path: Path, matter: str, address: str) -> None:
    file = write(tmp_path, "named.md", f"---\n{matter}\n---\nText.")
    assert read(tmp_path, file, Pattern("https://blog.test/{slug}")).address == address


def test_a_post_without_an_address_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, write(tmp_path, "k.md", "Text.")).address is None


def test_an_address_elsewhere_is_better_than_none(tmp_path: Path) -> None:
    file = write(tmp_path, "k.md", "---\ncanonical_url: https://elsewhere.test/k\n---\nText.")
    assert read(tmp_path, file).address == "https://elsewhere.test/k"


@pytest.mark.parametrize(
    ("matter", "words"),
    [("draft: true", "it is a draft"), ("published: false", "it is a draft"), ("status: Hidden", "it is a draft"),
     ("date: 2026-06-02", "it is dated in the future"), ("publishDate: 2027-01-01\ndate: 2014-01-01", "in the future")],
)  # fmt: skip
def test_what_is_not_published_is_left_out(tmp_path: Path, matter: str, words: str) -> None:
    file = write(tmp_path, "k.md", f"---\n{matter}\n---\nText.")
    with pytest.raises(LeftOut, match=words):
        read(tmp_path, file)


def test_only_posts_are_looked_at(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.html", "_posts/d.markdown", "README.md", "_index.md", "_drafts/e.md", ".git/f.md", "g.png",
                 "node_modules/x/h.md", "404.html"):  # fmt: skip
        write(tmp_path, name, "Text.")
    files = [file.relative_to(tmp_path).as_posix() for file in Folder(tmp_path, BLOG, None).files()]
    assert files == ["_posts/d.markdown", "a/c.html", "b.md"]


def test_html_loses_its_front_matter_and_keeps_its_page(tmp_path: Path) -> None:
    post = read(tmp_path, write(tmp_path, "k.html", "---\ntitle: K\n---\n<p>Text.</p>"))
    assert (post.form, post.title, post.source) == ("html", "K", "\n<p>Text.</p>")


def test_front_matter_of_any_kind_does_no_harm(tmp_path: Path) -> None:
    for matter in ("- a\n- b", "title: [1, 2]\ndate: {}", "date: 99999-01-01", "title: *x", "1: 2"):
        read(tmp_path, write(tmp_path, "k.md", f"---\n{matter}\n---\nText."))


def test_a_file_of_giant_size_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(LeftOut, match="larger than 2 MB"):
        read(tmp_path, write(tmp_path, "k.md", "x" * 3_000_000))


@pytest.mark.parametrize(
    "text", ["blog.test/{slug}", "https://blog.test/", "https://blog.test/{titel}", "{slug}"]
)
def test_a_pattern_that_makes_no_address_is_refused(text: str) -> None:
    with pytest.raises(PatternRefused):
        Pattern(text)


def test_what_a_pattern_needs_and_a_post_lacks_is_said(tmp_path: Path) -> None:
    with pytest.raises(PatternRefused, match="its year is not known"):
        read(tmp_path, write(tmp_path, "k.md", "Text."), DATED)
