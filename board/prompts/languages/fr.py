"""French."""

from board.prompts.languages.cues import Cues, openings, phrases, words

FRENCH = Cues(
    code="fr",
    common=words(
        "le la les des et est que une dans pour pas vous je qui sur du un en ce au avec plus mais ne"
    ),
    reader=phrases(r"""
        vous
        votre
        vos
        vôtres?
        tu
        t['’]\w+
        toi
        ton
        ta
        tes
        quelqu['’]un
        lecteurs?
        lectrices?
    """),
    asks=phrases(r"""
        (?:et|mais) (?:vous|toi)
        qu['’](?:en|est-ce que)? ?(?:vous|tu|pensez-vous|penses-tu|dites-vous|dis-tu|avez-vous|as-tu)
        que (?:pensez|faites|penses|fais|diriez|préférez|lisez|voulez|feriez)-(?:vous|tu)
        (?:quel(?:le)?s?|lequel|laquelle|lesquels)(?: \w+){0,4} (?:votre|vos|ton|ta|tes|vous|tu|\w+-vous
          |\w+-tu)
        (?:comment|où|quand|pourquoi|qui|combien)(?: \w+){0,3} (?:vous|tu|votre|vos|\w+-vous|\w+-tu)
        \w+-(?:vous|tu)
        (?:est-ce que )?(?:vous|tu) (?:\w+ )?(?:avez|êtes|connaissez|pensez|utilisez|faites|aimez
          |préférez|as|es|connais|penses|utilises|fais|aimes)
        quelqu['’]un
        d['’]autres (?:idées|astuces|suggestions|conseils)
        des (?:questions|idées|suggestions|conseils|remarques|avis)
        (?:une|un|votre) (?:question|idée|avis|suggestion)
        chez vous
    """),
    invites=phrases(r"""
        (?:en|dans les|par les|dans vos|via les|dans l['’]espace|dans la section
          |dans la zone) (?:de )?(?:\w+ )?commentaires?
        (?:dites|racontez|expliquez|écrivez|donnez|raconte|dis|écris|donne|faites|parlez|montrez
          |partagez|laissez)-(?:le-|la-|les-)?(?:moi|nous|m['’]en|nous-en)
        (?:partagez|laissez|donnez|postez|partage|laisse|donne|déposez|indiquez|proposez|ajoutez
          |exprimez)~(?:vos|votre|un|tes|ton|ta|une|des|l)~(?:commentaires?|avis|réactions?|opinions?
          |expériences?|idées?|suggestions?|réflexions?|impressions?|questions?|astuces?|conseils?
          |réponses?|témoignages?|petit mot|mot)
        n['’]hésit(?:ez|e|es) (?:pas|surtout pas)~(?:commenter|réagir|partager|répondre|laisser|poser
          |donner|dire|écrire|proposer|compléter|ajouter|faire|en parler|participer)
        (?:j['’]aimerais|nous aimerions|je serais|je suis|nous serions|j['’]adorerais|je serai
          |ça m['’]intéresse|je voudrais|j['’]attends|nous attendons|hâte)~(?:savoir|lire|entendre
          |connaître|avoir|curieu(?:x|se)|vos|votre|de vous|de te|ravi|ravie|que vous)
        (?:réagissez|commentez|répondez|réagis|commente|réponds|débattons|discutons
          |échangeons)(?:[-,!. ]|$)
        (?:à|c['’]est à) (?:vous|toi|votre tour|ton tour)(?: de jouer| de| la parole|[!.…: ]|$)
        à vos (?:claviers|commentaires|plumes|avis)
        qu['’]en (?:pensez-vous|penses-tu|dites-vous)
        (?:vos|tes) (?:commentaires|avis|réactions|suggestions|retours|remarques|idées|questions
          |témoignages)~(?:bienvenu\w*|intéress\w+|précieu\w+|sont|m['’])
        dites (?:moi|nous|le)
        venez (?:en )?(?:parler|discuter|partager|échanger)
        faites (?:moi|nous) (?:part|savoir)
    """),
    publicly=phrases(r"""
        (?:en|dans les|par les|dans vos|via les|dans l['’]espace|dans la section
          |dans la zone) (?:de )?(?:\w+ )?commentaires?
        (?:un|vos|votre) commentaires?
        (?:ci-dessous|ci dessous|plus bas|juste en dessous|en dessous)
        comment(?:ez|er|e)
        réag(?:issez|ir|is)
        sur (?:twitter|facebook|instagram|mastodon|linkedin|youtube|le forum|les réseaux)
        à vos (?:claviers|commentaires)
    """),
    supports=phrases(r"""
        commentaires?
        (?:vos|tes|votre) (?:avis|idées?|réactions?|expériences?|suggestions?|astuces|conseils|retours
          |questions|remarques)
        (?:je|nous) (?:lis|lirai|réponds|répondrai|répondrons|lisons|suis curieu\w+|serai)
        n['’]hésit\w+
        merci d['’]avance
        au plaisir de (?:vous|te) lire
    """),
    wants_questions=phrases(r"""
        (?:posez|laissez|envoyez|pose|laisse|envoie|poser|laisser)(?:-moi|-nous|-la|-les)?~questions?
        (?:vos|tes|des|d['’]autres|une|la moindre|quelques|toutes? (?:vos|autres?)) (?:\w+ )?questions?
        (?:avez-vous|as-tu|vous avez|tu as|si)~questions?
        (?:quels? )?(?:sujets?|thèmes?|articles?)~(?:vous|voudriez|aimeriez|souhaitez|aimerais|traite
          |aborde|écrive|prochain\w*|lire)
        questions?\s?\?
        posez-(?:les|la)
    """),
    wants_reactions=phrases(r"""
        (?:avis|réactions?|opinions?|expériences?|idées?|réflexions?|impressions?|astuces?|conseils?
          |témoignages?)
        qu['’]en (?:pensez-vous|penses-tu|dites-vous)
    """),
    appeals=phrases(r"""
        newsletters?
        lettre d['’]information
        infolettre
        abonn\w*
        inscri\w*
        suivez-(?:moi|nous|le)
        suivre sur
        (?:partage[rz]|partage) (?:cet|ce|le|l['’]|sur) ?(?:article|billet|post|vidéo|les réseaux)
        contact(?:ez|er|e)?(?:-moi|-nous)?
        e-?mails?
        courriel
        mail
        formulaire
        (?:achetez|commandez|téléchargez|réservez|cliquez|offrez|soutenez)
        concours
        tirage au sort
        (?:rendez-vous|retrouvez-(?:moi|nous)) sur
        likez
        pull request
    """),
    rhetorical=phrases(r"""
        (?:n['’]est-ce pas|non|hein|si|ok|d['’]accord|pas vrai|oui
          |(?<!et )pourquoi|prêts?|prêtes?|pourquoi pas
          |vraiment|et alors|voyez-vous|vous voyez|ça vous parle)\s?\?[)"”»]*$
        qu['’](?:attendez-vous|attends-tu|est-ce que vous attendez)
        qui (?:sait|n['’]a|ne|l['’]eût|aurait)
        (?:pourquoi|comment|qu['’]est-ce que?|que|à quoi) (?:est|sont|ne pas|faire|le|la|les|un|une
          |c['’]est|sert)
        saviez-vous
        le saviez-vous
        vous êtes-vous (?:déjà )?demandé
    """),
    answers=openings(r"""
        (?:alors|voici|voilà|oui|non\b|bien sûr|parce que|la réponse|c['’]est (?:simple|très|facile)
          |rien|ici|vous (?:pouvez|trouverez)|découvrez|rendez-vous)
    """),
    headings=phrases(r"""
        et (?:vous|toi)
        à (?:vous|toi)
        (?:votre|ton|vos) (?:avis|réaction|opinion|tour|expérience|témoignage)s?
        qu['’]en (?:pensez-vous|penses-tu)
        quel(?:le)? est votre
        questions? pour (?:vous|aller plus loin|réfléchir)
        (?:pour|à) (?:réfléchir|méditer|discuter)
        réagissez
        parlons-en
    """),
    afterword=openings(r"""
        p\.?\s?p?\.?s\b
        (?:photos?|images?|crédits?|sources?|références?|notes?|tags?|étiquettes?|catégories?|via
          |mise à jour|publié|écrit par|rédigé|illustration|liens?|bibliographie|pour aller plus loin
          |à lire aussi|articles? (?:similaires?|liés?)|à (?:bientôt|très vite|la prochaine)|bises?
          |bisous|merci|bonne (?:journée|semaine|lecture)|bon week-?end|cet article|ce billet|©)
        [*†‡]|\[\d+\]
    """),
    ends_post=openings(r"""
        (?:\d+|aucun|un|deux|pas de) (?:commentaires?|réponses?|réactions?|avis|réflexions?
          |pensées?)(?: sur| à| pour|:|\W*$)
        commentaires?(?: \(\d+\)|:)?\W*$
        (?:laisse[rz]?|écri(?:re|vez)|poste[rz]|ajoute[rz]|publie[rz])(?: un| une
          | votre)* (?:commentaire|réponse)(?: annuler la réponse)?\W*$
        votre adresse (?:e-?mail|de messagerie|courriel) ne sera
        (?:articles?|billets?|publications?|lectures?) (?:similaires?|liés?|récents?|connexes?
          |précédents?|suivants?|recommandés?|populaires?)\W*$
        (?:à lire (?:aussi|également)|vous aimerez (?:peut-être|aussi)|partager(?: :| cet article)?
          |j['’]aime(?: ça)?|à propos de l['’]auteur|archives?|catégories|navigation)\b.{0,40}$
    """),
)
