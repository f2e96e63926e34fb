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
}
REASONS = {
    "reply_not_shown": _l("The reply is not shown any more."),
    "subscription_over": _l("The reader does not want these mails any more."),
    "all_decided": _l("All of it was decided meanwhile."),
    "desk_mail_off": _l("The moderator does not want these mails any more."),
    "nothing_to_confirm": _l("There was nothing left to confirm."),
}
EMPTY_WORDS = {
    "waiting": _l("No mail is waiting. Everything has gone out."),
    "sent": _l("Nothing has been sent yet."),
    "failed": _l("No mail has failed. That is how it should be."),
    "cancelled": _l("Nothing was held back."),
}
