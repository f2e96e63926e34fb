"""Why a comment was held, in words for a moderator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

WORDS = {
    "closed": _l("The discussion takes no comments."),
    "too_long": _l("It is longer than a comment can be."),
    "empty": _l("It says nothing."),
    "blocked_network": _l("It comes from a network that is blocked."),
    "blocked_address": _l("Its address is blocked: %(values)s."),
    "blocked_host": _l("It leads to a blocked host, or its address is there: %(values)s."),
    "blocked_word": _l("It says what is blocked here: %(values)s."),
    "honeypot": _l("It filled a field that people do not see."),
    "too_fast": _l("It was sent %(seconds)s seconds after the form was opened."),
    "repeated": _l("The same words arrived here before, within a day."),
    "repeated_often": _l("The same words arrived here %(count)s times before, within a day."),
    "links": _l("It holds %(count)s links."),
    "only_links": _l("It is hardly more than a link."),
    "lookalike": _l("The name reads like %(name)s, who may be somebody else."),
    "policy_holds": _l("This site reads every comment before it appears."),
    "first_comments": _l(
        "Its writer is not known here yet: %(count)s of %(needed)s approved comments are shown to be theirs."
    ),
    "unproven_address": _l(
        "The address is that of a known reader, but nothing shows that it is the writer's."
    ),
    "edited_after_publication": _l("Its writer changed it after it was published."),
    "akismet_pending": _l("It waits for Akismet's answer."),
    "akismet_silent": _l("Akismet has not answered yet and is asked again: %(said)s"),
    "akismet_failed": _l("Akismet gave no answer, so somebody has to look: %(said)s"),
    "akismet_spam": _l("Akismet takes it for spam."),
    "akismet_discard": _l("Akismet is sure that it is spam."),
    "reported": _l("Readers reported it; open reports: %(count)s."),
    "revised": _l("Its writer revised it after it was returned."),
}


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """One sentence for a stored reason; a general one for a code that this version does not know."""
    code = str(reason.get("code", ""))
    told = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in reason.items()
    }
    try:
        return str(WORDS[code]) % told
    except (KeyError, TypeError, ValueError):
        return str(_("Held by a check this page has no words for (%(code)s).", code=code))
