"""What views, acts and their outcomes are called on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from board.comments.models import Comment, Status
from board.foundation.permissions import Actor
from board.moderation.acts import KEYS, WITH_WORDS, Act, View, acts_in, acts_on
from board.moderation.models import Decision
from board.moderation.outcomes import Outcome, Skipped, Undone
from board.moderation.replying import Replied

ACT_LABELS = {
    Act.PUBLISH: _l("Approve"),
    Act.REJECT: _l("Reject"),
    Act.SPAM: _l("Spam"),
    Act.REMOVE: _l("Remove"),
    Act.RESTORE: _l("Back to the queue"),
    Act.RETURN: _l("Return with a note"),
    Act.ANSWER: _l("Leave it, reports seen"),
    Act.REPLY: _l("Reply"),
    Act.EDIT: _l("Edit"),
    Act.PIN: _l("Pin"),
    Act.UNPIN: _l("Unpin"),
    Act.HIGHLIGHT: _l("Highlight"),
    Act.UNHIGHLIGHT: _l("Highlight no more"),
}
REPLY_AND_APPROVE = _l("Reply and approve")
DECIDED = {  # in the log; about a reply: whose name it bears
    Act.PUBLISH: _l("%(who)s published the comment by %(name)s."),
    Act.REJECT: _l("%(who)s rejected the comment by %(name)s."),
    Act.SPAM: _l("%(who)s marked the comment by %(name)s as spam."),
    Act.REMOVE: _l("%(who)s removed the comment by %(name)s."),
    Act.RESTORE: _l("%(who)s sent the comment by %(name)s back to the queue."),
    Act.RETURN: _l("%(who)s returned the comment to %(name)s with a note."),
    Act.ANSWER: _l("%(who)s looked at the reports about the comment by %(name)s and left it as it is."),
    Act.REPLY: _l("%(who)s wrote an answer from the desk, as %(name)s."),
    Act.EDIT: _l("%(who)s edited the comment by %(name)s."),
    Act.PIN: _l("%(who)s pinned the comment by %(name)s."),
    Act.UNPIN: _l("%(who)s unpinned the comment by %(name)s."),
    Act.HIGHLIGHT: _l("%(who)s highlighted the comment by %(name)s."),
    Act.UNHIGHLIGHT: _l("%(who)s highlights the comment by %(name)s no more."),
}
ALREADY = {  # what came first, told to whoever came second
    Act.PUBLISH: _l("%(who)s already published the comment by %(name)s."),
    Act.REJECT: _l("%(who)s already rejected the comment by %(name)s."),
    Act.SPAM: _l("%(who)s already marked the comment by %(name)s as spam."),
    Act.REMOVE: _l("%(who)s already removed the comment by %(name)s."),
    Act.RESTORE: _l("%(who)s already sent the comment by %(name)s back to the queue."),
    Act.RETURN: _l("%(who)s already returned the comment to %(name)s with a note."),
    Act.ANSWER: _l("%(who)s already looked at the reports about the comment by %(name)s."),
    Act.REPLY: _l("%(who)s already wrote this as %(name)s."),
    Act.EDIT: _l("%(who)s already edited the comment by %(name)s."),
    Act.PIN: _l("%(who)s already pinned the comment by %(name)s."),
    Act.UNPIN: _l("%(who)s already unpinned the comment by %(name)s."),
    Act.HIGHLIGHT: _l("%(who)s already highlighted the comment by %(name)s."),
    Act.UNHIGHLIGHT: _l("%(who)s already took the highlight of the comment by %(name)s away."),
}
VIEW_LABELS = {
    View.PENDING: _l("Waiting"),
    View.REPORTED: _l("Reported"),
    View.RETURNED: _l("Returned"),
    View.PUBLISHED: _l("Published"),
    View.SPAM: _l("Spam"),
    View.HIDDEN: _l("Not shown"),
    View.ALL: _l("All"),
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
MOST_NAMED = 3  # a notice travels in a cookie of at most 4 kB, and nobody reads thirty sentences
NAME_CHARS = 30


class Choice(NamedTuple):
    """A button of the desk: the act, what it is called, the key that presses it. `with_words`: it leads to a
    form first."""

    act: str
    label: str
    key: str
    with_words: bool = False


def choices_in(view: View) -> list[Choice]:
    """For several comments at once."""
    return [_choice(act) for act in acts_in(view)]


def choices_on(comment: Comment) -> list[Choice]:
    """For one comment, the usual first."""
    return [
        _choice(act, REPLY_AND_APPROVE if act is Act.REPLY and not comment.is_published else None)
        for act in acts_on(comment)
    ]


def key_rows() -> dict[str, list[str]]:
    """Each key with the acts it stands for; which of them fits, the comment says."""
    rows: dict[str, list[str]] = {}
    for act, key in KEYS.items():
        rows.setdefault(key, []).append(str(ACT_LABELS[act]))
    return rows


def outcome_in_words(outcome: Outcome, actor: Actor, *, missing: int = 0) -> list[str]:
    """Sentences for the notice after a decision. missing: how many comments were not found."""
    sentences = [done_in_words(outcome.act, len(outcome.decided))] if outcome.decided else []
    sentences += skipped_in_words(outcome.skipped, actor)
    sentences += reworded_in_words(outcome.reworded)
    if missing:
        sentences.append(
            ngettext("%(num)d comment was not found.", "%(num)d comments were not found.", missing)
        )
    return sentences


def outcomes_in_words(outcomes: Sequence[Outcome], actor: Actor, *, most: int) -> list[str]:
    """outcomes: the steps of one act; at least one. most: how many it can be about, whatever is left."""
    whole = Outcome(outcomes[0].batch, outcomes[0].act)
    for outcome in outcomes:
        whole.decided.extend(outcome.decided)
        whole.skipped.extend(outcome.skipped)
        whole.reworded.extend(outcome.reworded)
    words = outcome_in_words(whole, actor)
    if len(whole.decided) + len(whole.skipped) + len(whole.reworded) >= most:
        words.append(_("That is as many as one act can do. Please look whether any are left."))
    return words


def replied_in_words(replied: Replied, actor: Actor) -> list[str]:
    """What became of an answer, and of the comment that it answers."""
    approved = outcome_in_words(replied.approval, actor)
    if replied.reply is None:
        reasons = approved or [_("The discussion takes no comments.")]
        return [*reasons, _("Your reply was not published; it is kept below.")]
    if not replied.is_new:
        return [_("Your reply is there already.")]
    return [_("Published the comment and your reply.")] if approved else [done_in_words(Act.REPLY, 1)]


def undone_in_words(steps: Sequence[Undone], actor: Actor) -> list[str]:
    """steps: of one act that was taken back."""
    count = sum(len(step.restored) for step in steps)
    kept = [skipped for step in steps for skipped in step.kept]
    sentences = [_("Undone: your reply is taken back.")] if any(step.taken_back for step in steps) else []
    if count:
        words = ngettext(
            "Undone: %(num)d comment is back where it was.",
            "Undone: %(num)d comments are back where they were.",
            count,
        )
        sentences.append(words)
    return [*sentences, *skipped_in_words(kept, actor)] or [_("That was undone before.")]


def decision_in_words(decision: Decision) -> str:
    """One sentence for the log. decision: with its comment loaded."""
    return decided_in_words(decision, decision.comment)


def decided_in_words(decision: Decision, comment: Comment) -> str:
    """Who did what. comment: the one that the decision is about."""
    people = {"who": decision.actor_name, "name": comment.author_name}
    return str(DECIDED[Act(decision.act)]) % people


def skipped_in_words(skipped: list[Skipped], actor: Actor) -> list[str]:
    """Who came first, for the first few; how many more there were."""
    sentences = [_who_came_first(one, actor) for one in skipped[:MOST_NAMED]]
    rest = len(skipped) - MOST_NAMED
    if rest > 0:
        words = ngettext("%(num)d more was decided before.", "%(num)d more were decided before.", rest)
        sentences.append(words)
    return sentences


def reworded_in_words(comments: list[Comment]) -> list[str]:
    """Whose words are new, for the first few; how many more there were."""
    words = _l("%(name)s changed their comment after you opened this page. Please read it again first.")
    sentences = [str(words) % {"name": _short(comment.author_name)} for comment in comments[:MOST_NAMED]]
    rest = len(comments) - MOST_NAMED
    if rest > 0:
        more = ngettext(
            "%(num)d more was changed by its writer.", "%(num)d more were changed by their writers.", rest
        )
        sentences.append(more)
    return sentences


def done_in_words(act: Act, count: int) -> str:
    """What was done with how many comments."""
    words = {
        Act.PUBLISH: lambda: ngettext("Published %(num)d comment.", "Published %(num)d comments.", count),
        Act.REJECT: lambda: ngettext("Rejected %(num)d comment.", "Rejected %(num)d comments.", count),
        Act.SPAM: lambda: ngettext(
            "Marked %(num)d comment as spam.", "Marked %(num)d comments as spam.", count
        ),
        Act.REMOVE: lambda: ngettext("Removed %(num)d comment.", "Removed %(num)d comments.", count),
        Act.RESTORE: lambda: ngettext(
            "Sent %(num)d comment back to the queue.", "Sent %(num)d comments back to the queue.", count
        ),
        Act.ANSWER: lambda: ngettext(
            "Left %(num)d comment as it is; its reports are answered.",
            "Left %(num)d comments as they are; their reports are answered.",
            count,
        ),
        Act.RETURN: lambda: _("Returned the comment to its writer with your note."),
        Act.REPLY: lambda: _("Published your reply."),
        Act.EDIT: lambda: _("Changed the words. Readers see that a moderator did."),
        Act.PIN: lambda: _("Pinned the comment: it stands first now."),
        Act.UNPIN: lambda: _("Unpinned the comment."),
        Act.HIGHLIGHT: lambda: _("Highlighted the comment."),
        Act.UNHIGHLIGHT: lambda: _("The comment is highlighted no more."),
    }
    return str(words[act]())


def _choice(act: Act, label: object = None) -> Choice:
    return Choice(act.value, str(label or ACT_LABELS[act]), KEYS[act], act in WITH_WORDS)


def _who_came_first(skipped: Skipped, actor: Actor) -> str:
    comment, decision = skipped.comment, skipped.by
    name = _short(comment.author_name)
    if comment.status == Status.WITHDRAWN:
        return str(_l("%(name)s has withdrawn their comment meanwhile.")) % {"name": name}
    if decision is None:
        return str(_l("The comment by %(name)s has changed meanwhile.")) % {"name": name}
    by_self = decision.account_id is not None and decision.account_id == actor.account_id
    who = _("You") if by_self else _short(decision.actor_name)
    return str(ALREADY[Act(decision.act)]) % {"who": who, "name": name}


def _short(name: str) -> str:
    return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - 1] + "…"
