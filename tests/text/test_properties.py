"""What holds for every text, searched with generated ones."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from board import text
from board.text.sanitising import sanitise
from tests.text.checks import dangers_in

PIECES = [
    *"<>&\"'`*_~[]()!#|:-+=/\\ \n\tax1",
    *(
        "<script>",
        "</script>",
        "<a href=",
        "javascript:",
        "https://a.example",
        "//b.example",
        "mailto:a@b.example",
    ),
    *(
        "<svg>",
        "<math>",
        "<style>",
        "<!--",
        "-->",
        "<![CDATA[",
        "onclick=",
        "&#x202e;",
        "&colon;",
        "&Tab;",
        "> ",
    ),
    *(
        "| a | b |\n|---|---|\n",
        "```x\n",
        "1. ",
        "- ",
        "![a](",
        "[a](",
        "\u202e",
        "\u200b",
        "\u0301",
        "\x00",
        "💬",
        "ش",
    ),
    *(
        '<a title="',
        "<p ",
        "</p>",
        "<table>",
        "<td>",
        "<li>",
        "<b><i></b>",
        "<noscript>",
        "<textarea>",
        "<br/>",
    ),
]
hostile = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
anything = hostile | st.text(max_size=300)


def rendered(source):
    try:
        return text.render(source).html
    except text.TextRefused:
        return None


@given(st.text(st.characters(), max_size=300) | hostile)
@example("\ud800")
@example("<" * 500)
def test_render_answers_or_refuses_and_what_it_answers_is_safe_and_seen(source):
    if (html := rendered(source)) is not None:
        assert dangers_in(html) == []
        assert text.excerpt(html, 100)


@given(anything)
def test_sanitising_twice_is_sanitising_once_whatever_the_html(html):
    once = sanitise(html)
    assert sanitise(once) == once
    assert dangers_in(once) == []


@given(anything)
def test_rendered_html_passes_the_sanitiser_unchanged(source):
    if (html := rendered(source)) is not None:
        assert sanitise(html) == html


@given(anything)
def test_normalising_twice_is_normalising_once(source):
    try:
        once = text.normalise(source)
    except text.TextRefused:
        return
    assert text.normalise(once) == once


@given(anything)
def test_plain_text_holds_no_markup_that_was_not_typed(source):
    if "<" not in source and "&" not in source and (html := rendered(source)) is not None:
        assert "<" not in text.plain(html)


@given(st.text())
def test_plain_and_excerpt_never_raise_whatever_is_stored(html):
    text.plain(html)
    text.excerpt(html, 40)


@given(anything, st.integers(min_value=1, max_value=80))
def test_an_excerpt_is_one_line_within_its_limit(source, limit):
    if (html := rendered(source)) is not None:
        cut = text.excerpt(html, limit)
        assert len(cut) <= limit
        assert "\n" not in cut


@given(st.text(st.characters()))
@settings(max_examples=300)
def test_a_clean_name_is_clean(name):
    once = text.clean_name(name)
    assert text.clean_name(once) == once
    assert once == " ".join(once.split())
    assert not any(c in once for c in "\r\n\x00\u200b\u202e\u2066\ud800")
