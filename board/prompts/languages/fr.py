"""French."""

from board.prompts.languages.cues import Cues, any_of, words

FRENCH = Cues(
    code="fr",
    common=words(
        "le la les des et est que une dans pour pas vous je qui sur du un en ce au avec plus mais ne"
    ),
    reader=any_of(["vous", "votre", "vos", "vôtres?", "tu", "toi", "ton", "ta", "tes", "quelqu['’]un"]),
    invitation=any_of(
        [
            "(?:en|dans les|par les) commentaires?",
            "(?:dites|racontez|expliquez|écrivez|raconte|dis|écris)-(?:le-)?(?:moi|nous)",
            "(?:partagez|laissez|donnez|postez|partage|laisse|donne)~(?:vos|votre|un|tes|ton|ta)~"
            "(?:commentaires?|avis|réactions?|opinions?|expériences?|idées?|suggestions?|réflexions?|impressions?|questions?)",
            "(?:partagez|laissez|donnez|partage|laisse|donne)-(?:moi|nous)",
            "n['’]hésit(?:ez|e) pas à~(?:commenter|réagir|partager|répondre|laisser|poser|donner)",
            "(?:j['’]aimerais|nous aimerions|je serais curieu(?:x|se)|je suis curieu(?:x|se))~"
            "(?:savoir|lire|entendre|connaître)",
            "(?:réagissez|commentez|répondez|réagis|commente)(?: ci-dessous| plus bas)?",
            "à vous",
            "à vos claviers",
            "qu['’]en (?:pensez-vous|penses-tu|dites-vous)",
        ]
    ),
    publicly=any_of(
        ["(?:en|dans les|par les) commentaires?", "commentaires?", "ci-dessous", "plus bas", "commentez"]
    ),
    questions_wanted=any_of(
        [
            "(?:posez|laissez|envoyez|pose|laisse|envoie|poser|laisser)(?:-moi|-nous)?~questions?",
            "(?:vos|tes) questions",
            "(?:avez-vous|as-tu|vous avez|tu as)~questions?",
        ]
    ),
    not_a_prompt=any_of(
        [
            "newsletter",
            "lettre d['’]information",
            "abonn\\w*",
            "inscri\\w*",
            "suivez-(?:moi|nous)",
            "partage[rz] (?:cet|ce) (?:article|billet)",
            "contact(?:ez|er|e)(?:-moi|-nous)?",
            "e-?mail",
            "courriel",
            "qu['’]attendez-vous",
            "(?:n['’]est-ce pas|non|hein)\\s?\\?$",
        ]
    ),
    headings=any_of(
        [
            "et vous",
            "et toi",
            "à vous",
            "(?:votre|ton) (?:avis|réaction|opinion|tour)",
            "qu['’]en (?:pensez-vous|penses-tu)",
            "quel(?:le)? est votre",
            "questions pour",
        ]
    ),
)
