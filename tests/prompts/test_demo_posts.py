"""The demo's prompts are found by the program, in its posts as they are served."""

from __future__ import annotations

import pytest

from board.demo.server import BLOG, fill
from board.prompts import Detection, Document, detect, read_document

POSTS = sorted(file.stem for file in BLOG.glob("*.html") if file.name != "index.html")


def document_of(name: str) -> Document:
    html = (BLOG / f"{name}.html").read_text("utf-8")
    return read_document(fill(html, "https://board.example", "https://desk.example"), "html")


def found_in(name: str) -> Detection:
    return detect(document_of(name))


@pytest.mark.parametrize("name", POSTS)
def test_every_post_ends_in_a_prompt_that_is_found_beyond_doubt(name: str) -> None:
    closing = found_in(name).closing
    assert closing is not None
    assert closing.heading in {"What is your reaction?", "What is your experience?"}
    assert closing.text.startswith("What ")
    assert closing.text.endswith((" you.", " mind.", " below."))
    assert closing.kind == "reaction"
    assert closing.confidence > 0.9


def test_the_early_call_for_questions_is_the_only_other_prompt() -> None:
    others = {
        name: [prompt.text for prompt in found.prompts if prompt is not found.closing]
        for name in POSTS
        for found in [found_in(name)]
    }
    [call] = others.pop("learning-to-ask")
    assert call.startswith("Please leave the questions")
    assert not any(others.values())


@pytest.mark.parametrize("name", POSTS)
def test_a_post_says_what_it_is_called_and_where_it_stands(name: str) -> None:
    document = document_of(name)
    assert document.canonical_address == f"https://desk.example/{name}.html"
    assert document.language == "en"
    assert document.title
    assert "Unhurried" not in document.title


def test_the_list_of_posts_asks_nothing() -> None:
    assert found_in("index").prompts == ()
