"""What the detector knows of languages: data, one module each, and a line here."""

import re
from collections import Counter

from board.prompts.languages.cues import Cues
from board.prompts.languages.de import GERMAN
from board.prompts.languages.en import ENGLISH
from board.prompts.languages.es import SPANISH
from board.prompts.languages.fr import FRENCH
from board.prompts.languages.pt import PORTUGUESE

LANGUAGES: dict[str, Cues] = {cues.code: cues for cues in (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE)}
MAX_WORDS_LOOKED_AT = 2000
ENOUGH_COMMON_WORDS = 10  # fewer may stand in a quotation, or in a page that is mostly code

__all__ = ["LANGUAGES", "Cues", "cues_for"]


def cues_for(language: str | None, text: str) -> tuple[Cues, ...]:
    """The cues for a text: of the language that its page claims and of the one that its words are in.

    Both, for many a theme claims English whatever is written in it. None for a language that we do not
    know; of all languages where nothing tells.
    """
    claimed = (language or "").lower().replace("_", "-").split("-")[0]
    codes = dict.fromkeys(code for code in (claimed, _spoken(text)) if code in LANGUAGES)
    if codes:
        return tuple(LANGUAGES[code] for code in codes)
    return () if claimed else tuple(LANGUAGES.values())


def _spoken(text: str) -> str:
    """The language with most of its common words in the text, or ""."""
    said = Counter(re.findall(r"\w+", text.lower())[:MAX_WORDS_LOOKED_AT])
    counts = {code: sum(said[word] for word in cues.common) for code, cues in LANGUAGES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= ENOUGH_COMMON_WORDS else ""
