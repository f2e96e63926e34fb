"""Text as it reads: case, accents and letters in disguise folded away. Pure, and linear in the text.

Source of the idea: Unicode Technical Standard 39, confusable detection; the tables here are short ones of
our own, made of what was seen in names and spam.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ACCENTS = range(0x0300, 0x0370)  # combining marks of Latin, Greek and Cyrillic; those of other scripts spell
UNDIVIDED = (  # scripts that leave no space between words: each letter stands by itself
    range(0x0E00, 0x0F00),  # Thai, Lao
    range(0x1000, 0x10A0),  # Burmese
    range(0x1780, 0x1800),  # Khmer
    range(0x3040, 0x3100),  # kana
    range(0x3400, 0xA000),  # Han
    range(0xF900, 0xFB00),
    range(0x20000, 0x32000),
)
ONE_FOR_ONE = str.maketrans("øłđħıŧðəꞌ’", "oldhitde''")
ONE_FOR_MORE = str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"})
CONFUSABLE = str.maketrans(  # small letters of other alphabets, and the Latin ones that they pass for
    "авеёзіїјкмнорсԁеѕтухһԛԝүґѵ" + "αβγδεζηικνορτυχω" + "օսհոցզս" + "ɑɡɩɪʟɴʀʏᴀᴅᴇᴋᴍᴏᴛ",
    "abeeziijkmhopcdestyxhqwyrv" + "abydeznikvoptuxw" + "oshngqu" + "agiilnryadekmot",
)
LIKE_LETTERS = dict(zip("034578@$€", "oeastbase", strict=True))
TRICKS = tuple(  # "v1agra" and "c1ick": a one is an i or an l
    str.maketrans({**LIKE_LETTERS, **dict.fromkeys("1!|", stroke)}) for stroke in "il"
)


def fold(text: str) -> str:
    """Small letters without accents, ligatures or anything invisible; full-width and fancy ones as plain."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in decomposed if ord(c) not in ACCENTS and unicodedata.category(c) != "Cf")
    return plain.translate(ONE_FOR_ONE).translate(ONE_FOR_MORE)


def tokens(folded: str) -> list[str]:
    """The words of folded text, in order; of a script without spaces, its letters.

    A word of which only some letters are Latin is Latin in disguise.
    """
    return [undisguised(word) for word in "".join(map(_spaced, folded)).split()]


def undisguised(word: str) -> str:
    if word.isascii() or not any("a" <= c <= "z" for c in word):
        return word
    return word.translate(CONFUSABLE)


@lru_cache(maxsize=4096)
def _spaced(character: str) -> str:
    """The character itself in a word, set apart where words are not, a space between words."""
    if any(ord(character) in script for script in UNDIVIDED):
        return f" {character} "
    is_of_word = character.isalnum() or unicodedata.category(character)[0] == "M"
    return character if is_of_word else " "
