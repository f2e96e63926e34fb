import pytest

from board.text import MAX_SOURCE_CHARS, TextRefused, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("e\u0301te\u0301", "été"),
        ("a\x00b\x07c\td", "abc\td"),
        ("\n\nwords\n\n  ", "words"),
        ("    indented", "    indented"),
        ("ｆｕｌｌ ﬁ", "ｆｕｌｌ ﬁ"),
        ("pay \u202eknab\u202c", "pay knab\u202c"),
        ("\u2067שלום\u2069 \u200fab", "\u2067שלום\u2069 \u200fab"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
        ("x\ufffe\uffff", "x"),
    ],
)
def test_the_text_is_kept_as_typed_but_for_what_no_reader_can_see(typed, kept):
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \n\t\u00a0", "empty"),
        ("\x00\x01", "empty"),
        ("\u200b\u2060\ufeff", "empty"),
        ("\u3164\u2800", "empty"),
        ("half \ud83d", "surrogates"),
        ("x" * (MAX_SOURCE_CHARS + 1), "too_long"),
        ("x" * 1_000_000, "too_long"),
    ],
)
def test_what_cannot_be_a_comment_is_refused_with_its_reason(typed, code):
    with pytest.raises(TextRefused) as refusal:
        normalise(typed)
    assert refusal.value.code == code


def test_the_longest_text_is_accepted_and_line_ends_count_once():
    assert len(normalise("💬" * MAX_SOURCE_CHARS)) == MAX_SOURCE_CHARS
    assert len(normalise("a\r\n" * (MAX_SOURCE_CHARS // 2))) < MAX_SOURCE_CHARS
