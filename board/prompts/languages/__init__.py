"""What the detector knows of languages: data, one module each, and a line here."""

from board.prompts.languages.cues import Cues
from board.prompts.languages.de import GERMAN
from board.prompts.languages.en import ENGLISH

LANGUAGES: dict[str, Cues] = {cues.code: cues for cues in (ENGLISH, GERMAN)}

__all__ = ["LANGUAGES", "Cues", "cues_for"]


def cues_for(language: str | None) -> tuple[Cues, ...]:
    """The cues of the page's language; of all languages where it says none or one we do not know."""
    known = LANGUAGES.get((language or "").lower().replace("_", "-").split("-")[0])
    return (known,) if known else tuple(LANGUAGES.values())
