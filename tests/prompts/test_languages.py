"""Prompts in other languages than English, and pages that claim the wrong one."""

from __future__ import annotations

import pytest

from board.prompts import Prompt, detect, read_document

TEXTS = {
    "en": "The clock in the hall stopped in March, and nobody noticed until the guests came. We wait for the clockmaker. ",
    "de": "Die Uhr im Flur ist im März stehen geblieben, und niemand hat es gemerkt. Wir warten auf den Uhrmacher. ",
    "es": "El reloj del pasillo se paró en marzo y nadie lo notó. Los invitados llegaron con una hora de retraso. ",
    "fr": "La pendule du couloir est arrêtée en mars et les gens ne le savent pas. Je suis dans le salon avec vous. ",
    "it": "L’orologio del corridoio si è fermato a marzo e nessuno se ne è accorto. Aspettiamo l’orologiaio con una tazza di tè. ",
    "ja": "廊下の時計は三月に止まりました。お客さんが来るまで、誰もそのことに気がつきませんでした。時計屋さんを待っています。",
    "nl": "De klok in de gang is in maart blijven staan en niemand heeft het gemerkt. Wij wachten met een kop thee op de man die hem maakt. ",
    "pt": "O relógio do corredor parou em março e não foi visto por uma só das pessoas. Eu espero na sala com os outros. ",
}
REACTIONS = [
    ("de", "Wartet ihr lieber allein? Und warum?"),
    ("de", "Was hat euch beim Warten geholfen, und warum? Ich freue mich auf eure Kommentare."),
    ("fr", "Préférez-vous attendre seul ? Et pourquoi ?"),
    ("nl", "Wacht jij liever alleen? En waarom?"),
    ("es", "¿Prefieres esperar a solas? ¿Y por qué?"),
    ("de", "Wie wartet ihr? Schreibt es mir in die Kommentare!"),
    ("de", "Kennt ihr solche Uhren? Ich bin gespannt auf eure Geschichten."),
    ("de", "Worauf wartest du gerade?"),
    ("de", "Wie sehen Sie das? Diskutieren Sie mit!"),
    ("de", "Ich freue mich über eure Kommentare."),
    ("de", "Und ihr?"),
    ("en", "How about you?"),
    ("en", "Drop your favorites in the comments and let’s see what we discover!"),
    ("en", "Am I the only one who talks to clocks?"),
    ("en", "What would you have done in my place?"),
    ("en", "Any thoughts? I’m all ears."),
    ("en", "I wonder how you wait."),
    ("en", "If you have waited longer than this, please share your story."),
    ("en", "Come and argue with me on Mastodon: let me know where I am wrong."),
    ("it", "E voi, come aspettate? Fatemi sapere nei commenti!"),
    ("it", "Cosa ne pensate?"),
    ("it", "Mi piacerebbe leggere la vostra esperienza."),
    ("it", "Qual è il vostro orologio preferito?"),
    ("ja", "皆さんはどう思いますか？ぜひコメントで教えてください。"),
    ("ja", "あなたはどんなふうに待ちますか？"),
    ("ja", "ご意見やご感想をお待ちしています。"),
    ("nl", "Hoe wacht jij? Laat het me weten in de reacties!"),
    ("nl", "Wat vinden jullie hiervan?"),
    ("nl", "Ik ben benieuwd naar jullie verhalen."),
    ("nl", "Herken je dit? Reageer hieronder."),
    ("es", "¿Qué opináis vosotros?"),
    ("es", "¿Cuál es tu reloj favorito? Te leo en los comentarios."),
    ("fr", "Quelle est votre façon d’attendre ?"),
    ("fr", "J’attends vos témoignages avec impatience."),
    ("pt", "Qual é o seu relógio favorito?"),
    ("pt", "E vocês, já passaram por isso?"),
    ("es", "¿Y tú, cómo esperas? Cuéntamelo en los comentarios."),
    ("es", "Me encantaría leer tu experiencia."),
    ("fr", "Et vous, comment attendez-vous ? Dites-le-moi en commentaire."),
    ("fr", "Qu’en pensez-vous ? N’hésitez pas à partager votre expérience ci-dessous."),
    ("pt", "E você, como espera? Me conta nos comentários!"),
    ("pt", "Quero saber o que vocês acham."),
]
QUESTION_CALLS = [
    ("de", "Habt ihr Fragen? Schreibt sie in die Kommentare."),
    ("de", "Welche Themen wünscht ihr euch? Schreibt es mir als Kommentar!"),
    ("en", "If you have any questions, leave them in the comments."),
    ("en", "What topics would you like me to cover next? Let me know below!"),
    ("it", "Se avete domande, scrivetele nei commenti."),
    ("ja", "質問があれば、コメント欄に書いてください。"),
    ("nl", "Heb je vragen? Stel ze in de reacties."),
    ("es", "Deja tus preguntas en los comentarios."),
    ("fr", "Posez vos questions en commentaire."),
    ("pt", "Se tiver alguma dúvida, deixe aí nos comentários."),
]
NO_PROMPTS = [
    ("de", "Worauf wartest du noch?"),
    ("de", "Das ist doch seltsam, oder?"),
    ("de", "Bei Fragen nutzt bitte das Kontaktformular."),
    ("de", "Du willst mehr wissen? Dann lies mein Buch über Uhren."),
    ("en", "Have questions? Email me."),
    ("en", "Who knows what time it is?"),
    ("en", "He asked me, “What do you think?”"),
    ("en", "Want to know more? Check out my book about clocks."),
    ("en", "If you enjoyed this, share it with a friend and subscribe."),
    ("en", "She told me how she had waited, and let me know that it was over."),
    ("it", "Iscrivetevi alla newsletter!"),
    ("it", "È strano, vero?"),
    ("it", "Per informazioni contattatemi via email."),
    ("ja", "お問い合わせはメールでお願いします。"),
    ("ja", "いかがでしたでしょうか。"),
    ("ja", "チャンネル登録とフォローをお願いします。"),
    ("nl", "Schrijf je in voor de nieuwsbrief!"),
    ("nl", "Dat is toch vreemd, of niet?"),
    ("nl", "Vragen? Neem contact met mij op."),
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
