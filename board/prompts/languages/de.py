"""German."""

from board.prompts.languages.cues import Cues, openings, phrases, words

GERMAN = Cues(
    code="de",
    common=words(
        "der die das und ist nicht ich zu mit den von ein eine auf sich es dem auch wie aber wir so"
    ),
    reader=phrases(r"""
        du
        dir
        dich
        dein\w*
        (?-i:ihr|Ihr)
        euch
        eu(?:er|re[mnrs]?)
        (?-i:Sie|Ihnen|Ihre?[mnrs]?)
        jemand\w*
        leser(?:innen)?
        (?:hab|kenn|nutz|benutz|mach|find|mein|denk|seid|wollt|könnt|mögt|wart|hatt|lest|glaub|freu
          |habt)t? ihr
        \w+st du
        \w+ste
    """),
    asks=phrases(r"""
        (?:und )?was (?:ist|sind|war|waren|wäre|wären)~(?:eu\w+|dein\w*|(?-i:Ihr\w*))
        was (?:meint|denkt|sagt|haltet|findet|macht|habt|tut|mögt|lest|würdet|wünscht|nutzt|esst|kocht
          |plant|verbindet|hört|seht) ihr
        was (?:\w+st|bist|hast|hältst|sagst) du
        was (?:meinen|denken|sagen|halten) Sie
        wie (?:\w+ ){0,2}(?:ihr|du|(?-i:Sie))
        wie (?:ist|war|sieht|geht|steht|schaut|läuft|lief|waren|sind)~(?:euch|eu\w+|dir|dein\w*
          |(?-i:Ihnen|Ihr\w*))
        (?:welche[nmrs]?|wo|wann|wer|warum|wozu|womit|worauf|woher|wohin|wofür|worüber|wovon|wen
          |wem)(?: \w+){0,5} (?:ihr|du|euch|dir|eu\w+|dein\w*|(?-i:Sie|Ihnen|Ihr\w*))
        (?:habt|kennt|seid|wart|nutzt|benutzt|macht|mögt|wollt|könnt|würdet|hattet|wusstet|lest|glaubt
          |findet|schaut|geht|esst|tragt|kauft|braucht|freut|feiert|steht|seht|denkt|schreibt|spielt
          |hört|kocht|backt|reist|plant|verwendet|sammelt|hättet|wärt|werdet|dürft|müsst|fühlt
          |erinnert) ihr
        (?:hast|kennst|bist|warst|nutzt|benutzt|machst|magst|willst|kannst|würdest|hattest|liest|glaubst
          |findest|gehst|brauchst|freust|\w+st) du
        (?:haben|kennen|sind|waren|nutzen|machen|mögen|wollen|können|würden|glauben|finden|sehen
          |denken) (?-i:Sie)
        (?:und |oder )?(?:ihr|du|(?-i:Sie)|bei (?:euch|dir|(?-i:Ihnen))|wie (?:steht|sieht
          |ist) es (?:mit|bei) (?:euch|dir))
        (?:hat|kennt|ist|war|gibt es) (?:(?:hier )?(?:noch )?jemand|wer)\w*
        (?:wer|wem|wen)(?: \w+){0,3} (?:von euch|euch|auch|noch)
        geht es (?:euch|dir|(?-i:Ihnen))
        eu(?:re|er)e?[mnrs]? (?:\w+ )?(?:meinung|tipps?|erfahrung(?:en)?|lieblings\w+|favoriten|gedanken)
        dein\w* (?:\w+ )?(?:meinung|tipps?|erfahrung(?:en)?|lieblings\w+|favoriten|gedanken)
        hab(?:e)? ich (?:\w+ )?(?:etwas|was) vergessen
        (?:noch |weitere )?(?:fragen|tipps|ideen|anregungen|vorschläge|meinungen)
    """),
    invites=phrases(r"""
        (?:^|[,;:–—.!?)] |\b(?:und|oder|dann|also|bitte|doch|einfach|gerne?|nun|jetzt|auch|so
          |mal) )(?:schreibt?|schreiben Sie|erzählt?|erzählen Sie|lasst?|lassen Sie|verrat(?:e|et)?
          |sagt?|sagen Sie|nennt|berichtet|zeigt|schickt?|schicken Sie|gebt|gib|geben Sie|hinterlass(?:t
          |e)?|hinterlassen Sie)~(?:mir|uns|mich|kommentar\w*|wissen)
        (?:^|[,;:–—.!?)] |\b(?:und|oder|dann|also|bitte|doch|einfach|gerne?|nun|jetzt|auch|so
          |mal) )(?:teilt?|teilen Sie|postet|zeigt|ergänzt|ergänze|verlinkt|nennt|verratet|schreibt
          |hinterlasst|schickt)~(?:eu\w+|dein\w*|(?-i:Ihre?\w*)|kommentar\w*)
        (?:^|[,;:–—.!?)] |\b(?:und|oder|dann|also|bitte|doch|einfach|gerne?|nun|jetzt|auch|so
          |mal) )(?:diskutiert?|diskutieren (?-i:Sie)|kommentiert?|kommentieren (?-i:Sie)|antwortet
          |schreibt|erzählt)(?: (?:mit|doch|gerne?|hier|fleißig|unten|mal|los))
        (?:ich|wir)?\s?freu(?:e|en)? (?:mich|uns)~(?:kommentare?\w*|feedback|meinung\w*|antwort\w*
          |rückmeldung\w*|eu\w+|dein\w*|anregung\w*|austausch|tipps|vorschläge|ergänzungen|erfahrung\w*
          |diskussion\w*|hinweise|kritik|von (?:euch|dir|(?-i:Ihnen))|wenn (?:ihr|du|(?-i:Sie)) (?:mir
          |uns))
        (?:mich|uns) (?:würde|interessiert)(?=.*(?:\b(?:eu\w+|ihr|dein\w*|du|(?-i:Ihr\w*|Sie))\b))
        (?:würde|interessiert) (?:mich|uns)(?=.*(?:\b(?:eu\w+|ihr|dein\w*|du|(?-i:Ihr\w*|Sie))\b))
        (?:ich|wir) (?:würde|möchte|wüsste)n?~(?:wissen|hören|lesen|erfahren)(?=.*(?:\b(?:eu\w+|ihr
          |dein\w*|du|(?-i:Ihr\w*|Sie))\b))
        (?:ich|wir) (?:würde|möchte|wüsste)n?~(?:\b(?:eu\w+|ihr|dein\w*|du|(?-i:Ihr\w*
          |Sie))\b)~(?:wissen|hören|lesen|erfahren)
        (?:in|unter) (?:den|die) kommentare?n?
        (?:bin|sind)~gespannt(?=.*\b(?:eu\w+|ihr|dein\w*|du|(?-i:Ihr\w*|Sie)|kommentar\w*|meinung\w*
          |antwort\w*|feedback)\b)
        gespannt auf (?:eu|dein|die)\w*
        (?:was|wie) (?:meint|denkt|sagt|haltet|seht|findet) ihr
        (?:was|wie) (?:meinst|denkst|sagst|hältst|siehst|findest) du
        (?:was|wie) (?:meinen|denken|sagen|halten|sehen|finden) (?-i:Sie)
        (?:gerne?|einfach|per|als|im|einen|euren|deinen|ihren) (?:\w+ )?kommentar\w*
        (?:kommentare|feedback|anregungen|kritik|tipps|vorschläge|ergänzungen|meinungen|hinweise
          |fragen)~(?:willkommen|erwünscht|gerne|gern gesehen|gefragt|her damit)
        her damit
        immer her
        eure meinung (?:ist|zählt|interessiert)
        (?:ihr|du) (?:seid|bist) (?:dran|gefragt|an der reihe)
        (?:jetzt|nun) (?:seid ihr|bist du|sind (?-i:Sie)) (?:dran|gefragt|an der reihe)
        macht mit
        (?:über|auf) (?:\w+ )?(?:feedback|kommentare|rückmeldung\w*|anregungen|eu\w+ \w+|dein\w* \w+)~freu\w*
        (?:stellt?|stellen (?-i:Sie))~(?:eure|deine|(?-i:Ihre)|mir|uns|gerne)?~?fragen
        ich lese (?:gern|gerne) (?:eu|dein)\w*
    """),
    publicly=phrases(r"""
        (?:in|unter) (?:den|die|eure|deine|meine) kommentare?n?
        (?:als|per|im|einen|einem|dem|den) (?:\w+ )?kommentar\w*
        kommentar(?:bereich|feld|funktion|spalte)\w*
        (?:hier )?(?:unten|drunter|darunter)
        kommentier\w*
        auf (?:twitter|mastodon|instagram|facebook|bluesky|linkedin|youtube)
        im forum
        diskutier\w*
    """),
    supports=phrases(r"""
        kommentare?n?
        (?:eure|deine|ihre)~(?:meinung|gedanken|ideen|tipps|erfahrungen|antworten|vorschläge)
        (?:ich|wir)?\s?freu(?:e|en)? (?:mich|uns)
        gespannt
        gerne? auch
        feedback
        ich (?:antworte|lese|beantworte|ergänze|nehme)
        danke (?:schon|im voraus)
    """),
    wants_questions=phrases(r"""
        (?:stell\w*|schick\w*|schreib\w*|hinterlass\w*)~fragen?
        (?:eure|deine|ihre|weitere|noch|irgendwelche|offene) (?:\w+ )?fragen?
        (?:habt ihr|hast du|haben (?-i:Sie)|falls|wenn|bei)~fragen?
        fragen (?:habt|hast|haben|oder|zu|dazu|könnt)
        (?:themen(?:wünsche|vorschläge)?|wünsche|wunschthem\w+)~(?:habt|hast|wünscht|schreibt
          |kommentar\w*|lesen|nächste\w*|für)
        (?:worüber|über welche)~(?:lesen|schreiben|wissen|hören)
        was (?:würdet ihr|würdest du|wollt ihr|willst du|möchtet ihr|möchtest du)~(?:lesen|wissen|sehen
          |hören)
    """),
    wants_reactions=phrases(r"""
        (?:meinung\w*|gedanken|erfahrung\w*|tipps?|ideen|feedback|lieblings\w+|eindr\w+|ansicht\w*)
        was (?:meint|denkt|sagt|haltet) ihr
    """),
    appeals=phrases(r"""
        newsletter\w*
        abonn\w*
        anmeld\w*
        (?:melde?t?|registrier\w*)~an
        kontakt(?:ier|formular|aufnahm|daten)\w*
        (?:per |eine? |schreib\w* ~)?e-?mails?
        folg(?:t|e|en)? (?:mir|uns|dem|meinem|unserem)
        rss(?:-feed)?
        teil(?:t|e|en)? (?:diesen|den|dieses|den) (?:beitrag|artikel|post)
        weitersagen
        spende\w*
        jetzt (?:kaufen|bestellen|buchen|herunterladen|anmelden|lesen|entdecken|mehr)
        (?:kauf|bestell|buch|lad)(?:t|en)? (?-i:Sie|jetzt)
        gewinnspiel\w*
        verlos\w*
        gewinn(?:t|en|er)\w*
        teilnahme\w*
        hier klicken
        datenschutz\w*
        telefon\w*
        termin\w*
        rufen (?-i:Sie)
        beratung\w*
        verlinkt uns
        merk\w* dir
        pinn?\w*
    """),
    rhetorical=phrases(r"""
        (?:oder|nicht wahr|gell|nicht|ne|was|stimmt['’]?s|ja|na und|richtig|okay|ok|warum nicht
          |warum auch nicht|wirklich|echt|(?<!und )warum|bereit)\?[)"”“»]*$
        worauf (?:wartet ihr|wartest du|warten (?-i:Sie)) (?:noch|also)?
        wer kennt (?:das|es|sie|ihn) nicht
        (?:hast du dich|habt ihr euch|haben (?-i:Sie) sich) (?:\w+ ){0,3}gefragt
        wer (?:hätte|weiß|will|möchte) (?:das|schon|nicht)
        (?:was|wie|warum|wann|wo) (?:ist|sind|war|bedeutet|heißt|kann man|macht man|soll) (?:das|ein
          |eine|der|die|es|man)
    """),
    answers=openings(r"""
        (?:dann|hier|klar|ja\b|nein|natürlich|weil|denn|die antwort|ganz einfach|kein problem|so\b|schau
          |lies|wir (?:haben|zeigen|helfen|bieten)|in (?:diesem|der|unserem)|das (?:ist|geht))
    """),
    headings=phrases(r"""
        (?:was|wie|welche\w*|habt|kennt|seid|mögt|nutzt|wo|wer)~(?:ihr|euch|eu\w+)
        (?:was|wie|welche\w*|hast|kennst|bist|magst|nutzt|wo|wer)~(?:du|dir|dein\w*)
        (?:was|wie|haben)~(?-i:Sie|Ihnen)
        eure (?:meinung|tipps|erfahrungen|ideen|gedanken)
        deine (?:meinung|tipps|erfahrungen|ideen|gedanken)
        ihre meinung
        und (?:du|ihr|(?-i:Sie))
        (?:jetzt|nun) (?:seid ihr|bist du)
        fragen? (?:an|zum|für) (?:euch|dich|(?-i:Sie)|nachdenken|die leser\w*)
        reflexions?fragen?
        diskussion
        (?:zum )?(?:weiter|nach)denken
    """),
    afterword=openings(r"""
        p\.?\s?p?\.?s\b
        (?:fotos?|bild(?:er|quellen?|nachweise?)?|titelbild|beitragsbild|quellen?|literatur
          |anmerkung(?:en)?|fußnoten?|hinweis|transparenz|werbung|anzeige|update|nachtrag|credits?|via
          |tags?|schlagw\w+|kategorien?|stichwort\w*|veröffentlicht|geschrieben|artikel von|text
          |alles liebe|liebe grüße|viele grüße|herzliche grüße|eure?\b|deine?\b|bis (?:bald|dann|zum
          |nächste)|viel (?:spaß|erfolg|freude)|danke|dieser (?:beitrag|artikel|post)|mehr (?:zum|dazu
          |infos)|weiterführende|links?|ähnliche|verwandte|©)
        [*†‡]|\[\d+\]
    """),
    ends_post=openings(r"""
        (?:\d+|keine|ein|zwei|drei) (?:kommentare?|antworten?|gedanken|reaktionen|meinungen)(?: zu| auf
          | bisher|:|\W*$)
        kommentare?(?: \(\d+\)|:)?\W*$
        (?:schreibe?n?|hinterlasse?n?|verfasse|kommentar)(?: sie)?(?: einen| eine| deinen| ihren
          | hinterlassen| schreiben| verfassen| abgeben| kommentar| antwort| abbrechen)*\W*$
        antwort(?:en)? (?:abbrechen|hinterlassen|schreiben)
        deine e-?mail-?adresse wird nicht
        (?:ähnliche|verwandte|weitere|mehr|neueste|aktuelle|beliebte|andere|passende|vorheriger
          |nächster)r? (?:beiträge|artikel|posts?|themen|einträge|beitrag|von|aus)\b.{0,40}$
        das könnte (?:dich|dir|sie|ihnen|euch) auch .{0,30}$
        (?:über den autor|über die autorin|teilen(?: mit)?|gefällt mir|newsletter|archiv|kategorien
          |veröffentlicht (?:in|am|von|unter))\b.{0,40}$
        was denkst du\W*$
    """),
)
