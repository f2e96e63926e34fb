import pytest

from board.text import excerpt, plain, render


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("see [the post](https://a.example/x)", "see the post (https://a.example/x)"),
        ("see https://a.example/x", "see https://a.example/x"),
        ("https://a.example/Müller", "https://a.example/Müller"),
        ("<ada@a.example>", "ada@a.example"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("9. a\n10. b\n\n    c", "9. a\n\n10. b\n\n    c"),
        ("> a\n>\n> b\n\nc", "> a\n>\n> b\n\nc"),
        ("> > a", "> > a"),
        ("```\na\n\n  b\n```\nc", "a\n\n  b\n\nc"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("1 < 2 & <b>", "1 < 2 & <b>"),
    ],
)
def test_stored_html_reads_as_text(source, text):
    assert plain(render(source).html) == text


@pytest.mark.parametrize(
    ("source", "limit", "line"),
    [
        ("Short enough.", 40, "Short enough."),
        ("One two three four", 12, "One two…"),
        ("One two three four", 14, "One two three…"),
        ("One, two", 6, "One…"),
        ("Unbreakable", 5, "Unbr…"),
        ("- a\n- b\n\n[c](https://a.example) & d", 40, "a b c & d"),
        ("# Title\n\nwords", 40, "Title words"),
    ],
)
def test_an_excerpt_is_cut_at_a_word(source, limit, line):
    assert excerpt(render(source).html, limit) == line
