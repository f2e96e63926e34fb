"""What a moderator can do with a comment. Pure: the tables that decisions, buttons and keys all follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from board.comments.models import Comment, Status


class Act(StrEnum):
    """`restore` sends a comment back to the queue; it never publishes by itself. `answer`: the reports were
    looked at and nothing follows from them. `reply` is logged on the answer that a moderator wrote."""

    PUBLISH = "publish"
    REJECT = "reject"
    SPAM = "spam"
    REMOVE = "remove"
    RESTORE = "restore"
    RETURN = "return"
    ANSWER = "answer"
    REPLY = "reply"
    EDIT = "edit"
    PIN = "pin"
    UNPIN = "unpin"
    HIGHLIGHT = "highlight"
    UNHIGHLIGHT = "unhighlight"


@dataclass(frozen=True)
class Change:
    """From which statuses an act leads, and to which. `overrules`: from which others it does for somebody who
    knows that the comment has them: of two moderators at once, the second must not undo unawares what the
    first decided."""

    old: frozenset[Status]
    new: Status
    overrules: frozenset[Status] = frozenset()


HELD_BACK = frozenset({Status.REJECTED, Status.SPAM, Status.REMOVED})
UNDECIDED = frozenset({Status.PENDING, Status.RETURNED})
READABLE = UNDECIDED | {Status.PUBLISHED}
PENDING, PUBLISHED = frozenset({Status.PENDING}), frozenset({Status.PUBLISHED})
ACTS: dict[Act, Change] = {  # those that change the status
    Act.PUBLISH: Change(UNDECIDED, Status.PUBLISHED, HELD_BACK),
    Act.REJECT: Change(UNDECIDED, Status.REJECTED),
    Act.SPAM: Change(UNDECIDED, Status.SPAM, PUBLISHED | {Status.REJECTED}),
    Act.REMOVE: Change(PUBLISHED, Status.REMOVED),
    Act.RESTORE: Change(HELD_BACK | {Status.RETURNED}, Status.PENDING),
    Act.RETURN: Change(PENDING, Status.RETURNED, PUBLISHED),
}
MARKS: dict[Act, Callable[[Comment], bool]] = {  # those that do not, and when they have a point
    Act.ANSWER: lambda comment: comment.open_reports > 0,
    Act.REPLY: lambda comment: comment.status in READABLE and comment.thread.accepts_comments,
    Act.EDIT: lambda comment: comment.status in READABLE,
    Act.PIN: lambda comment: comment.is_published and comment.depth == 0 and comment.pinned_at is None,
    Act.UNPIN: lambda comment: comment.pinned_at is not None,
    Act.HIGHLIGHT: lambda comment: comment.is_published and comment.highlighted_at is None,
    Act.UNHIGHLIGHT: lambda comment: comment.highlighted_at is not None,
}
WITH_WORDS = (Act.REPLY, Act.RETURN, Act.EDIT)  # a moderator writes something first
KEYS = {  # what is pressed on the desk; two acts with the same key never fit the same comment
    Act.PUBLISH: "a",
    Act.REJECT: "r",
    Act.REMOVE: "r",
    Act.SPAM: "s",
    Act.RESTORE: "b",
    Act.REPLY: "y",
    Act.RETURN: "n",
    Act.EDIT: "e",
    Act.ANSWER: "d",
    Act.PIN: "p",
    Act.UNPIN: "p",
    Act.HIGHLIGHT: "h",
    Act.UNHIGHLIGHT: "h",
}


class View(StrEnum):
    """Which comments the desk shows. `reported`: with reports that nobody answered, whatever their status."""

    PENDING = "pending"
    REPORTED = "reported"
    RETURNED = "returned"
    PUBLISHED = "published"
    SPAM = "spam"
    HIDDEN = "hidden"
    ALL = "all"


SHOWN_IN: dict[View, tuple[Status, ...]] = {
    View.PENDING: (Status.PENDING,),
    View.REPORTED: tuple(Status),
    View.RETURNED: (Status.RETURNED,),
    View.PUBLISHED: (Status.PUBLISHED,),
    View.SPAM: (Status.SPAM,),
    View.HIDDEN: (Status.REJECTED, Status.REMOVED, Status.WITHDRAWN),
    View.ALL: tuple(Status),
}


def fits(act: Act, comment: Comment, *, knowingly: bool = True) -> bool:
    """Whether `act` has a point for `comment` as it is now. Staff have no link by which to revise.

    knowingly: whoever wants it knows the comment's status. comment: with its thread.
    """
    if act in MARKS:
        return MARKS[act](comment)
    statuses = statuses_before(act) if knowingly else ACTS[act].old
    return comment.status in statuses and not (act is Act.RETURN and comment.is_staff)


def acts_on(comment: Comment) -> list[Act]:
    """All that can be done with `comment`, the usual first."""
    return [act for act in Act if fits(act, comment)]


def statuses_before(act: Act) -> frozenset[Status]:
    """From which statuses `act` leads, for somebody who knows that the comment has them."""
    change = ACTS.get(act)
    return change.old | change.overrules if change else frozenset(Status)


def acts_in(view: View) -> list[Act]:
    """What can be done at once with several comments of a view, the usual first."""
    shown = frozenset(SHOWN_IN[view])
    changing = [act for act in ACTS if statuses_before(act) & shown and act not in WITH_WORDS]
    return [Act.ANSWER, *changing] if view is View.REPORTED else changing
