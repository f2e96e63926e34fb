"""Taking decisions back: everything is as it was before, except where somebody changed it since.

Nothing here commits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from board.comments.lifecycle import change_statuses, touch
from board.comments.models import Comment, Status
from board.comments.versions import take_back_edit
from board.extensions import db
from board.foundation.errors import BoardError, NotFound
from board.foundation.events import publish
from board.foundation.permissions import Actor
from board.moderation import queries
from board.moderation.acts import Act
from board.moderation.answering import reopen_reports
from board.moderation.decisions import UNDO_WINDOW, hold
from board.moderation.events import CommentsJudged
from board.moderation.models import Decision
from board.moderation.outcomes import Undone, explained
from board.moderation.turns import AT_ONCE, let_others_in

Undoing = Callable[[Comment, Decision], bool]


class UndoTooLate(BoardError):
    """The decision has stood for so long that it is taken back by a new one, not by undoing."""

    status = 409
    title = _l("This decision is too old to undo")
    words = _l("Decisions can be undone for a day. Find the comment in the queue and decide anew.")


def undo(batch: str, actor: Actor, *, now: datetime) -> Iterator[Undone]:
    """Give the comments of `batch` back what they were, except where somebody changed them since.

    In steps, after each of which the caller commits. Undoing twice does nothing the second time. Only what
    `actor` may decide about is touched. Raises NotFound, UndoTooLate.
    """
    decisions = queries.decisions_of(batch, actor, limit=AT_ONCE)
    if not decisions:
        raise NotFound
    while decisions:
        last = decisions[-1].id
        yield _undo_step(decisions, actor, now)
        if len(decisions) < AT_ONCE:
            return
        let_others_in()
        decisions = queries.decisions_of(batch, actor, after=last, limit=AT_ONCE)


def _undo_step(found: Sequence[Decision], actor: Actor, now: datetime) -> Undone:
    """The decisions are read again under lock, so that of two who undo them exactly one does."""
    comments = {comment.id: comment for comment in hold([decision.comment_id for decision in found])}
    decisions = queries.as_they_are([decision.id for decision in found])
    if any(now - decision.created_at > UNDO_WINDOW for decision in decisions):
        raise UndoTooLate
    latest = queries.latest_decisions(comments)
    open_ones = [one for one in decisions if one.undone_at is None]
    standing = [one for one in open_ones if _stands(one, comments[one.comment_id], latest)]
    taken = _take_back(standing, comments, now)
    for decision in taken:
        decision.undone_at, decision.undone_by = now, actor.name
    db.session.flush()
    result = Undone()
    for decision in taken:
        (result.taken_back if decision.act == Act.REPLY else result.restored).append(
            comments[decision.comment_id]
        )
    kept = [comments[one.comment_id] for one in open_ones if one not in taken]
    result.kept.extend(explained(kept))
    return result


def _stands(decision: Decision, comment: Comment, latest: Mapping[int, Decision]) -> bool:
    """Whether the comment is still as the decision left it."""
    return comment.status == decision.new_status and latest[comment.id].id == decision.id


def _take_back(
    decisions: Sequence[Decision], comments: Mapping[int, Comment], now: datetime
) -> list[Decision]:
    """Those that could be taken back."""
    taken = [
        one for one in decisions if UNDOING.get(Act(one.act), _nothing_else)(comments[one.comment_id], one)
    ]
    back_to: defaultdict[Status, list[Comment]] = defaultdict(list)
    former = {one.comment_id: Status(one.new_status) for one in taken}
    for one in taken:
        comment = comments[one.comment_id]
        back_to[Status.REMOVED if one.act == Act.REPLY else Status(one.old_status)].append(comment)
        if one.detail.get("reports"):
            reopen_reports(comment, one.detail["reports"])
    for status, group in back_to.items():
        changed = [comment for comment in group if comment.status != status]
        change_statuses(changed, status, now=now)
        if changed:
            publish(CommentsJudged([(comment, former[comment.id]) for comment in changed], now))
    return taken


def _nothing_else(_comment: Comment, _decision: Decision) -> bool:
    return True


def _return(comment: Comment, decision: Decision) -> bool:
    comment.note = decision.detail["note"]
    comment.returned_at = _moment(decision.detail["returned_at"])
    return True


def _edit(comment: Comment, decision: Decision) -> bool:
    return take_back_edit(comment, decision.detail["version"])


def _pin(comment: Comment, decision: Decision) -> bool:
    """What stood first before does so again, unless something has taken it down meanwhile."""
    since, comment.pinned_at = comment.pinned_at, None
    for former in _those(decision.detail["instead_of"]):
        if former.is_published:
            former.pinned_at = since
    return _shown(comment)


def _unpin(comment: Comment, decision: Decision) -> bool:
    """Not where another one stands first by now."""
    pinned = select(Comment.id).where(Comment.thread_id == comment.thread_id, Comment.pinned_at.is_not(None))
    if db.session.scalars(pinned).first() is not None:
        return False
    comment.pinned_at = _moment(decision.detail["since"])
    return _shown(comment)


def _highlight(comment: Comment, _decision: Decision) -> bool:
    comment.highlighted_at = None
    return _shown(comment)


def _unhighlight(comment: Comment, decision: Decision) -> bool:
    """Its writer was told when it was highlighted, and is not told again."""
    comment.highlighted_at = _moment(decision.detail["since"])
    return _shown(comment)


def _shown(comment: Comment) -> bool:
    db.session.flush()
    touch(comment.thread_id)
    return True


def _those(comment_ids: Sequence[int]) -> Sequence[Comment]:
    return db.session.scalars(select(Comment).where(Comment.id.in_(comment_ids))).all()


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


UNDOING: dict[Act, Undoing] = {
    Act.RETURN: _return,
    Act.EDIT: _edit,
    Act.PIN: _pin,
    Act.UNPIN: _unpin,
    Act.HIGHLIGHT: _highlight,
    Act.UNHIGHLIGHT: _unhighlight,
}
