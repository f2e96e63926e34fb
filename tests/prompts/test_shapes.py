"""Where prompts stand in real posts: what follows them, what stands around them, what only looks like them."""

from __future__ import annotations

import time

import pytest

from board.prompts import Detection, detect, read_document

FILLER = "The clock in the hall stopped in March. Nobody noticed until the guests came. " * 6
ASKED = "When did waiting last serve you well? Share your thoughts below."


def found_in(ending: str, before: str = "") -> Detection:
    paragraphs = f"<p>{FILLER}</p>" * 4
    page = f'<html lang="en"><body><article><h1>On waiting</h1>{before}{paragraphs}{ending}</article></body></html>'
    return detect(read_document(page, "html"))


@pytest.mark.parametrize(
    "after",
    [
        "",
        "<p>P.S. The clockmaker came on a Tuesday. Do you know his shop?</p>",
        "<p>Photo by a friend of mine, who waited an hour for the light.</p>",
        "<h2>Sources</h2><ul><li>A long history of clocks, and of the people who have had to wait beside them.</li></ul>",
        "<p>Until next week!</p><p>Ada</p>",
        "<p>Update: the clock has been mended since, by the same man who had sold it to us in the first place.</p>",
        "<h3>Related posts</h3><p>Are you a patient person? Tell me how you wait in a queue, in the comments.</p>",
        "<h3>3 Comments</h3><p>I wait with a book. What do you read, and would you lend it to me next week?</p>",
        "<p>Leave a comment</p>",
        "<p>Filed under: clocks</p><p>Tags: patience, halls</p>",
        '<div class="author-box"><p>Ada mends clocks. Do you have one? Let me know what it needs.</p></div>',
        '<div class="sharedaddy"><p>If you liked this, share your thoughts with friends!</p></div>',
        "<p>Thank you for reading all of this; it took me a week to write, and you an evening to read.</p>",
    ],
)
def test_the_prompt_is_found_whatever_follows_it(after: str) -> None:
    closing = found_in(f"<p>{ASKED}</p>{after}").closing
    assert closing is not None
    assert closing.text == ASKED


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("<h2>Your turn</h2><ul><li>What do you wait for?</li><li>Who waits for you?</li></ul>", "What do you wait for? Who waits for you?"),
        ("<p>The house was quiet again. What do you hear when a clock stops?</p>", "What do you hear when a clock stops?"),
        ("<p>What do you hear? Here’s to quiet houses!</p>", "What do you hear?"),
        ("<p>Is there a way to hurry? Let me know in the comments.</p>", "Is there a way to hurry? Let me know in the comments."),
        ("<p>Is there anything better than a quiet house? What is your favourite room?</p>", "What is your favourite room?"),
        ("<p>That was the hall, and everybody asked why it was so quiet, do you see?</p><p>What is your favourite room?</p>", "What is your favourite room?"),
        ("<p>Tell me in the comments how you wait.</p><p>I answer every one.</p>", "Tell me in the comments how you wait."),
        ("<p>Tell me in the comments how you wait. I’ll add your ideas to the list.</p>", "Tell me in the comments how you wait. I’ll add your ideas to the list."),
        ("<p>How do you wait? 👇 Let me know! xo</p>", "How do you wait? 👇 Let me know!"),
        ("<p>{What do you listen to at the moment?}</p>", "{What do you listen to at the moment?}"),
        ("<p>Do you wait in silence or aloud? And why?</p>", "Do you wait in silence or aloud? And why?"),
        ("<p>Would you wait? Why or why not?</p><p>Tea is ready.</p>", "Would you wait? Why or why not?"),
        ("<p>Would you wait? Why? Because time is all we have, said the man who sold clocks.</p>", "Would you wait?"),
        ("<p>Do you do anything like the way I do it?</p>", "Do you do anything like the way I do it?"),
        ("<p>How do you wait? I’d love to hear it, so please feel free to let me know!</p>", "How do you wait? I’d love to hear it, so please feel free to let me know!"),
        ("<p>Answers in the comments, please!</p>", "Answers in the comments, please!"),
        ("<p>What do you think? Let me know in the comments, and subscribe to my newsletter.</p>", "What do you think? Let me know in the comments, and subscribe to my newsletter."),
    ],
)  # fmt: skip
def test_the_text_is_the_whole_run_and_nothing_else(ending: str, text: str) -> None:
    closing = found_in(ending).closing
    assert closing is not None
    assert closing.text == text


@pytest.mark.parametrize(
    "ending",
    [
        "<p>To travel takes papers. Who are you going to leave the cat with? More planning. It can become too much for "
        "anybody, and most of us are tied to a place and to a day of the week.</p><p>Take your time, but do not give up.</p>",
        "<p>Have you scheduled too much? Then take something out again.</p>",
        "<p>Want to know how it ends? Check out part two.</p>",
        "<p>He asked me: “What would you do?”</p>",
        "<p>“What do you think?” she said, and put the key back into the drawer.</p>",
        "<p>Did you like it? Subscribe to my channel.</p>",
        "<p>As somebody wrote in the comments last week, a stopped clock is right twice a day.</p>",
        "<p>I am excited.</p>",
        "<h3>Leave a Reply</h3><p>What do you think about this post?</p>",
        f"<p>What do you do when a clock stops?</p><p>{FILLER}</p><p>{FILLER}</p><p>{FILLER}</p>",
        "<form><p>What do you think? Let me know!</p></form>",
        '<div class="wp-block-jetpack-subscriptions newsletter"><p>Tell me where you are!</p></div>',
        "<pre>What do you think? Tell me in the comments.</pre>",
    ],
)
def test_none_is_a_good_answer(ending: str) -> None:
    assert found_in(ending).closing is None


def test_a_call_for_questions_far_from_the_end_is_no_closing_prompt() -> None:
    found = found_in(
        "<p>Goodbye.</p>", before="<p>Leave your questions for my next visit in the comments.</p>"
    )
    assert [prompt.kind for prompt in found.prompts] == ["question_call"]
    assert found.closing is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What do you think? Any questions? Leave them below.", "reaction"),
        ("Leave your thoughts or questions in the comments.", "reaction"),
        ("If you have questions or comments, leave them below.", "question_call"),
        ("What would you like me to write about next? Tell me below.", "question_call"),
        ("Have you ever mended a clock? Got any questions? Tell me.", "reaction"),
    ],
)
def test_the_kind_is_what_is_asked_for_first(text: str, kind: str) -> None:
    closing = found_in(f"<p>{text}</p>").closing
    assert closing is not None
    assert closing.kind == kind


def test_a_heading_that_asks_by_itself_is_a_prompt_in_writing_but_not_above_a_form() -> None:
    assert detect(read_document(f"{FILLER}\n\n## What do you wait for?\n", "markdown")).closing is not None
    assert found_in("<h3>What do you think?</h3>").closing is None


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='post-body'>{FILLER}<br><br>{FILLER}<br><br>{ASKED}<br><br><a href='x'>photo</a></div>",
        f"<div class='post-body'>{FILLER}<div class='separator'><img></div><br>{ASKED}<div></div></div>",
        f"<div class='post-body'><p>{FILLER}</p><b>{ASKED}</b><div></div></div>",
        f"<table><tr><td><p>{FILLER}</p><p>{FILLER}</p><p>{ASKED}</p></td><td><ul><li>About me</li></ul></td></tr></table>",
        f"<div id='left'><p>Menu</p></div><div id='x'><div><p>{FILLER}</p><p>{ASKED}</p></div></div>",
        f"<main><div class='teaser post-content'>Read me</div><section><p>{FILLER}</p><p>{ASKED}</p></section></main>",
    ],
)
def test_the_article_is_found_without_an_article_tag(page: str) -> None:
    """Blogs of twenty years wrote text between line breaks, in tables, and in containers of any name."""
    closing = detect(read_document(f"<body>{page}</body>", "html")).closing
    assert closing is not None
    assert closing.text == ASKED


def test_what_a_generator_takes_out_of_markdown_is_no_text() -> None:
    source = (
        "---\ntitle: On waiting\n---\nimport Clock from './clock'\n\n{% include clock.html %}\n\n"
        f'{FILLER}[^1]\n\n{{{{< figure src="a.jpg" >}}}}\n\n{ASKED}\n{{: .closing}}\n\n[^1]: A note about clocks that is\n    rather long, and stands at the foot.\n'
    )
    document = read_document(source, "markdown")
    assert [block.text for block in document.blocks] == [FILLER.strip(), ASKED]


HOSTILE = {
    "quotes": "“" * 200_000 + "?",
    "spaces and stops": "you . " * 80_000,
    "marks": "?!" * 200_000,
    "dashes": "let me - - - - - - " * 25_000,
    "brackets": "{{ {% [^ " * 50_000,
    "nested lists": "<ul><li>" * 30_000 + "What do you think?",
    "names": "<div class='post-content'>a" * 30_000,
}


@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_no_pattern_can_be_led_into_the_woods(name: str, form: str) -> None:
    began = time.process_time()
    detect(read_document(HOSTILE[name], form))  # type: ignore[arg-type]
    assert time.process_time() - began < 5
