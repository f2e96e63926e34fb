"""Why a comment was held, in words for a moderator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

WORDS = {
    "policy_holds": _l("This site reads every comment before it appears."),
    "links": _l("It holds %(count)s links."),
    "honeypot": _l("It filled a field that people do not see."),
    "too_fast": _l("It was sent %(seconds)s seconds after the form was opened."),
    "repeated": _l("The same words arrived here before, within a day."),
    "edited_after_publication": _l("Its writer changed it after it was published."),
}


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """One sentence for a stored reason; a general one for a code that this version does not know."""
    code = str(reason.get("code", ""))
    try:
        return str(WORDS[code]) % reason
    except (KeyError, TypeError, ValueError):
        return str(_("Held by a check this page has no words for (%(code)s).", code=code))
