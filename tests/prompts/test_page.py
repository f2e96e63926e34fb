"""What is read off a page beside its text: title, address, language; and what themes write around it."""

from __future__ import annotations

import pytest

from board.prompts import read_document


@pytest.mark.parametrize(
    ("head_and_body", "title"),
    [
        ("<title>On waiting – a study – The Desk</title>", "On waiting – a study"),
        ('<meta property="og:title" content="On waiting | The Desk">', "On waiting"),
        ('<meta property="og:title" content="On waiting | The Desk"><h1>On waiting</h1>', "On waiting"),
        ("<title>Waiting – a study</title><h1>Waiting – a study</h1>", "Waiting – a study"),
        ("<h1>The Desk</h1><article><h1>On\n waiting</h1></article>", "On waiting"),
        ("<title>On waiting - The Desk</title><h1>The Desk</h1><h2>On waiting</h2>", "On waiting"),
        ("<p>Nothing", ""),
    ],
)
def test_the_title_is_the_posts_and_not_the_blogs(head_and_body: str, title: str) -> None:
    assert read_document(head_and_body, "html").title == title


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="Canonical" href=" https://desk.example/a ">', "https://desk.example/a"),
        ('<link rel="shortlink canonical" href="https://desk.example/a">', "https://desk.example/a"),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="https://desk.example/b">', "https://desk.example/b"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ("", None),
    ],
)  # fmt: skip
def test_only_a_whole_web_address_is_where_a_page_stands(head: str, address: str | None) -> None:
    assert read_document(f"<head>{head}</head><p>Text", "html").canonical_address == address


@pytest.mark.parametrize("name", ["elementor-widget", "content has-sidebar", "post tag-social", "no-sidebar"])
def test_a_class_about_the_layout_does_not_cost_the_text(name: str) -> None:
    """Elementor calls every piece of an article a widget: such posts came out empty."""
    document = read_document(f'<main><div class="{name}"><p>What do you think?</p></div></main>', "html")
    assert [block.text for block in document.blocks] == ["What do you think?"]


@pytest.mark.parametrize(
    "name", ["widget", "sidebar-right", "sharedaddy sd-block", "comment-respond", "popup-form"]
)
def test_what_surrounds_a_post_is_left_out(name: str) -> None:
    document = read_document(f'<main><p>Text</p><div class="{name}"><p>What do you think?', "html")
    assert [block.text for block in document.blocks] == ["Text"]


def test_a_title_is_one_line_wherever_it_comes_from() -> None:
    document = read_document("---\ntitle: |\n  On\n  waiting\n---\nText", "markdown")
    assert document.title == "On waiting"


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_half_a_character_never_reaches_the_database(form: str) -> None:
    document = read_document("What do you think \ud800?", form)  # type: ignore[arg-type]
    assert [block.text for block in document.blocks] == ["What do you think ??"]
