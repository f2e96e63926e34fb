import re

import pytest

from board.text import RENDERER_VERSION, render, safe

LINK = 'target="_blank" rel="nofollow ugc noopener"'


def html_of(source):
    return render(source).html.strip()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```py\nx < 1\n```", '<pre><code class="language-py">x &lt; 1\n</code></pre>'),
        ("# Title", "<p><strong>Title</strong></p>"),
        ("Title\n---", "<p><strong>Title</strong></p>"),
        ("[a](https://a.example/?x=1&y=2)", f'<p><a href="https://a.example/?x=1&amp;y=2" {LINK}>a</a></p>'),
        ("https://a.example/x", f'<p><a href="https://a.example/x" {LINK}>https://a.example/x</a></p>'),
        ("<ada@a.example>", f'<p><a href="mailto:ada@a.example" {LINK}>ada@a.example</a></p>'),
        ("www.a.example, a.example, ada@a.example", "<p>www.a.example, a.example, ada@a.example</p>"),
        ("ftp://a.example //a.example", "<p>ftp://a.example //a.example</p>"),
        ("[a](/here)", "<p>[a](/here)</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("<https://ada:word@a.example>", "<p>&lt;https://ada:word@a.example&gt;</p>"),
    ],
)
def test_markdown_becomes(source, html):
    assert html_of(source) == html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[good.example](https://evil.example/x)", "good.example (evil.example)"),
        ("[https://good.example/a](https://evil.example)", "https://good.example/a (evil.example)"),
        ("[www.good.example](https://good.example)", "www.good.example"),
        ("[good.example/a.html](https://good.example/a.html)", "good.example/a.html"),
        ("[ｇｏｏｄ．example](https://evil.example)", "ｇｏｏｄ．example (evil.example)"),
        ("[go\u200bod.example](https://evil.example)", "go\u200bod.example (evil.example)"),
        ("[read *this*](https://a.example)", "read <em>this</em>"),
        ("[here](https://аpple.example)", "here (xn--pple-43d.example)"),
        ("https://müller.example", "https://müller.example"),
        ("[](https://a.example/x)", "https://a.example/x"),
        ("[&#8203;](https://a.example/x)", "\u200bhttps://a.example/x"),
        ("![a cat](https://a.example/cat.png)", "a cat"),
        ("![](https://a.example/cat.png)", "https://a.example/cat.png"),
        ("[![a cat](https://b.example/cat.png)](https://a.example)", "a cat"),
    ],
)
def test_a_link_shows_where_it_leads_when_its_words_say_otherwise(source, shown):
    assert re.findall(r"<a [^>]*>(.*?)</a>", html_of(source)) == [shown]


def test_a_table_is_a_table_without_styles():
    html = html_of("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert html.count("<td>") == 2
    assert "style" not in html


@pytest.mark.parametrize(("rows", "tables"), [(99, 1), (100, 0)])
def test_a_table_beyond_the_limit_stays_lines_of_text(rows, tables):
    html = html_of("| a |\n|---|\n" + "| x |\n" * rows)
    assert html.count("<table>") == tables
    assert html.count("x") == rows


def test_the_rows_of_all_tables_of_a_comment_count_together():
    html = html_of(("| a |\n|---|\n" + "| x |\n" * 40 + "\n") * 3)
    assert html.count("<table>") == 2
    assert html.count("<tr>") == 82


def test_a_table_that_is_too_wide_stays_lines_of_text():
    assert "<table>" not in html_of("|" + "a|" * 21 + "\n|" + "-|" * 21)


@pytest.mark.parametrize(
    "source", ["---", "#", "[ ](https:)", "&#8203;", ">", "```\n```", "- ", "[a]: https://a.example"]
)
def test_no_comment_renders_to_nothing(source):
    assert re.sub(r"<[^>]*>|\s", "", html_of(source))


@pytest.mark.parametrize(
    "deep", ["> " * 30 + "words", "- " * 15 + "words", "".join("  " * i + "- w\n" for i in range(15))]
)
def test_words_nested_too_deeply_are_shown_as_typed(deep):
    html = html_of(deep)
    assert html.count("w") == deep.count("w")
    assert "<li>" not in html
    assert "<blockquote>" not in html


def test_quotes_within_the_limit_are_quotes():
    assert html_of("> " * 10 + "words").count("<blockquote>") == 10


def test_one_long_address_cannot_be_multiplied():
    assert len(html_of("[a]: https://a.example/" + "x" * 5000 + "\n\n" + "[a]" * 1500)) < 40_000


def test_the_version_is_stored_and_the_markup_is_marked_safe():
    rendered = render("a & b")
    assert rendered.version == RENDERER_VERSION
    assert safe(rendered.html).__html__() == "<p>a &amp; b</p>\n"
