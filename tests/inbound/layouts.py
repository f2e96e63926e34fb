"""How mail programs lay out an answer. Every mail here is made up, after what such programs send."""

from __future__ import annotations

from email.message import EmailMessage

NOTICE = ["Ben answered you:", "", "I count to ten, and then to ten again.", "", "--", "To stop these mails:"]
OURS = "board+r3.45-abcdefgh234567ab@mail.example"
QUOTED = "\n".join(f"> {line}".rstrip() for line in NOTICE)
BARE = "\n".join(NOTICE)

PLAIN: dict[str, tuple[str, str]] = {
    "nothing quoted": ("I count to twelve.\n", "I count to twelve."),
    "two paragraphs": ("First.\n\nSecond.\n", "First.\n\nSecond."),
    "gmail": (
        f"I count to twelve.\n\nOn Sun, Mar 1, 2026 at 12:30 PM Ben via On listening <{OURS}> wrote:\n\n{QUOTED}\n",
        "I count to twelve.",
    ),
    "gmail, wrapped": (
        "I count to twelve.\n\nOn Sun, Mar 1, 2026 at 12:30 PM Ben via On listening <\n"
        f"{OURS}> wrote:\n\n{QUOTED}\n",
        "I count to twelve.",
    ),
    "gmail, wrapped before the name": (
        f"I count to twelve.\nSlowly.\n\nOn Sun, Mar 1, 2026 at 12:30 PM\nBen via On listening <{OURS}> wrote:\n\n{QUOTED}\n",
        "I count to twelve.\nSlowly.",
    ),
    "no empty line before it": (
        f"I count to 12.\nOn Sun, Mar 1, 2026 at 12:30 PM Ben <{OURS}> wrote:\n{QUOTED}\n",
        "I count to 12.",
    ),
    "gmail, older, with a date first": (
        f"I count to twelve.\n\n2026-03-01 12:30 GMT+01:00 Ben via On listening <{OURS}>:\n\n{QUOTED}\n",
        "I count to twelve.",
    ),
    "gmail, german": (
        f"Ich zähle bis zwölf.\n\nAm So., 1. März 2026 um 12:30 Uhr schrieb Ben via Vom Zuhören <\n{OURS}>:\n\n{QUOTED}\n",
        "Ich zähle bis zwölf.",
    ),
    "gmail, french": (
        f"Je compte.\n\nLe dim. 1 mars 2026 à 12:30, Ben via Écouter <{OURS}>\na écrit :\n\n{QUOTED}\n",
        "Je compte.",
    ),
    "gmail, spanish": (
        f"Cuento hasta doce.\n\nEl dom, 1 mar 2026 a las 12:30, Ben via Escuchar (<{OURS}>) escribió:\n\n{QUOTED}\n",
        "Cuento hasta doce.",
    ),
    "gmail, portuguese": (
        f"Conto até doze.\n\nEm dom., 1 de mar. de 2026 às 12:30, Ben via Ouvir <\n{OURS}> escreveu:\n\n{QUOTED}\n",
        "Conto até doze.",
    ),
    "gmail, italian": (
        f"Conto fino a dodici.\n\nIl giorno dom 1 mar 2026 alle ore 12:30 Ben via Ascoltare <\n{OURS}> ha scritto:\n\n{QUOTED}\n",
        "Conto fino a dodici.",
    ),
    "gmail, dutch": (
        f"Ik tel tot twaalf.\n\nOp zo 1 mrt 2026 om 12:30 schreef Ben via Luisteren <\n{OURS}>:\n\n{QUOTED}\n",
        "Ik tel tot twaalf.",
    ),
    "gmail, japanese": (
        f"十二まで数えます。\n\n2026年3月1日(日) 12:30 Ben via On listening <{OURS}>:\n\n{QUOTED}\n",
        "十二まで数えます。",
    ),
    "gmail, polish, of which nobody told us": (
        f"Liczę do dwunastu.\n\nniedz., 1 mar 2026 o 12:30 Ben via Blog <{OURS}> napisał(a):\n\n{QUOTED}\n",
        "Liczę do dwunastu.",
    ),
    "apple mail": (
        f"I count to twelve.\n\n> On 1. Mar 2026, at 12:30, Ben via On listening <{OURS}> wrote:\n> \n{QUOTED}\n\n",
        "I count to twelve.",
    ),
    "apple mail, german": (
        f"Bis zwölf.\n\n> Am 01.03.2026 um 12:30 schrieb Ben via Blog <{OURS}>:\n> \n{QUOTED}\n",
        "Bis zwölf.",
    ),
    "iphone": (
        f"I count to twelve.\n\nSent from my iPhone\n\n> On Mar 1, 2026, at 12:30, Ben via Blog <{OURS}> wrote:\n> \n> \ufeff\n{QUOTED}\n",
        "I count to twelve.",
    ),
    "iphone, german": (
        f"Bis zwölf.\n\nVon meinem iPhone gesendet\n\n> Am 01.03.2026 um 12:30 schrieb Ben <{OURS}>:\n> \n{QUOTED}\n",
        "Bis zwölf.",
    ),
    "iphone, french": (
        f"Oui.\n\nEnvoyé de mon iPhone\n\n> Le 1 mars 2026 à 12:30, Ben <{OURS}> a écrit :\n{QUOTED}",
        "Oui.",
    ),
    "iphone, spanish": (
        f"Sí.\n\nEnviado desde mi iPhone\n\n> El 1 mar 2026, a las 12:30, Ben <{OURS}> escribió:\n{QUOTED}",
        "Sí.",
    ),
    "iphone, portuguese": (
        f"Sim.\n\nEnviado do meu iPhone\n\n> Em 1 de mar. de 2026, às 12:30, Ben <{OURS}> escreveu:\n{QUOTED}",
        "Sim.",
    ),
    "iphone, italian": (
        f"Sì.\n\nInviato da iPhone\n\n> Il giorno 1 mar 2026, alle ore 12:30, Ben <{OURS}> ha scritto:\n{QUOTED}",
        "Sì.",
    ),
    "iphone, dutch": (
        f"Ja.\n\nVerstuurd vanaf mijn iPhone\n\n> Op 1 mrt 2026 om 12:30 heeft Ben <{OURS}> het volgende geschreven:\n{QUOTED}",
        "Ja.",
    ),
    "iphone, japanese": (
        f"はい。\n\niPhoneから送信\n\n> 2026/03/01 12:30、Ben <{OURS}>のメール:\n{QUOTED}",
        "はい。",
    ),
    "thunderbird": (
        f"I count to twelve.\n\nOn 01/03/2026 12:30, Ben via On listening wrote:\n{QUOTED}\n",
        "I count to twelve.",
    ),
    "thunderbird, below": (
        f"On 01/03/2026 12:30, Ben via On listening wrote:\n{QUOTED}\n\nI count to twelve.\n\n-- \nAda\nWriter of things\n",
        "I count to twelve.",
    ),
    "thunderbird, between": (
        "On 01/03/2026 12:30, Ben via On listening wrote:\n> Ben answered you:\n>\n> I count to ten,\n\n"
        "Why only ten?\n\n> and then to ten again.\n\nAh, I see.\n",
        "Why only ten?\n\n\nAh, I see.",
    ),
    "thunderbird, german": (
        f"Bis zwölf.\n\nAm 01.03.26 um 12:30 schrieb Ben via Vom Zuhören:\n{QUOTED}\n",
        "Bis zwölf.",
    ),
    "mutt, dutch": (f"Tot twaalf.\n\nBen schreef op 1 maart 2026 12:30:\n{QUOTED}\n", "Tot twaalf."),
    "outlook": (
        "I count to twelve.\n\nKind regards,\nAda\n\n-----Original Message-----\nFrom: Ben via On listening "
        f"<{OURS}> \nSent: Sunday, March 1, 2026 12:30 PM\nTo: ada@example.test\nSubject: Re: On listening\n\n{BARE}\n",
        "I count to twelve.\n\nKind regards,\nAda",
    ),
    "outlook, with a rule": (
        "I count to twelve.\n________________________________\nFrom: Ben via On listening "
        f"<{OURS}>\nSent: Sunday, March 1, 2026 12:30 PM\nTo: Ada <ada@example.test>\nSubject: Re: On listening\n\n{BARE}\n",
        "I count to twelve.",
    ),
    "outlook, starred": (
        f"I count to twelve.\n\n*From:* Ben <{OURS}>\n*Sent:* Sunday, March 1, 2026\n*To:* Ada\n*Subject:* Re: x\n\n{BARE}\n",
        "I count to twelve.",
    ),
    "outlook, german": (
        f"Bis zwölf.\n\nVon: Ben via Blog <{OURS}>\nGesendet: Sonntag, 1. März 2026 12:30\nAn: Ada\nBetreff: Re: x\n\n{BARE}\n",
        "Bis zwölf.",
    ),
    "outlook, french": (
        f"Oui.\n\nDe : Ben via Blog <{OURS}>\nEnvoyé : dimanche 1 mars 2026 12:30\nÀ : Ada\nObjet : Re: x\n\n{BARE}\n",
        "Oui.",
    ),
    "outlook, spanish": (
        f"Sí.\n\nDe: Ben <{OURS}>\nEnviado: domingo, 1 de marzo de 2026 12:30\nPara: Ada\nAsunto: Re: x\n\n{BARE}\n",
        "Sí.",
    ),
    "outlook, portuguese": (
        f"Sim.\n\nDe: Ben <{OURS}>\nEnviada em: domingo, 1 de março de 2026\nPara: Ada\nAssunto: Re: x\n\n{BARE}\n",
        "Sim.",
    ),
    "outlook, italian": (
        f"Sì.\n\nDa: Ben <{OURS}>\nInviato: domenica 1 marzo 2026\nA: Ada\nOggetto: Re: x\n\n{BARE}\n",
        "Sì.",
    ),
    "outlook, dutch": (
        f"Ja.\n\nVan: Ben <{OURS}>\nVerzonden: zondag 1 maart\nAan: Ada\nOnderwerp: Re: x\n\n{BARE}\n",
        "Ja.",
    ),
    "outlook, japanese": (
        f"はい。\n\n差出人: Ben <{OURS}>\n送信日時: 2026年3月1日\n宛先: Ada\n件名: Re: x\n\n{BARE}\n",
        "はい。",
    ),
    "outlook for ios": (
        f"I count to twelve.\n\nGet Outlook for iOS<https://aka.example/o0ukef>\n________________________________\nFrom: Ben <{OURS}>\nSent: Sunday\nTo: Ada\nSubject: x\n\n{BARE}\n",
        "I count to twelve.",
    ),
    "yahoo": (
        f" I count to twelve.\n    On Sunday, March 1, 2026 at 12:30:00 PM GMT+1, Ben via Blog <{OURS}> wrote:  \n \n {BARE}\n",
        "I count to twelve.",
    ),
    "yahoo on a phone": (
        f"I count to twelve.\n\nSent from Yahoo Mail on Android \n \n  On Sun, Mar 1, 2026 at 12:30, Ben<{OURS}> wrote:   {BARE}\n",
        "I count to twelve.",
    ),
    "samsung": (
        f"I count to twelve.\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: Ben <{OURS}>\n\n{BARE}",
        "I count to twelve.",
    ),
    "a signature": ("I count to twelve.\n-- \nAda Example\nhttps://ada.example\n", "I count to twelve."),
    "a person who quotes a book": (
        "On Monday Kant wrote:\nhave courage to use your own understanding.\n\nI try.",
        "On Monday Kant wrote:\nhave courage to use your own understanding.\n\nI try.",
    ),
    "a list that ends in a colon": (
        "Two things:\n- I listen.\n- I wait.\n\nFrom: nothing comes nothing.",
        "Two things:\n- I listen.\n- I wait.\n\nFrom: nothing comes nothing.",
    ),
    "a person who was sent somewhere": (
        "Sent from my heart, this is all I have to say.\nReally.",
        "Sent from my heart, this is all I have to say.\nReally.",
    ),
    "nothing but a quotation": (f"\n\nOn 01/03/2026 12:30, Ben wrote:\n{QUOTED}\n", ""),
    "nothing but a signature": ("-- \nAda\n", ""),
    "nothing at all": ("\n \n", ""),
}

HTML: dict[str, tuple[str, str]] = {
    "gmail": (
        f'<div dir="ltr">I count to twelve.<div><br></div><div>Slowly.</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sun, Mar 1, 2026 Ben &lt;{OURS}&gt; wrote:<br></div><blockquote class="gmail_quote">Ben answered</blockquote></div>',
        "I count to twelve.\n\nSlowly.",
    ),
    "outlook": (
        '<html><head><style>p {margin: 0}</style></head><body><div class="elementToProof">I count to twelve.</div>'
        f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ben &lt;{OURS}&gt;</div><div>Ben answered</div></body></html>',
        "I count to twelve.",
    ),
    "outlook on a desk": (
        '<div class="WordSection1"><p class="MsoNormal">I count to twelve.<o:p></o:p></p><p class="MsoNormal">Slowly.</p>'
        f'<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> Ben &lt;{OURS}&gt;<br><b>Sent:</b> Sunday</p></div></div><p>Ben answered</p></div>',
        "I count to twelve.\n\nSlowly.",
    ),
    "apple mail": (
        f"<body>I count to <b>twelve</b>.<br><div><br><blockquote type='cite'><div>On 1. Mar 2026, Ben &lt;{OURS}&gt; wrote:</div>Ben answered</blockquote></div></body>",
        "I count to twelve.",
    ),
    "thunderbird": (
        f'<body><p>I count to twelve.</p><ul><li>one</li><li>two</li></ul><div class="moz-cite-prefix">On 01/03/2026 Ben wrote:</div><blockquote type="cite" cite="mid:{OURS}">Ben answered</blockquote><p>Below, too.</p></body>',
        "I count to twelve.\n\n- one\n- two\n\nBelow, too.",
    ),
    "with script and style": (
        "<style>x{}</style><script>alert(1)</script><p>I count &lt;b&gt;.</p><!-- no -->",
        "I count <b>.",
    ),
    "nothing": ("<div><br></div>", ""),
    "no html at all": ("I count", "I count"),
}


def plain_mail(text: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ada@example.test", OURS, "Re: On listening"
    mail.set_content(text)
    return bytes(mail)


def html_mail(page: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ada@example.test", OURS, "Re: On listening"
    mail.set_content(page, subtype="html")
    return bytes(mail)
