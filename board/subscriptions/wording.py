"""The words for who hears of what, and why not."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

OCCASIONS = {
    "comment": _l("The comment was published"),
    "prompt": _l("The discussion was opened"),
    "approved": _l("A moderator published it"),
    "returned": _l("It was sent back to its writer"),
    "removed": _l("It was taken down"),
    "highlighted": _l("It was highlighted"),
}
TOPICS = {
    "replies": _l("was answered"),
    "thread": _l("follows the discussion"),
    "prompts": _l("follows the blog"),
    "own": _l("wrote it"),
}
REASONS = {
    "not_shown": _l("What there was to tell is not so any more."),
    "hushed": _l("Nobody is told of this."),
    "own": _l("Wrote it."),
    "unconfirmed": _l("Has not confirmed the address."),
    "unsubscribed": _l("Has unsubscribed."),
    "later": _l("Asked only afterwards."),
    "suppressed": _l("Nothing more is sent to that address: mail to it came back, or was complained about."),
    "blocked": _l("The address is blocked on this site."),
    "never": _l("Wants no mail about such things."),
    "told": _l("Was told already."),
}
HUSHED = {
    "old_together": _l("It was more than a week old and published together with others."),
    "shown_again": _l("It had been shown more than a week ago, and those who follow were told then."),
    "archive": _l("Its post came from an archive."),
    "old_post": _l("Its post is older than a week, or does not say how old it is."),
}
RATES = {
    "at_once": _l("at once"),
    "hourly": _l("every hour"),
    "daily": _l("every day"),
    "weekly": _l("every week"),
    "never": _l("never"),
}
