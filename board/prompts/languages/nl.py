"""Dutch."""

from board.prompts.languages.cues import Cues, openings, phrases, words

DUTCH = Cues(
    code="nl",
    common=words(
        "de het een en van ik dat niet je te zijn op aan met voor er maar om hem dan ook als bij naar ze"
    ),
    reader=phrases(r"""
        je
        jij
        jou
        jouw
        jullie
        u
        uw
        iemand
        lezers?
    """),
    asks=phrases(r"""
        (?:wat|wie|welke?|waar) (?:is|zijn|was|waren) (?:jouw|jullie|uw)
        en (?:jij|jullie|jou|u|bij (?:jou|jullie))
        wat (?:vind|denk|doe|zou|heb|is|zijn|was|vinden|denken|doen|hebben|zouden|lees|lezen|gebruik
          |gebruiken)(?: \w+){0,2} (?:je|jij|jullie|u|jouw|uw)
        (?:hoe|waar|wanneer|wie|welke?|waarom|hoeveel|waarover)(?: \w+){0,5} (?:je|jij|jullie|jou|jouw|u
          |uw)
        (?:heb|ben|ken|vind|denk|gebruik|lees|hou|ga|kun|wil|doe|zou|herken|weet|was|had|maak) (?:je|jij)
        (?:hebben|zijn|kennen|vinden|denken|gebruiken|lezen|houden|gaan|kunnen|willen|doen|zouden
          |herkennen|waren|hadden|maken) jullie
        (?:heeft|bent|kent|vindt|denkt|gebruikt|leest|gaat|kunt|wilt|doet|herkent) u
        (?:heeft|is|kent|weet) (?:er )?iemand
        (?:ben|heb) ik (?:iets|nog|wat)~(?:vergeten|gemist)
        (?:nog )?(?:andere )?(?:tips|ideeën|suggesties|vragen|aanvullingen)
        (?:mee )?eens
        wie (?:van jullie|heeft|nog)
    """),
    invites=phrases(r"""
        laat (?:het|een|je|jullie|me|mij|ons|hier|gerust|vooral|hieronder)~?(?:weten|reactie|achter
          |horen|berichtje|horen)?
        (?:vertel|zeg|schrijf|geef|laat)(?: het| eens| gerust| vooral| dan)* (?:me|mij|ons)
        (?:deel|plaats|post|schrijf|geef|stel|noem)(?: gerust| vooral| hier| dan| ook)* (?:je|jouw
          |jullie|uw)~(?:mening|ervaring(?:en)?|tips|verhaal|verhalen|ideeën|reactie|vragen|vraag
          |gedachten|favoriet\w*)
        (?:in|via|bij|onder) (?:de|een|je|jullie) (?:reacties?|comments?|commentaar|opmerkingen)
        (?:reageer|discussieer|praat mee|denk mee|doe mee)(?: (?:hieronder|gerust|vooral|onder|in|via
          |hier)|[!.]|$)
        (?:ik|we|wij) (?:ben|zijn)~(?:benieuwd|nieuwsgierig)
        benieuwd (?:naar|wat|hoe|of)
        (?:ik|we|wij) (?:hoor|horen|lees|lezen)~(?:graag|van je|van jullie)
        (?:ik|we) (?:zou|zouden)~(?:graag|leuk)
        (?:reacties|tips|feedback|vragen|suggesties|aanvullingen|opmerkingen)~(?:welkom|hieronder)
        (?:nu )?(?:ben|is het) jij (?:aan de beurt)?
        (?:jouw|jullie|uw) beurt
        wat (?:vind|vinden|denk|denken) (?:jij|je|jullie) (?:ervan|hiervan)
        wat vindt u
        aarzel niet
        (?:stel|zet|laat|plaats|schrijf|deel) (?:ze|het|die) (?:hieronder|in de reacties|hier)
        voel je vrij
    """),
    publicly=phrases(r"""
        (?:in|via|bij|onder) (?:de|een|je|jullie) (?:reacties?|comments?|commentaar|opmerkingen)
        (?:een|je|jullie|uw) (?:\w+ )?(?:reacties?|comment)
        (?:hieronder|onderaan)
        reageer\w*
        op (?:twitter|facebook|instagram|mastodon|linkedin|youtube|het forum)
    """),
    supports=phrases(r"""
        reacties?
        (?:jouw|jullie|je|uw) (?:mening|ideeën|tips|ervaring(?:en)?|verhaal|antwoord|vragen|gedachten)
        (?:ik|we) (?:lees|beantwoord|reageer|hoor)
        alvast bedankt
        benieuwd
    """),
    wants_questions=phrases(r"""
        (?:stel|stuur|laat|heb|hebben|heeft|nog|meer|andere|jouw|jullie|je|uw|bij|als)~(?:vragen|vraag)
        (?:vragen|vraag)(?: \w+){0,3} (?:of|en|over|stel\w*|laat)
        (?:waarover|over welke onderwerpen|welke onderwerpen|wat)~(?:lezen|schrijven|schrijf|weten|zien)
        onderwerpen~(?:volgende|toekomst\w*|blogs?|artikel\w*)
        vragen\?
    """),
    wants_reactions=phrases(r"""
        (?:mening|ervaring(?:en)?|ideeën|gedachten|tips|favoriete?\w*|reactie)
        wat (?:vind|vinden|denk|denken|vindt|denkt)
    """),
    appeals=phrases(r"""
        nieuwsbrief
        newsletter
        abonne\w+
        (?:schrijf|meld) (?:je|jullie|u) (?:\w+ )?(?:in|aan)
        inschrijv\w*
        volg (?:me|mij|ons|mijn)
        deel (?:dit|deze|het) (?:artikel|bericht|blog|post|met)
        contact\w*
        e-?mail
        mail(?: me| ons| naar)?
        (?:koop|bestel|download|doneer|steun)
        klik hier
        winactie
        pull request
        bel (?:me|ons)
    """),
    rhetorical=phrases(r"""
        (?:toch|hè|niet|nietwaar|oké|ok|ja|nee|waarom niet|of niet|niet dan|klaar|(?<!en )waarom|zeg nou zelf
          |snap je|weet je)\s?\?[)"”»]*$
        (?:waar wacht je|waar wachten jullie|waar wacht u)(?: nog)? op
        wie (?:weet|kent|wil|heeft) (?:het|dat|er|niet)
        (?:waarom|hoe|wat) (?:is|zijn|niet|doet|betekent|werkt|kun je|moet je)(?! (?:jouw|jullie|uw))
        wist je
        heb je je ooit afgevraagd
    """),
    answers=openings(r"""
        (?:dan\b|hier|ja\b|nee|natuurlijk|omdat|het antwoord|heel (?:simpel|eenvoudig)|niets|je kunt
          |kijk|lees|wij|bekijk)
    """),
    headings=phrases(r"""
        en (?:jij|jullie|u)
        (?:jouw|jullie|uw) (?:mening|beurt|reactie|ervaring)
        wat (?:vind|vinden|denk|denken) (?:jij|je|jullie)
        wat vindt u
        hoe (?:doe|denk|zie) jij
        vraag (?:aan|voor) (?:jou|jullie|de lezer)
        (?:om over )?na te denken
        discussie
        reageer
    """),
    afterword=openings(r"""
        p\.?\s?p?\.?s\b
        (?:foto(?:'s)?|afbeelding(?:en)?|beeld|bron(?:nen)?|credits?|noten?|tags?|categorie(?:ën)?|via
          |update|gepubliceerd|geschreven door|links?|lees ook|gerelateerd\w*|meer (?:lezen|weten|info)
          |tot (?:snel|ziens|de volgende)|liefs|groet(?:en|jes)?|veel (?:plezier|succes|leesplezier)
          |bedankt|dit (?:artikel|bericht|blog)|©)
        [*†‡]|\[\d+\]
    """),
    ends_post=openings(r"""
        (?:\d+|geen|een|één|twee) (?:reacties?|comments?|antwoorden|gedachten|opmerkingen)(?: op| over
          | bij|:|\W*$)
        reacties?(?: \(\d+\)|:)?\W*$
        (?:geef|laat|plaats|schrijf|reageer)(?: een| je| uw| hier)* (?:reactie|antwoord|commentaar
          |comment)(?: achter| annuleren)?\W*$
        (?:je|uw|jouw) e-?mail\s?-?adres (?:zal|wordt) niet
        (?:gerelateerde|vergelijkbare|recente|andere|meer|vorige?|volgende?) (?:berichten|artikelen
          |blogs?|posts?|bericht)\W*$
        (?:lees ook|misschien (?:vind je|ook)|deel dit|vind ik leuk|over de auteur|archie(?:f|ven)
          |categorieën|navigatie)\b.{0,40}$
    """),
)
