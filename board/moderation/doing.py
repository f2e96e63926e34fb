"""What each act does to a comment, and what taking it back has to know. The comment's thread is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from board import text
from board.comments import marking, revising, versions
from board.comments.lifecycle import change_statuses
from board.comments.models import Comment
from board.foundation.permissions import Actor
from board.moderation.acts import ACTS, Act
from board.moderation.answering import answer_reports

Detail = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What a moderator wrote: a note to the writer, or other words for the comment, with `rendered`."""

    source: str
    rendered: text.Rendered | None = None


def do(
    act: Act, comments: Sequence[Comment], said: Said | None, actor: Actor, now: datetime
) -> Mapping[int, Detail]:
    """Do `act` with all of `comments`, which it fits: by id, what undoing it has to know."""
    if act in OTHERS:
        return {comment.id: OTHERS[act](comment, said, actor, now) for comment in comments}
    details = {comment.id: _reports_answered(comment, actor, now) for comment in comments}
    change_statuses(comments, ACTS[act].new, now=now)
    return details


def _return(comment: Comment, said: Said | None, actor: Actor, now: datetime) -> Detail:
    former = {"note": comment.note, "returned_at": _moment(comment.returned_at)}
    answered = _reports_answered(comment, actor, now)
    revising.return_to_writer(comment, _source(said), now=now)
    return {**former, **answered}


def _edit(comment: Comment, said: Said | None, actor: Actor, now: datetime) -> Detail:
    rendered = said.rendered if said else None
    version = versions.staff_edit(comment, _source(said), actor.account_id or 0, now, rendered=rendered)
    return {"version": version.id if version else None}


def _answer(comment: Comment, _said: Said | None, actor: Actor, now: datetime) -> Detail:
    return _reports_answered(comment, actor, now)


def _pin(comment: Comment, _said: Said | None, _actor: Actor, now: datetime) -> Detail:
    return {"instead_of": list(marking.pin(comment, now))}


def _unpin(comment: Comment, _said: Said | None, _actor: Actor, now: datetime) -> Detail:
    since = _moment(comment.pinned_at)
    marking.unpin(comment, now)
    return {"since": since}


def _highlight(comment: Comment, _said: Said | None, _actor: Actor, now: datetime) -> Detail:
    marking.highlight(comment, now)
    return {}


def _unhighlight(comment: Comment, _said: Said | None, _actor: Actor, now: datetime) -> Detail:
    since = _moment(comment.highlighted_at)
    marking.unhighlight(comment, now)
    return {"since": since}


def _reports_answered(comment: Comment, actor: Actor, now: datetime) -> Detail:
    """Whoever decides about a comment has looked at what readers say against it."""
    return {"reports": answer_reports(comment, actor, now=now)} if comment.open_reports else {}


def _source(said: Said | None) -> str:
    if said is None:
        raise ValueError("this act says something")
    return said.source


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


OTHERS: dict[Act, Callable[[Comment, Said | None, Actor, datetime], Detail]] = {
    Act.RETURN: _return,
    Act.EDIT: _edit,
    Act.ANSWER: _answer,
    Act.PIN: _pin,
    Act.UNPIN: _unpin,
    Act.HIGHLIGHT: _highlight,
    Act.UNHIGHLIGHT: _unhighlight,
}
