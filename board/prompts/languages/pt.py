"""Portuguese."""

from board.prompts.languages.cues import Cues, any_of, words

PORTUGUESE = Cues(
    code="pt",
    common=words("o os as que e em um uma é não com para do da dos das se por mais como eu na no ou mas foi"),
    reader=any_of(["vocês?", "vcs?", "tu", "contigo", "alguém"]),
    invitation=any_of(
        [
            "(?:deix|compartilh|cont|coment|explic|mand|post|coloc|pergunt|fal|escrev|digam|diga|faz|faç)\\w*"
            "~(?:nos|pelos) comentários",
            "(?:nos|pelos) comentários",
            "(?:comentem?|contem?|respondam?|compartilhem?) (?:aqui|aí|abaixo|comigo|conosco|com a gente)",
            "(?:me|nos) (?:mand(?:a|em?)|contem?|conta|digam?|diz|falem?)",
            "(?:deixem?|compartilhem?|comentem?|escrevam?)~"
            "(?:sua|suas|seu|seus|tua|teu)~(?:opini(?:ão|ões)|comentários?|experiências?|ideias?|sugest(?:ão|ões)|dicas?)",
            "(?:quero|queremos|gostaria de|adoraria|adoraríamos) (?:saber|ouvir|ler)",
            "o que (?:vocês?|tu) ach\\w+",
            "(?:a sua|sua) vez",
        ]
    ),
    publicly=any_of(["(?:nos|pelos) comentários", "comentem?", "abaixo", "aí embaixo", "aqui embaixo"]),
    questions_wanted=any_of(
        [
            "(?:mais|alguma|qualquer|suas?|tiver|tiverem|tem|as|com) (?:\\w+ )?(?:dúvidas?|perguntas?)",
            "(?:deix|mand|envi|faç|faz)\\w*~(?:perguntas?|dúvidas?)",
        ]
    ),
    not_a_prompt=any_of(
        [
            "newsletter",
            "assin(?:e|em|ar)",
            "inscrev\\w*",
            "(?:me|nos) (?:segue|siga|sigam)",
            "sig(?:a|am)-(?:me|nos)",
            "compartilhem? (?:este|esse|o|essa|esta) (?:post|artigo|página|texto)",
            "entr(?:e|em|ar) em contato",
            "e-?mail",
            "(?:né|não é|certo|ok)\\?$",
        ]
    ),
    headings=any_of(
        [
            "e vocês?",
            "(?:a )?sua (?:opinião|vez|reação)",
            "o que (?:vocês?|tu) (?:ach|pens)\\w+",
            "qual (?:é )?a sua",
            "perguntas para",
        ]
    ),
)
