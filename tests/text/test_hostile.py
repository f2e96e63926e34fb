import pytest

from board import text
from tests.text.checks import dangers_in
from tests.text.hostile_rows import ROWS


@pytest.mark.parametrize("source", [pytest.param(source, id=name) for name, source in ROWS])
def test_hostile_words_stay_words(source):
    html = text.render(source).html
    assert dangers_in(html) == []
    assert text.plain(html).strip()


def test_the_check_itself_sees_what_is_dangerous():
    for bad in (
        "<script>x</script>",
        "<p onclick='x'>x</p>",
        "<a href='//x.example'>x</a>",
        "<a href='javascript:1' rel='nofollow ugc noopener' target='_blank'>x</a>",
        "<a href='https://x.example'>x</a>",
        "<svg></svg>",
    ):
        assert dangers_in(bad), bad


def test_raw_markup_is_shown_as_typed():
    html = text.render("<b>bold</b> <script>alert(1)</script>").html
    assert html == "<p>&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_template_code_is_not_run():
    assert "{{ 7*7 }}" in text.render("{{ 7*7 }}").html
