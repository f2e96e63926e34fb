"""Spanish."""

from board.prompts.languages.cues import Cues, openings, phrases, words

SPANISH = Cues(
    code="es",
    common=words("el la los las que y en un una es por con para no se del al lo como más pero su muy fue"),
    reader=phrases(r"""
        tú
        te
        ti
        contigo
        tus?
        tuy[oa]s?
        usted(?:es)?
        ud(?:s)?
        vosotr[oa]s
        vos
        os
        vuestr[oa]s?
        les
        alguien
        lector(?:es|as)?
        (?:opin|cre|piens|pens|har|conoc|conoc|tien|tene|hab|has|utiliz|us|quier|quer|prefier|prefer|sab
          |sueles|est)(?:as|áis|és|es|éis|ías|íais|emos|en|an|éis)?
    """),
    asks=phrases(r"""
        (?:y )?(?:tú|vosotr[oa]s|usted(?:es)?|vos)
        (?:qué|cómo) (?:\w+ ){0,2}(?:opin|te parec|os parec|les parec|cre|piens|pens|har)\w*
        cuál(?:es)? (?:es|son|fue|sería|ha sido)~(?:tus?|vuestr[oa]s?|sus?|favorit\w+)
        cuál(?:es)?~(?:te|os|tú|tus?|vuestr\w+)
        (?:qué|cómo|dónde|cuándo|quién|por qué|cuánt\w+)(?: \w+){0,4} (?:tú|te|tus?|os|vuestr\w+
          |usted(?:es)?)
        (?:has|habéis|han|conoces|conocéis|conocen|tienes|tenéis|tienen|crees|creéis|creen|usas|usáis
          |usan|utilizas|prefieres|preferís|sabías|estás|estáis|eres|sois|te (?:gusta|ha|pasa|animas
          |parece|gustaría|atreves)|os (?:gusta|ha|pasa|animáis|parece)|les (?:gusta|ha|parece)
          |recuerdas|recordáis|sueles|quieres|habías)(?: \w+)*
        (?:alguien|alguna (?:vez|sugerencia|idea|otra|duda|pregunta)|algún (?:otro|consejo|truco))
        (?:qué más|me (?:falta|dejo|olvido)|se me (?:olvida|escapa|pasa))
        (?:estás|están|estáis) de acuerdo
    """),
    invites=phrases(r"""
        (?:en|a través de|con|mediante) (?:los|un|tus|vuestros|sus|el) (?:apartado de[ ]
          |sección de )?comentarios?
        (?:cuéntame|cuéntanos|cuéntamelo|cuéntanoslo|contadme|contadnos|contádmelo|cuéntenme|cuéntennos
          |contame|contanos|dime|dinos|dímelo|dínoslo|decidme|decidnos|díganme|díganos|decime|decinos
          |hazme saber|háganme saber|házmelo saber|hacédmelo saber|hazlo saber)
        (?:deja|déjame|déjanos|dejanos|dejame|comparte|compartí|escribe|escríbeme|aporta|añade
          |comenta)~(?:tus?|un|una|algún|alguna)~(?:comentarios?|opini(?:ón|ones)|experiencias?|ideas?
          |sugerencias?|reflexi(?:ón|ones)|respuestas?|preguntas?|dudas?|consejos?|trucos?)
        (?:dejad|dejadme|dejadnos|compartid|escribid|escribidme|aportad|añadid|comentad)~(?:vuestr[oa]s?
          |un|una|algún|alguna)~(?:comentarios?|opini(?:ón|ones)|experiencias?|ideas?|sugerencias?
          |reflexi(?:ón|ones)|respuestas?|preguntas?|dudas?|consejos?|trucos?)
        (?:dejen|déjenme|déjennos|compartan|escriban|aporten|comenten|deje|comparta)~(?:sus?|un|una
          |algún|alguna)~(?:comentarios?|opini(?:ón|ones)|experiencias?|ideas?|sugerencias?|reflexi(?:ón
          |ones)|respuestas?|preguntas?|dudas?|consejos?|trucos?)
        (?:comenta|comentad|comenten|responde|responded|respondan|opina|opinad|opinen|participa
          |participad|participen)(?: (?:aquí|abajo|más abajo|debajo|en|con|y|qué|cuál|si|tu|vuestra))
        (?:me|nos) (?:encantar(?:ía|á)|gustaría|interesa|interesaría|gusta|encanta)~(?:saber|leer(?:te
          |os|los|les)?|conocer|oír|escuchar(?:te|os|los)?|tu|vuestra)
        (?:quiero|queremos|quisiera|espero|esperamos|estoy deseando|deseando)~(?:saber|leer(?:te|os
          |los)?|conocer|escuchar(?:te|os)?|tus?|vuestr[oa]s?|sus?)
        (?:te|os|los|les) leo
        (?:es )?(?:tu|su|vuestro) turno
        (?:ahora )?(?:te|os) toca(?: a (?:ti|vosotros))?
        (?:qué|cómo) (?:opinas|opináis|opinan|opina|te parece|os parece|les parece|pensás|pensáis
          |piensas|piensan)
        (?:comentarios|sugerencias|críticas|opiniones|aportaciones|dudas|preguntas
          |aportes)~(?:bienvenid\w+|agradec\w+|siempre)
        no (?:dudes|dudéis|duden|dejes|dejéis|olvides|olvidéis) (?:en|de)~(?:coment\w+|pregunt\w+
          |escrib\w+|dejar\w*|compart\w+|decir\w*|contar\w*)
        (?:siéntete|sentíos|siéntanse) libres?
        anímate a
        animaos a
        debatamos
        hablemos
    """),
    publicly=phrases(r"""
        (?:en|a través de|con|mediante) (?:los|un|tus|vuestros|sus|el) (?:apartado de[ ]
          |sección de )?comentarios?
        comentarios? (?:de )?(?:abajo|debajo|aquí|más abajo)
        (?:aquí|más) (?:abajo|debajo)
        (?:deja|dejad|dejen|dejar|déjame|déjanos)(?: \w+){0,3} comentarios?
        coment(?:a|ad|en|ar|adlo|alo)
        (?:en|por) (?:twitter|facebook|instagram|mastodon|linkedin|youtube|telegram|el foro)
    """),
    supports=phrases(r"""
        comentarios?
        (?:opini(?:ón|ones)|sugerencias?|experiencias?|aportaci\w+|ideas)
        (?:te|os|les) (?:leo|leemos|respondo|contesto)
        (?:estaré|estaremos) encantad\w+
        (?:respondo|contesto|leo) (?:a )?tod\w+
        gracias de antemano
    """),
    wants_questions=phrases(r"""
        (?:deja|dejad|dejen|déjame|envía|enviad|manda|mandad|haz|haced|hagan|escribe|escribid
          |plantea)~(?:preguntas?|dudas?)
        (?:tus|vuestras|sus|más|otra|alguna|cualquier|tienes|tenéis|tienen|tengas|tengáis|si
          |con) (?:\w+ ){0,2}(?:preguntas?|dudas?|consultas?)
        (?:preguntas?|dudas?|consultas?)(?: \w+){0,3} (?:o|y|en los|déj\w+|coment\w+|pregunt\w+|no dudes)
        (?:sobre )?qué~(?:quieres|queréis|quieren|te gustaría|os gustaría|les gustaría)~(?:que|leer
          |escrib\w+|ver|saber|hable)
        (?:temas?|sugerencias?)~(?:próxim\w+|futur\w+|trate|escriba|hable|artículos?|posts?|entradas?)
        (?:preguntas?|dudas?)\?
    """),
    wants_reactions=phrases(r"""
        (?:opini(?:ón|ones)|experiencias?|ideas?|reflexi(?:ón|ones)|consejos?|favorit\w+)
        (?:qué|cómo) (?:opin|te parec|os parec|piens|pens|cre)\w*
    """),
    appeals=phrases(r"""
        newsletter
        boletín
        suscr[ií]b\w*
        suscripci\w*
        reg[ií]str\w*
        (?:sígueme|síguenos|seguidme|seguidnos|síganme|síganos|seguirme|seguirnos)
        compart(?:e|id|an|ir|í|elo|irlo) (?:este|esta|el|la|con|en) (?:\w+ )?(?:artículo|entrada|post
          |página|amigos|redes|quien)
        compártel[oa]
        contact(?:o|a|ar|ad|e|en|arme|arnos|arte|éanos)
        correo
        e-?mail
        formulario
        (?:compra|comprar|descarga|descargar|dona|donar|apoya|reserva)(?: \w+)? (?:aquí|ahora|tu|el|la)
        haz clic
        dale (?:a |al )?(?:like|me gusta)
        sorteo
        concurso
        participar en el
        pull request
    """),
    rhetorical=phrases(r"""
        (?:verdad|no|vale|eh|cierto|sí|ok|listo|listos|preparad[oa]s?|(?<!y )por qué|cómo|seguro|no crees
          |no creéis|no es así|a que sí|te suena|entiendes)\s?\?[)"”»]*$
        a qué (?:esperas|esperáis|esperan|estás esperando)
        quién (?:no|sabe|lo|iba)
        (?:por qué|cómo|qué|para qué) (?:es|son|no|hacer|significa|sirve|funciona|pasa|podemos)
        sabías que
        alguna vez (?:te has|os habéis|se han) preguntado
        te has parado a pensar
        te ha gustado~\?
    """),
    answers=openings(r"""
        (?:entonces|aquí|pues|sí\b|no\b|claro|porque|la respuesta|muy sencillo|nada|te (?:explico|cuento
          |contamos|explicamos)|es (?:muy|fácil)|puedes|podéis)
    """),
    headings=phrases(r"""
        y (?:tú|vosotros|vosotras|usted|ustedes|vos)
        (?:tu|vuestra|su) (?:opinión|turno|reacción|experiencia)
        (?:qué|cómo) (?:opinas|opináis|piensas|pensáis|crees|creéis|te parece|os parece)
        cuál es tu
        preguntas? (?:para|a)
        para (?:reflexionar|pensar|debatir)
        (?:ahora )?(?:te|os) toca
        cuéntame|cuéntanos
    """),
    afterword=openings(r"""
        (?:p\.?\s?d|p\.?\s?s)\b
        (?:fotos?|fotografías?|imagen|imágenes|créditos?|fuentes?|referencias?|notas?|etiquetas?
          |categorías?|vía|actualizaci\w+|publicado|escrito por|enlaces?|bibliografía|más información
          |lee también|artículos? relacionad\w+|hasta (?:pronto|la próxima|luego)|un (?:abrazo|saludo)
          |abrazos|saludos|besos|gracias|feliz|esta? (?:entrada|post|artículo)|©)
        [*†‡]|\[\d+\]
    """),
    ends_post=openings(r"""
        (?:\d+|ningún|un|dos|no hay) (?:comentarios?|respuestas?|opiniones|pensamientos
          |reacciones)(?: en| a| para| sobre|:|\W*$)
        comentarios?(?: \(\d+\)|:)?\W*$
        (?:deja|dejar|escribe|escribir|añade|publica|publicar|agregar)(?: un| una| tu)* (?:comentario
          |respuesta)(?: cancelar(?: la)? respuesta)?\W*$
        tu (?:dirección de )?(?:correo|email)\w* (?:electrónico )?no será
        (?:entradas?|artículos?|posts?|publicaciones|noticias) (?:relacionad\w+|similares|recientes
          |recomendad\w+|anteriores?|más)\W*$
        (?:también te puede|te puede (?:gustar|interesar)|quizás te|comparte(?: esto)?|me gusta esto
          |sobre el autor|sobre la autora|acerca del autor|relacionado|archivos?|categorías)\b.{0,40}$
    """),
)
