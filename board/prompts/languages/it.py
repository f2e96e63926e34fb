"""Italian."""

from board.prompts.languages.cues import Cues, openings, phrases, words

ITALIAN = Cues(
    code="it",
    common=words(
        "il di che e la non per un una sono con è del della dei gli le si più come anche ma ho nel questo"
    ),
    reader=phrases(r"""
        tu
        te
        ti
        tuo[ii]?
        tua
        tue
        tuoi
        voi
        vi
        vostr[oaie]
        qualcuno
        lettor[ie]
        (?:avete|hai|siete|sei|pensate|pensi|conoscete|conosci|usate|usi|preferite|preferisci|fareste
          |faresti|credete|credi|ne dite|ne dici)
    """),
    asks=phrases(r"""
        (?:e )?(?:voi|tu|a voi|a te|da voi)
        (?:che|cosa|che cosa) (?:ne )?(?:pensate|pensi|dite|dici|fate|fai|fareste|faresti|usate|usi
          |preferite|preferisci|avete|hai|leggete)
        (?:qual è|quali sono|qual era|quale)~(?:vostr\w|tuo[i]?|tua|tue|preferit\w|voi|te)
        (?:come|dove|quando|perché|chi|quant\w|quale|quali)(?: \w+){0,4} (?:avete|hai|siete|sei|fate|fai
          |voi|tu|vi|ti|vostr\w|tuo\w?|tua|tue|\w+ate|\w+ete)
        (?:avete|hai|siete|sei|conoscete|conosci|conoscevate|conoscevi|avevate|avevi|usate|usi|preferite
          |credete|credi|pensate|vi (?:è|piace
          |capita|siete|ricordate)|ti (?:è|piace|capita|sei|ricordi)|sapevate|ricordate)(?: \w+)*
        (?:siete|sei) d['’]accordo
        qualcuno (?:di voi|ha|conosce|sa|usa)
        (?:ho|abbiamo) dimenticato (?:qualcosa|qualcuno)
        (?:altr[ie] )?(?:idee|consigli|suggerimenti|domande|dubbi|opinioni)
    """),
    invites=phrases(r"""
        (?:nei|con un|nella sezione|qui nei|tramite i|sotto nei|tra i|in un) (?:\w+ )?commenti?o?
        (?:fatemi|fammi|fateci|facci) sapere
        (?:ditemi|dimmi|diteci|dicci|raccontatemi|raccontami|raccontateci|raccontaci|scrivetemi|scrivimi
          |scriveteci|scrivicelo|scrivetelo|ditemelo|parliamone|parlatemi|parlami|fateci sapere)
        (?:lasciate|lascia|lasciatemi|lasciami|condividete|condividi|postate|aggiungete|inviate)~(?:un
          |il|la|le|i|vostr\w|tuo\w?|tua|tue)~(?:commento|commenti|opinion[ei]|esperienz[ae]|idee|idea
          |suggerimenti|parere|pareri|domande|feedback|riflessioni|pensier\w|consigli)
        (?:commentate|discutiamone|(?:commenta|rispondi|rispondete|scrivete|raccontate) (?:qui|sotto|nei))
        (?:mi|ci) (?:piacerebbe|farebbe piacere|interessa|interesserebbe|incuriosisce)~(?:saper\w*
          |conoscer\w*|legger\w*|sentir\w*|vostr\w|tuo\w?|tua)
        (?:sono|siamo) (?:\w+ )?curios[oaie]
        (?:aspetto|aspettiamo|attendo|attendiamo)~(?:vostr\w|tuo\w?|tua|tue|commenti)
        (?:vorrei|vorremmo|voglio)~(?:sapere|conoscere|leggere|sentire)
        (?:che|cosa|che cosa) ne (?:pensate|pensi|dite|dici)
        (?:ora )?(?:tocca|sta) a (?:voi|te)
        a voi la parola
        (?:non esitate|non esitare|sentitevi liberi|sentiti libero) ~?(?:a|di)?
        (?:commenti|suggerimenti|critiche|consigli|domande|correzioni)~(?:benvenut\w|graditi|gradite
          |ben accett\w)
    """),
    publicly=phrases(r"""
        (?:nei|con un|nella sezione|tramite i|tra i|in un|un|i vostri|il tuo) (?:\w+ )?commenti?o?
        commenti (?:qui )?(?:sotto|in basso|in fondo)
        (?:qui|in) (?:sotto|basso|fondo)
        comment(?:ate|a|ando)
        su (?:twitter|facebook|instagram|mastodon|linkedin|youtube|telegram)
        (?:sul|nel) forum
    """),
    supports=phrases(r"""
        comment[oi]
        (?:vostr[ei]|tu[eoa]|tuoi) (?:opinion\w|idee|esperienz\w|suggerimenti|consigli|parer\w|domande)
        (?:rispondo|leggo|risponderò|leggerò)
        (?:sono|sarò) (?:curios\w|felice|content\w)
        grazie in anticipo
    """),
    wants_questions=phrases(r"""
        (?:lasciate|inviate|fate|scrivete|ponete|mandate|fatemi|fammi|avete|hai|se|per|altre|vostre|tue
          |qualsiasi|eventuali)~(?:domand[ae]|dubbi|dubbio|richiest[ae]|curiosità)
        (?:domand[ae]|dubbi)(?: \w+){0,3} (?:o|e|nei|scriv\w+|comment\w+|chied\w+)
        (?:di )?(?:cosa|quali argomenti|che argomenti)~(?:vorreste|vorresti|volete|vuoi)~(?:che|leggere
          |parl\w+|scriv\w+)
        (?:argomenti|temi)~(?:prossim\w|futur\w|tratt\w+|vorreste)
    """),
    wants_reactions=phrases(r"""
        (?:opinion\w|esperienz\w|idee|riflession\w|parer\w|consigli|preferit\w)
        (?:che|cosa|che cosa) ne (?:pensate|pensi|dite|dici)
    """),
    appeals=phrases(r"""
        newsletter
        iscri\w+
        abbon\w+
        segui(?:mi|ci|te(?:mi|ci)?)
        condivi(?:di|dete) (?:questo|l['’]|il|con|su|sui)~(?:articolo|post|amici|social)
        contatt\w+
        e-?mail
        mail
        modulo
        (?:acquista|compra|scarica|dona|prenota|ordina)(?:te)?
        (?:clicca|cliccate) (?:qui|sul)
        mett(?:i|ete|ere) (?:un )?(?:like|mi piace)
        concorso
        giveaway
        pull request
    """),
    rhetorical=phrases(r"""
        (?:vero|no|giusto|eh|ok|chiaro|sì|davvero|perché no|pronti|pront[oae]|non (?:credete|trovate
          |pensate|è vero|è così))\s?\?[)"”»]*$
        (?:cosa|che) (?:aspettate|aspetti|state aspettando|stai aspettando)
        chi (?:non|lo sa|l['’]avrebbe)
        (?:perché|come|cosa|che cosa|a che) (?:è|sono|non|fare|serve|significa|succede)
        lo sapevate
        sapevate che
        (?:vi siete|ti sei) mai chiest[oaie]
    """),
    answers=openings(r"""
        (?:allora|ecco|qui|sì\b|no\b|certo|perché|la risposta|è (?:semplice|facile|molto)|niente|nulla
          |puoi|potete|scopri|leggi)
    """),
    headings=phrases(r"""
        e (?:voi|tu)
        (?:la )?(?:vostra|tua) (?:opinione|reazione|esperienza)
        (?:che|cosa) ne (?:pensate|pensi|dite)
        (?:ora )?tocca a (?:voi|te)
        a voi la parola
        domande? per (?:voi|te|riflettere)
        per (?:riflettere|discutere)
        parliamone
    """),
    afterword=openings(r"""
        p\.?\s?p?\.?s\b
        (?:foto|immagin[ei]|credit[is]?|font[ei]|riferiment[io]|not[ae]|tag|categori[ae]|via
          |aggiornamento|pubblicato|scritto da|link|bibliografia|approfondimenti|leggi anche
          |articoli (?:simili|correlati)|alla prossima|a presto|un (?:abbraccio|saluto)|baci|grazie
          |buon[ae]?|ciao|quest[oa] (?:articolo|post)|©)\b
        [*†‡]|\[\d+\]
    """),
    ends_post=openings(r"""
        (?:\d+|nessun|un|due) (?:commenti?o?|risposte?a?|pensieri|opinioni|reazioni)(?: su| a| per|:|\W*$)
        commenti(?: \(\d+\)|:)?\W*$
        (?:lascia|scrivi|inserisci|pubblica|aggiungi|invia)(?: un| una| il)* (?:commento
          |risposta)(?: annulla risposta)?\W*$
        il tuo indirizzo email non sarà
        (?:articoli|post|letture|contenuti) (?:correlati|simili|recenti|precedenti|consigliati)\W*$
        (?:leggi anche|potrebbe (?:anche )?(?:interessarti|piacerti)|condividi(?: su)?|mi piace
          |informazioni sull['’]autore|archivi|categorie|navigazione)\b.{0,40}$
    """),
)
