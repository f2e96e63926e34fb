"""Spanish."""

from board.prompts.languages.cues import Cues, any_of, words

SPANISH = Cues(
    code="es",
    common=words("el la los las que y en un una es por con para no se del al lo como más pero su muy fue"),
    reader=any_of(
        [
            "tú",
            "te",
            "ti",
            "contigo",
            "tus?",
            "tuy[oa]s?",
            "usted(?:es)?",
            "vosotr[oa]s",
            "os",
            "vuestr[oa]s?",
            "alguien",
            "(?:opinas|opináis|crees|creéis|piensas|pensáis|harías|haríais)",
        ]
    ),
    invitation=any_of(
        [
            "(?:en|a través de) los comentarios",
            "(?:cuéntame|cuéntanos|contadme|contadnos|cuéntenme|cuéntennos|dime|dinos|decidme|decidnos|díganme|díganos)",
            "(?:deja|dejad|dejen|déjame|déjanos|comparte|compartid|compartan|escribe|escribid)~"
            "(?:tus?|vuestr[oa]s?|sus?|un|algún)~"
            "(?:comentarios?|opini(?:ón|ones)|experiencias?|ideas?|sugerencias?|reflexi(?:ón|ones))",
            "(?:me|nos) (?:encantar(?:ía|á)|gustaría|interesa) (?:saber|leer(?:te|os)?|conocer|oír|escuchar)",
            "(?:comenta|comentad|comenten|responde|responded) (?:aquí|abajo|más abajo|debajo)",
            "te leo",
            "os leo",
            "tu turno",
            "(?:qué|cómo) (?:opinas|opináis|opinan|te parece|os parece)",
        ]
    ),
    publicly=any_of(
        ["(?:en|a través de) los comentarios", "comentarios?", "aquí abajo", "más abajo", "debajo"]
    ),
    questions_wanted=any_of(
        [
            "(?:deja|dejad|dejen|déjame|envía|enviad|manda|mandad|haz|haced|escribe|escribid)~(?:preguntas?|dudas?)",
            "(?:tus|vuestras|sus) (?:preguntas|dudas)",
            "(?:tienes|tenéis|tienen)~(?:preguntas?|dudas?)",
            "cualquier (?:pregunta|duda)",
        ]
    ),
    not_a_prompt=any_of(
        [
            "newsletter",
            "boletín",
            "suscr[ií]b\\w*",
            "reg[ií]str\\w*",
            "(?:sígueme|síguenos|seguidme|seguidnos)",
            "compart(?:e|id|an|ir) (?:este|esta|el) (?:artículo|entrada|post|página)",
            "contact(?:o|a|ar|ad|e|en|arme|arnos)",
            "correo",
            "e-?mail",
            "a qué esperas",
            "(?:verdad|no|vale)\\?$",
        ]
    ),
    headings=any_of(
        [
            "y (?:tú|vosotros|vosotras|usted|ustedes)",
            "tu (?:opinión|turno|reacción)",
            "(?:qué|cómo) (?:opinas|opináis|piensas|pensáis|crees|creéis|te parece|os parece)",
            "cuál es tu",
            "preguntas para",
        ]
    ),
)
