import unicodedata

import pytest

from board.text import clean_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("  Ada \t\n Lovelace ", "Ada Lovelace"),
        ("Ada\r\nBcc: all@host.example", "Ada Bcc: all@host.example"),
        ("Ade\u0300le", "Adèle"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("שִׁמְעוֹן", "שִׁמְעוֹן"),
        ("Ada\u202e\u2066\u200f", "Ada"),
        ("A\u200bd\u00ada\ufeff", "Ada"),
        ("Ada\ue000", "Ada"),
        ("\u3164\u2800", ""),
        ("\x00\ud800", ""),
        ("Z" + "\u0301" * 40, "Ź" + "\u0301" * 2),
        ("\u0301Ada", "Ada"),
        ("👍🏽 Ada", "👍🏽 Ada"),
        ("<b>Ada</b>", "<b>Ada</b>"),
    ],
)
def test_a_name_is_kept_without_what_hides_reorders_or_towers(typed, name):
    assert clean_name(typed) == unicodedata.normalize("NFC", name)
