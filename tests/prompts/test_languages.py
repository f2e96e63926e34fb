"""Prompts in other languages than English, and pages that claim the wrong one."""

from __future__ import annotations

import pytest

from board.prompts import Prompt, detect, read_document

TEXTS = {
    "de": "Die Uhr im Flur ist im März stehen geblieben, und niemand hat es gemerkt. Wir warten auf den Uhrmacher. ",
    "es": "El reloj del pasillo se paró en marzo y nadie lo notó. Los invitados llegaron con una hora de retraso. ",
    "fr": "La pendule du couloir est arrêtée en mars et les gens ne le savent pas. Je suis dans le salon avec vous. ",
    "pt": "O relógio do corredor parou em março e não foi visto por uma só das pessoas. Eu espero na sala com os outros. ",
}
REACTIONS = [
    ("de", "Wie wartet ihr? Schreibt es mir in die Kommentare!"),
    ("es", "¿Y tú, cómo esperas? Cuéntamelo en los comentarios."),
    ("es", "Me encantaría leer tu experiencia."),
    ("fr", "Et vous, comment attendez-vous ? Dites-le-moi en commentaire."),
    ("fr", "Qu’en pensez-vous ? N’hésitez pas à partager votre expérience ci-dessous."),
    ("pt", "E você, como espera? Me conta nos comentários!"),
    ("pt", "Quero saber o que vocês acham."),
]
QUESTION_CALLS = [
    ("es", "Deja tus preguntas en los comentarios."),
    ("fr", "Posez vos questions en commentaire."),
    ("pt", "Se tiver alguma dúvida, deixe aí nos comentários."),
]
NO_PROMPTS = [
    ("de", "Abonniert meinen Newsletter und schreibt mir eine E-Mail!"),
    ("es", "Suscríbete al boletín y cuéntame qué te parece."),
    ("es", "Es extraño, ¿verdad?"),
    ("fr", "Abonnez-vous à la newsletter pour laisser un commentaire."),
    ("fr", "La pendule est arrêtée, n’est-ce pas ?"),
    ("pt", "Assine a newsletter e deixe seu comentário."),
    ("pt", "É estranho, né?"),
]


def closing(text: str, ending: str, claimed: str | None) -> Prompt | None:
    claim = f' lang="{claimed}"' if claimed else ""
    page = f"<html{claim}><body><article><p>{text * 3}</p><p>{text * 3}</p><p>{ending}</p></article>"
    return detect(read_document(page, "html")).closing


@pytest.mark.parametrize(("language", "ending"), REACTIONS)
@pytest.mark.parametrize("claimed", ["right", "en-US", None])
def test_the_closing_prompt_is_found_whatever_the_page_claims(
    language: str, ending: str, claimed: str | None
) -> None:
    """Many a theme says lang="en" above a text that is none."""
    found = closing(TEXTS[language], ending, language if claimed == "right" else claimed)
    assert found is not None
    assert found.text == ending
    assert found.kind == "reaction"


@pytest.mark.parametrize(("language", "ending"), QUESTION_CALLS)
def test_a_call_for_questions_is_told_apart(language: str, ending: str) -> None:
    found = closing(TEXTS[language], ending, language)
    assert found is not None
    assert found.kind == "question_call"


@pytest.mark.parametrize(("language", "ending"), NO_PROMPTS)
def test_what_only_looks_like_a_prompt_is_left_alone(language: str, ending: str) -> None:
    assert closing(TEXTS[language], ending, language) is None


def test_a_language_that_is_not_known_is_left_alone() -> None:
    assert closing("", "Co o tym sądzisz, du vous você?", "pl") is None
