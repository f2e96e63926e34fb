"""What the detector knows of languages: data, one module each, and a line here."""

import re
from collections import Counter

from board.prompts.languages.cues import Cues
from board.prompts.languages.de import GERMAN
from board.prompts.languages.en import ENGLISH
from board.prompts.languages.es import SPANISH
from board.prompts.languages.fr import FRENCH
from board.prompts.languages.it import ITALIAN
from board.prompts.languages.ja import JAPANESE
from board.prompts.languages.nl import DUTCH
from board.prompts.languages.pt import PORTUGUESE

LANGUAGES: dict[str, Cues] = {
    cues.code: cues for cues in (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, DUTCH, JAPANESE)
}
MAX_WORDS_LOOKED_AT = 2000
MAX_CHARS_LOOKED_AT = 40_000
ENOUGH_COMMON_WORDS = 10  # fewer may stand in a quotation, or in a page that is mostly code
KANA = re.compile("[\u3041-\u30ff]")
ENOUGH_KANA = 0.1  # share of the letters; Japanese has it above a third, a Chinese text has none

__all__ = ["LANGUAGES", "Cues", "cues_for"]


def cues_for(language: str | None, text: str) -> tuple[Cues, ...]:
    """The cues for a text: of the language that its words are in and of the one that its page claims.

    Both, for many a theme claims English whatever is written in it. None for a language that we do not
    know; of all languages where nothing tells.
    """
    claimed = (language or "").lower().replace("_", "-").split("-")[0]
    spoken = _spoken(text[:MAX_CHARS_LOOKED_AT])
    codes = dict.fromkeys(code for code in (spoken, claimed) if code in LANGUAGES)
    if codes:
        return tuple(LANGUAGES[code] for code in codes)
    return () if claimed else tuple(LANGUAGES.values())


def _spoken(text: str) -> str:
    """The language with most of its common words in the text, or ""."""
    if len(KANA.findall(text)) > ENOUGH_KANA * len(text):
        return JAPANESE.code
    said = Counter(re.findall(r"\w+", text.lower())[:MAX_WORDS_LOOKED_AT])
    counts = {code: sum(said[word] for word in cues.common) for code, cues in LANGUAGES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= ENOUGH_COMMON_WORDS else ""
