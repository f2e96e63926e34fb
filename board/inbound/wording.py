"""What became of incoming mail, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from board.inbound.outcomes import Outcome
from board.mail.models import SuppressionReason

OUTCOMES = {
    Outcome.COMMENT: _l("An answer became a comment"),
    Outcome.NOT_TAKEN: _l("An answer could not be taken; its writer was told why"),
    Outcome.HARD_BOUNCE: _l("A mail came back: there is no such mailbox. Nothing more is sent there"),
    Outcome.SOFT_BOUNCE: _l("A mail came back for a reason that may pass; it was counted"),
    Outcome.REPORT: _l("A report about a mail that says nothing against its address"),
    Outcome.COMPLAINT: _l("Somebody called a mail spam. All mail to them was ended"),
    Outcome.AUTOMATIC: _l("Written by a program, such as a holiday notice; dropped"),
    Outcome.STRANGER: _l("An answer that did not come from the reader's own address; dropped"),
    Outcome.FORGED: _l("To an address that this board did not make, or forgot; dropped"),
    Outcome.NOT_FOR_US: _l("Neither an answer nor a bounce; somebody may want to read it"),
    Outcome.UNREADABLE: _l("It could not be read"),
    Outcome.BROKEN: _l("A mistake of the board; the mail is still in the mailbox"),
}
REFUSALS = {
    "closed": _l("The discussion is closed and takes no new comments."),
    "paused": _l("The discussion is paused. It takes comments again later."),
    "gone": _l("The comment that you answered is not shown any more."),
    "refused": _l("This site does not accept the comment as it stands; you may say it in other words."),
    "empty": _l("We found no new words in your mail. Please write above what you quote."),
    "too_long": _l("It is longer than a comment can be."),
    "unclear": _l("We could not tell your own words from those of the mail that you quoted."),
    "too_often": _l("Several answers came from your address in a short time. Please try again later."),
}
SUPPRESSIONS = {
    SuppressionReason.HARD_BOUNCE: _l("There is no such mailbox"),
    SuppressionReason.SOFT_BOUNCES: _l("Three mails came back within a week"),
    SuppressionReason.COMPLAINT: _l("Its owner called our mail spam"),
    SuppressionReason.STAFF: _l("Somebody of the staff said so"),
}
