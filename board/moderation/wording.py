"""What acts and their outcomes are called on the desk."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from board.comments.models import Status
from board.foundation.permissions import Actor
from board.moderation.acts import ACTS, Act, View, acts_in
from board.moderation.decisions import Outcome, Skipped, Undone
from board.moderation.models import Decision

ACT_LABELS = {
    Act.PUBLISH: _l("Approve"),
    Act.REJECT: _l("Reject"),
    Act.SPAM: _l("Spam"),
    Act.REMOVE: _l("Remove"),
    Act.RESTORE: _l("Back to the queue"),
}
DECIDED = {
    Act.PUBLISH: _l("%(who)s published the comment by %(name)s."),
    Act.REJECT: _l("%(who)s rejected the comment by %(name)s."),
    Act.SPAM: _l("%(who)s marked the comment by %(name)s as spam."),
    Act.REMOVE: _l("%(who)s removed the comment by %(name)s."),
    Act.RESTORE: _l("%(who)s sent the comment by %(name)s back to the queue."),
}
VIEW_LABELS = {
    View.PENDING: _l("Waiting"),
    View.PUBLISHED: _l("Published"),
    View.HIDDEN: _l("Not shown"),
}
STATUS_LABELS = {
    Status.PENDING: _l("waiting"),
    Status.PUBLISHED: _l("published"),
    Status.RETURNED: _l("returned"),
    Status.REJECTED: _l("rejected"),
    Status.SPAM: _l("spam"),
    Status.WITHDRAWN: _l("withdrawn"),
    Status.REMOVED: _l("removed"),
}
ALREADY = {
    Status.PENDING: _l("%(who)s already sent the comment by %(name)s back to the queue."),
    Status.PUBLISHED: _l("%(who)s already published the comment by %(name)s."),
    Status.RETURNED: _l("%(who)s already returned the comment by %(name)s to its writer."),
    Status.REJECTED: _l("%(who)s already rejected the comment by %(name)s."),
    Status.SPAM: _l("%(who)s already marked the comment by %(name)s as spam."),
    Status.REMOVED: _l("%(who)s already removed the comment by %(name)s."),
}
MOST_NAMED = 3  # a notice travels in a cookie of at most 4 kB, and nobody reads thirty sentences
NAME_CHARS = 30


class Choice(NamedTuple):
    """A button of the desk: the act, what it is called, and the key that presses it."""

    act: str
    label: str
    key: str


def choices_in(view: View) -> list[Choice]:
    return [Choice(act.value, str(ACT_LABELS[act]), ACTS[act].key) for act in acts_in(view)]


def outcome_in_words(outcome: Outcome, actor: Actor, *, missing: int = 0) -> list[str]:
    """Sentences for the notice after a decision. missing: how many comments were not found."""
    sentences = [_done(outcome.act, len(outcome.decided))] if outcome.decided else []
    sentences += skipped_in_words(outcome.skipped, actor)
    if missing:
        sentences.append(
            ngettext("%(num)d comment was not found.", "%(num)d comments were not found.", missing)
        )
    return sentences


def undone_in_words(undone: Undone, actor: Actor) -> list[str]:
    if not undone.restored and not undone.kept:
        return [_("That was undone before.")]
    count = len(undone.restored)
    sentences = skipped_in_words(undone.kept, actor)
    if count:
        words = ngettext(
            "Undone: %(num)d comment is back where it was.",
            "Undone: %(num)d comments are back where they were.",
            count,
        )
        sentences.insert(0, words)
    return sentences


def decision_in_words(decision: Decision) -> str:
    """One sentence for the log. decision: with its comment loaded."""
    people = {"who": decision.actor_name, "name": decision.comment.author_name}
    return str(DECIDED[Act(decision.act)]) % people


def skipped_in_words(skipped: list[Skipped], actor: Actor) -> list[str]:
    """Who came first, for the first few; how many more there were."""
    sentences = [_who_came_first(one, actor) for one in skipped[:MOST_NAMED]]
    rest = len(skipped) - MOST_NAMED
    if rest > 0:
        words = ngettext("%(num)d more was decided before.", "%(num)d more were decided before.", rest)
        sentences.append(words)
    return sentences


def _who_came_first(skipped: Skipped, actor: Actor) -> str:
    comment, decision = skipped.comment, skipped.by
    name = _short(comment.author_name)
    if comment.status == Status.WITHDRAWN:
        return str(_l("%(name)s has withdrawn their comment meanwhile.")) % {"name": name}
    if decision is None:
        return str(_l("The comment by %(name)s has changed meanwhile.")) % {"name": name}
    by_self = decision.account_id is not None and decision.account_id == actor.account_id
    who = _("You") if by_self else _short(decision.actor_name)
    return str(ALREADY[Status(comment.status)]) % {"who": who, "name": name}


def _done(act: Act, count: int) -> str:
    words: str
    match act:
        case Act.PUBLISH:
            words = ngettext("Published %(num)d comment.", "Published %(num)d comments.", count)
        case Act.REJECT:
            words = ngettext("Rejected %(num)d comment.", "Rejected %(num)d comments.", count)
        case Act.SPAM:
            words = ngettext("Marked %(num)d comment as spam.", "Marked %(num)d comments as spam.", count)
        case Act.REMOVE:
            words = ngettext("Removed %(num)d comment.", "Removed %(num)d comments.", count)
        case Act.RESTORE:
            words = ngettext(
                "Sent %(num)d comment back to the queue.", "Sent %(num)d comments back to the queue.", count
            )
    return words


def _short(name: str) -> str:
    return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - 1] + "…"
