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
    "desk_reported": _l("Reported comments, to a moderator"),
    "desk_failed": _l("Mail that failed, to an owner"),
    "desk_summary": _l("The week, to staff"),
    "confirm_address": _l("Request to confirm an address"),
    "private_link": _l("Private link, to a reader"),
    "invitation": _l("Invitation to the staff"),
    "new_sign_in": _l("A new browser signed in, to its person"),
    "password_changed": _l("A password was changed, to its person"),
    "second_factor": _l("A second factor changed, to its person"),
    "thread": _l("New comments, to a follower"),
    "prompts": _l("New questions of a blog, to a follower"),
    "digest": _l("All that was new, to a reader"),
    "approved": _l("News of a published comment, to its writer"),
    "removed": _l("News of a comment taken down, to its writer"),
    "returned": _l("Comment sent back to its writer"),
    "highlighted": _l("News of a highlighted comment"),
    "reply_not_taken": _l("An answer by mail that was not taken, to its writer"),
}
SEALED = frozenset({"private_link"})  # a key to somebody's own things: staff read neither words nor file
REASONS = {
    "nothing_to_tell": _l("What it told of was forgotten meanwhile."),
    "not_shown": _l("What it tells of is not so any more."),
    "own": _l("It was about the reader's own words."),
    "unconfirmed": _l("The address is not confirmed any more."),
    "unsubscribed": _l("The reader does not want these mails any more."),
    "suppressed": _l("Nothing more is sent to that address: mail to it came back, or was complained about."),
    "blocked": _l("The address is blocked on that site."),
    "never": _l("The reader wants no mail about this."),
    "all_decided": _l("All of it was decided meanwhile."),
    "desk_mail_off": _l("The moderator does not want these mails any more."),
    "invitation_over": _l("The invitation was withdrawn, renewed or accepted meanwhile."),
    "address_erased": _l("The reader had everything erased meanwhile."),
    "nothing_to_confirm": _l("There was nothing left to confirm."),
}
EMPTY_WORDS = {
    "waiting": _l("No mail is waiting. Everything has gone out."),
    "sent": _l("Nothing has been sent yet."),
    "failed": _l("No mail has failed. That is how it should be."),
    "cancelled": _l("Nothing was held back."),
}
