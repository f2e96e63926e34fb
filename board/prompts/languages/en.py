"""English."""

from board.prompts.languages.cues import Cues, any_of, words

ENGLISH = Cues(
    code="en",
    common=words("the of and to is that it was for with you not are this have from but they on be as at"),
    reader=any_of(
        ["you", "your", "yours", "yourself", "you['’](?:re|ve|d|ll)", "anyone", "anybody", "any of you"]
    ),
    invitation=any_of(
        [
            "(?:share|post|leave|drop|add|write)~(?:your|any|a)~(?:thoughts?|comments?|stor(?:y|ies)|experiences?|views?"
            "|reactions?|reflections?|ideas?|tips?|suggestions?|answers?|feedback|questions?|favou?rites?)",
            "share your",
            "(?:share|answer|reply|comment|tell (?:me|us)) below",
            "(?:let|tell) (?:me|us) (?:know|in|about|what|how|which|your)",
            "(?:do|please) tell",
            "(?:i|we)(?: would|['’]d)(?: \\w+){0,2} (?:love|like) to (?:hear|know|read)",
            "(?:i|we)(?: would|['’]d)(?: \\w+){0,2} be (?:curious|interested|glad) to (?:hear|know|read)",
            "(?:i['’]m|i am|we['’]re) (?:\\w+ )?(?:curious|eager|keen) (?:to (?:hear|know)|what|how|about)",
            "(?:i|we) (?:welcome|invite|look forward to) your",
            "looking forward to (?:your|hearing)",
            "(?:comment|chime in|weigh in|discuss|reply|respond) (?:below|in the comments)",
            "in the comments?(?: section| box)?",
            "your turn",
            "over to you",
            "leave~questions",
        ]
    ),
    publicly=any_of(
        [
            "in the comments?(?: section| box)?",
            "(?:comment|comments|thoughts|share|reply|answer)~below",
            "below",
            "comments?",
        ]
    ),
    questions_wanted=any_of(
        [
            "(?:leave|ask|send|post|share|submit|drop|bring|suggest)~questions?",
            "questions? (?:that )?you (?:have|may have|might have|would like|want)",
            "what (?:questions|topics) (?:do|would) you",
            "what would you like (?:me|us) to (?:write|cover|ask|answer|explore)",
            "your questions",
            "ask me anything",
        ]
    ),
    not_a_prompt=any_of(
        [
            "subscrib\\w*",
            "newsletter",
            "sign up",
            "register",
            "mailing list",
            "follow (?:me|us)",
            "share (?:this|on|it)",
            "contact (?:me|us)",
            "get in touch",
            "e-?mail (?:me|us)",
            "(?:buy|order|download|donate)\\b",
            "what are you waiting for",
            "leave a (?:reply|comment)$",
            "\\w+n['’]t (?:it|they|you|he|she|we|i)(?: \\w+)?\\?[)\"'”’]*$",
            "if you (?:aren|don|can|won)['’]t",
        ]
    ),
    headings=any_of(
        [
            "what (?:is|are|do|was|would|about|will)~you\\w*",
            "your (?:turn|thoughts|reaction|reflections?|view)",
            "over to you",
            "(?:questions?|prompts?) for (?:you|reflection|readers)",
            "reflect(?:ion)?s?",
            "discussion",
            "how (?:do|did|about|would|will) you",
            "(?:have|do|did|are|would|when|where|which|who)~you",
            "tell (?:me|us)",
            "join the (?:conversation|discussion)",
        ]
    ),
)
