"""Finding what a post asks its readers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.prompts import Prompt, Sign, detect, read_document

PAGE = """<!doctype html><html lang="en"><head><title>On waiting | The Desk</title>
<link rel="canonical" href="https://desk.example/on-waiting"></head><body>
<nav><a href="/">What would you like to read?</a></nav>
<article><h1>On waiting</h1>
<p>Leave your questions for my next visit to the clockmaker in the comments below.</p>
<p>{filler}</p><blockquote><p>What do you think a clock is for? Tell me!</p></blockquote>{paragraphs}
{closing}
<p>Photo by a friend.</p>
<div class="sharedaddy"><h2>Share this!</h2><p>If you liked it, please share your thoughts with friends.</p></div>
</article>
<section id="respond"><h3>Leave a Reply</h3><form><textarea></textarea></form></section>
<footer>Have questions? Contact me.</footer></body></html>"""
FILLER = "The clock in the hall stopped in March. Nobody noticed until the guests came. " * 6
HEADED = (
    "<h2>What is your reaction?</h2><p>When did waiting last serve you well? Share your thoughts below.</p>"
)


def page(closing: str) -> str:
    return PAGE.format(filler=FILLER, paragraphs=f"<p>{FILLER}</p>" * 8, closing=closing)


def closing_of(source: str, form: str = "html") -> Prompt | None:
    return detect(read_document(source, form)).closing  # type: ignore[arg-type]


def test_the_closing_prompt_is_found_with_its_heading_and_kind() -> None:
    found = closing_of(page(HEADED))
    assert found is not None
    assert found.heading == "What is your reaction?"
    assert found.text == "When did waiting last serve you well? Share your thoughts below."
    assert found.kind == "reaction"
    assert found.confidence > 0.9
    assert Sign.HEADING in found.signs
    assert found.closes
    assert found.before.endswith("until the guests came.")
    assert found.after == "Photo by a friend."


def test_an_early_call_for_questions_is_found_beside_it() -> None:
    prompts = detect(read_document(page(HEADED), "html")).prompts
    assert [prompt.kind for prompt in prompts] == ["question_call", "reaction"]
    assert prompts[0].text.startswith("Leave your questions")


def test_title_address_and_language_are_read() -> None:
    document = read_document(page(HEADED), "html")
    assert (document.title, document.language) == ("On waiting", "en")
    assert document.canonical_address == "https://desk.example/on-waiting"


@pytest.mark.parametrize(
    "closing",
    [
        "<p>How do you wait?</p>",
        "<p>I would love to hear how you wait.</p>",
        "<p>Let me know in the comments what I missed.</p>",
        "<p>What else is there? Have any ideas? Share your tips below.</p>",
        "<ul><li>What do you wait for?</li><li>Who waits for you? Tell me in the comments.</li></ul>",
    ],
)
def test_the_ways_of_asking(closing: str) -> None:
    found = closing_of(page(closing))
    assert found is not None
    assert found.text in " ".join(
        read_document(closing, "html").blocks[n].text
        for n in range(closing.count("<p>") + closing.count("<li>"))
    )


@pytest.mark.parametrize(
    "closing",
    [
        "<p>And so the clock was mended.</p>",
        "<p>It is odd, isn't it?</p>",
        "<p>What are you waiting for?</p>",
        "<p>Subscribe to my newsletter and let me know what you think!</p>",
        "<p>If you have questions, contact me.</p>",
        "<blockquote><p>What do you think? Tell me in the comments.</p></blockquote>",
        "<p>Why did it stop? Because nobody wound it.</p>",
        "<p>Are you late? Are you early? Are you afraid of your clock? Do you hide it? Would you stop it?</p>",
    ],
)
def test_what_only_looks_like_a_prompt(closing: str) -> None:
    assert closing_of(page(closing)) is None


def test_markdown_with_front_matter() -> None:
    source = f"---\ntitle: On waiting\ncanonical_url: https://desk.example/w\n---\n\n{FILLER}\n\n## Your turn\n\nHow do *you* wait? Share your ways below.\n"
    document = read_document(source, "markdown")
    assert (document.title, document.canonical_address) == ("On waiting", "https://desk.example/w")
    found = detect(document).closing
    assert found is not None
    assert (found.heading, found.text) == ("Your turn", "How do you wait? Share your ways below.")


@pytest.mark.parametrize(
    "matter", ["---\n: [\n---\nText", "+++\nx = \n+++\nText", "---\n- a\n---\nText", "---\nnever closed"]
)
def test_broken_front_matter_loses_no_text(matter: str) -> None:
    assert any(
        "Text" in block.text or "never" in block.text for block in read_document(matter, "markdown").blocks
    )


def test_german() -> None:
    found = closing_of(
        f'<html lang="de"><body><article><p>{FILLER}</p><p>Wie wartet ihr? Schreibt es mir in den Kommentaren!</p>'
    )
    assert found is not None
    assert found.text == "Wie wartet ihr? Schreibt es mir in den Kommentaren!"


HOSTILE = {
    "deep": "<div>" * 50_000 + "What do you think?",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(25_000)) + ">What do you think?</p>",
    "unclosed": "<a <a <a " * 20_000,
    "comments": "<!--" * 50_000,
    "questions": "<p>" + "What do you think? " * 20_000,
    "one word": "<p>" + "you" * 150_000,
    "dashes": "<title>" + "a - " * 100_000 + "</title><p>What do you think?",
    "headings": "<h1>a</h1>" * 50_000,
    "stops": "<p>" + ". " * 200_000,
    "nul": "<p>\x00What do you\x00 think? Tell me in the comments.</p>",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_page_ends_in_time_and_in_peace(name: str) -> None:
    """Bounded, not fast: a page of half a megabyte is read in a worker or a command, never in a request."""
    started = time.process_time()
    detect(read_document(HOSTILE[name], "html"))
    assert time.process_time() - started < 10


@given(st.text(max_size=400), st.sampled_from(["html", "markdown", "text"]))
def test_nothing_in_a_page_makes_it_fail(source: str, form: str) -> None:
    detect(read_document(source, form))  # type: ignore[arg-type]
    detect(read_document(source.encode("utf-8", "surrogatepass"), form))  # type: ignore[arg-type]
