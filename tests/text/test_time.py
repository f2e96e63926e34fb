"""No text of the permitted length keeps a process busy."""

import time

import pytest

from board import text
from board.text import MAX_SOURCE_CHARS

SECONDS = 3.0  # the worst row takes 0.3 s on a busy machine; a quadratic one takes far longer

UNITS = [
    *(
        "[",
        "](",
        "![",
        "<",
        "<a ",
        "&",
        "*",
        "*a ",
        "**a *",
        "_a",
        "`",
        "`a``",
        "~~a ~",
        "> a\n",
        "- a\n",
        "1. ",
    ),
    *(
        "# a\n",
        "a\n---\n",
        "```\n",
        "[a](https://x.example/a) ",
        "![a](https://x.example/a)",
        "<https://a.b>",
    ),
    *(
        "https://",
        "https://a.example ",
        "http://a",
        "mailto:",
        "a@",
        "a.",
        "a\n",
        "a\n\n",
        "***a***",
        '"',
        "&amp;",
    ),
    *(
        "|a|b|\n|-|-|\n\n",
        "|-|-|\n",
        "<b x=y>",
        "<!--",
        "<![CDATA[",
        "\\[",
        "[a]((",
        '[a](b "',
        "[a]: b\n",
        "漢",
    ),
    *("\u0301\u0316", "\u200ba", "👍🏽", "[a.b.c.d](https://x.y)", "https://ü."),
]
SHAPES = {
    "a wide and long table": "|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + "a\n" * 90,
    "a long table": "|a|\n|-|\n" + "a\n" * 4900,
    "quotes around code": ("> " * 18 + "`a\n\n") * 240,
    "brackets in brackets": "[" * 4900 + "]" * 4900,
    "parentheses": "[a](" + "(" * 4900 + ")" * 4900 + ")",
    "ticks of every length": "".join("`" * n + " " for n in range(1, 139)),
    "a link of one long word": "[" + "a." * 4900 + "](https://x.example)",
    "a host of many labels": "https://" + "a." * 4990,
    "stars around a letter": "*" * 5000 + "a" + "*" * 4999,
}


@pytest.mark.parametrize(
    "source", [*(pytest.param(u * MAX_SOURCE_CHARS, id=repr(u)) for u in UNITS), *SHAPES.values()]
)
def test_the_longest_text_of_one_kind_is_rendered_in_bounded_time(source):
    started = time.perf_counter()
    html = text.render(source[:MAX_SOURCE_CHARS]).html
    text.plain(html)
    assert time.perf_counter() - started < SECONDS
    assert len(html) < 30 * MAX_SOURCE_CHARS


def test_a_tower_of_marks_is_refused_or_cleaned_in_bounded_time():
    started = time.perf_counter()
    with pytest.raises(text.TextRefused):
        text.normalise("a" + "\u0301\u0316" * 9_999)
    assert text.clean_name("a" + "\u0301\u0316" * 50_000)
    assert time.perf_counter() - started < SECONDS
