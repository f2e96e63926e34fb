"""German."""

from board.prompts.languages.cues import Cues, any_of, words

GERMAN = Cues(
    code="de",
    common=words(
        "der die das und ist nicht ich zu mit den von ein eine auf sich es dem auch wie aber wir so"
    ),
    reader=any_of(
        [
            "du",
            "dir",
            "dich",
            "dein\\w*",
            "ihr",
            "euch",
            "eu(?:er|re[mnrs]?)",
            "Sie",
            "Ihnen",
            "Ihre?[mnrs]?",
            "jemand",
        ]
    ),
    invitation=any_of(
        [
            "(?:schreib\\w*|erzähl\\w*|teil\\w*|lass\\w*|verrat\\w*|sag\\w*|diskutier\\w*)"
            "~(?:mir|uns|kommentar\\w*|mit|wissen)",
            "(?:ich|wir) freuen? (?:mich|uns)"
            "~(?:kommentare?|feedback|meinung\\w*|antworten?|rückmeldung\\w*|eu\\w+|deine?\\w*)",
            "in den kommentaren",
            "(?:ich|wir) (?:bin|sind) gespannt",
            "(?:mich|uns) (?:würde )?interessier\\w*",
            "was (?:meint|denkt|sagt) ihr",
            "was (?:meinst|denkst|sagst) du",
        ]
    ),
    publicly=any_of(["in (?:den|die) kommentare?n?", "kommentar\\w*", "hier unten", "feedback"]),
    questions_wanted=any_of(
        ["(?:stell\\w*|schick\\w*|schreib\\w*)~fragen", "(?:eure|deine|ihre) fragen", "habt ihr~fragen"]
    ),
    not_a_prompt=any_of(
        [
            "newsletter",
            "abonnier\\w*",
            "anmeld\\w*",
            "kontakt\\w*",
            "e-?mail",
            "folg\\w* (?:mir|uns)",
            "oder\\?$",
            "nicht wahr\\?$",
        ]
    ),
    headings=any_of(
        [
            "was (?:denkst|meinst) du",
            "was (?:denkt|meint) ihr",
            "eure meinung",
            "deine meinung",
            "und (?:du|ihr|sie)",
            "frage\\w* an",
        ]
    ),
)
