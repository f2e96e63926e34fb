"""The words of the mail page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

VIEW_LABELS = {
    "waiting": _l("Waiting"),
    "sent": _l("Sent"),
    "failed": _l("Failed"),
    "cancelled": _l("Not needed"),
}
STATE_LABELS = {
    "queued": _l("waits to be sent"),
    "sending": _l("is being sent"),
    "sent": _l("was sent"),
    "failed": _l("could not be sent"),
    "cancelled": _l("was not needed any more"),
}
OUTCOME_LABELS = {
    "sent": _l("Sent"),
    "retry": _l("Not yet"),
    "failed": _l("Given up"),
    "cancelled": _l("Not needed"),
}
KIND_LABELS = {
    "reply": _l("Notice of a reply"),
    "desk_waiting": _l("Waiting comments, to a moderator"),
    "confirm_address": _l("Request to confirm an address"),
    "invitation": _l("Invitation to the staff"),
    "new_sign_in": _l("A new browser signed in, to its person"),
    "password_changed": _l("A password was changed, to its person"),
    "second_factor": _l("A second factor changed, to its person"),
    "returned": _l("Comment sent back to its writer"),
    "highlighted": _l("News of a highlighted comment"),
}
REASONS = {
    "reply_not_shown": _l("The reply is not shown any more."),
    "subscription_over": _l("The reader does not want these mails any more."),
    "all_decided": _l("All of it was decided meanwhile."),
    "desk_mail_off": _l("The moderator does not want these mails any more."),
    "invitation_over": _l("The invitation was withdrawn, renewed or accepted meanwhile."),
    "nothing_to_confirm": _l("There was nothing left to confirm."),
    "not_returned": _l("The comment does not wait for its writer any more."),
    "not_highlighted": _l("The comment is not highlighted any more."),
    "writer_left": _l("Its writer does not want these mails any more."),
}
EMPTY_WORDS = {
    "waiting": _l("No mail is waiting. Everything has gone out."),
    "sent": _l("Nothing has been sent yet."),
    "failed": _l("No mail has failed. That is how it should be."),
    "cancelled": _l("Nothing was held back."),
}
