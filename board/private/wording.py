"""The words of the private page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from board.comments.models import Comment, Status
from board.subscriptions.models import Rate, Topic

STATE_LABELS = {
    Status.PENDING: _l("Waiting for a moderator"),
    Status.PUBLISHED: _l("Published"),
    Status.RETURNED: _l("Returned to you with a note"),
    Status.REJECTED: _l("Not published"),
    Status.WITHDRAWN: _l("You took it back"),
    Status.REMOVED: _l("Removed by a moderator"),
}
TOPIC_LABELS = {
    Topic.REPLIES: _l("Answers to what I wrote"),
    Topic.THREAD: _l("Discussions I follow"),
    Topic.PROMPTS: _l("New questions of the blog"),
    Topic.OWN: _l("What becomes of my own comments"),
}
RATE_LABELS = {
    Rate.AT_ONCE: _l("at once"),
    Rate.HOURLY: _l("once an hour"),
    Rate.DAILY: _l("once a day"),
    Rate.WEEKLY: _l("once a week"),
    Rate.NEVER: _l("never"),
}
SAID = {
    "ended": _l("It is ended. You get no more mail about this."),
    "resumed": _l("You follow this from now on."),
    "rates": _l("It is noted how often you want mail."),
}


def state_of(comment: Comment) -> Status:
    """What its writer is told of it. Nobody is told that they are taken for a robot."""
    status = Status(comment.status)
    return Status.PENDING if status is Status.SPAM else status
