"""Answering a comment as oneself, and approving it with the same act. Nothing here commits."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from board.comments.drafting import Draft
from board.comments.models import Comment, Status
from board.comments.submission import submit
from board.foundation.permissions import Actor
from board.moderation.acts import Act, fits
from board.moderation.decisions import do_and_log, hold, says_something_else, still_fits, write_down
from board.moderation.outcomes import Outcome, explained
from board.moderation.reading import Marks


@dataclass(frozen=True)
class Replied:
    """What became of an answer. `approval`: of the comment that it answers, whose batch is that of the
    answer; `reply`: None where the comment is not there to be answered any more, as `approval` tells, or the
    discussion takes no comments."""

    approval: Outcome
    reply: Comment | None
    is_new: bool = False


def reply(  # noqa: PLR0913  # who answers what in which words, having read what
    comment: Comment, draft: Draft, actor: Actor, *, read: Marks, secret: str, now: datetime
) -> Replied:
    """Publish `draft` below `comment` under the actor's name, and `comment` with it if it waits.

    Of two moderators who answer and approve at once the second is told so first. The same words sent twice
    are one answer.
    """
    outcome = Outcome(secrets.token_hex(16), Act.PUBLISH)
    [held] = hold([comment.id])
    if not held.thread.accepts_comments:
        return Replied(outcome, None)
    if not still_fits(Act.REPLY, held, read):
        outcome.skipped.extend(explained([held], Act.PUBLISH))
        return Replied(outcome, None)
    if says_something_else(held, read):
        outcome.reworded.append(held)
        return Replied(outcome, None)
    if fits(Act.PUBLISH, held):
        outcome.decided.append(held)
        do_and_log(outcome, None, actor, now)
    answer = _submit(held, draft, actor, secret, now)
    is_new = answer.created_at == now
    if is_new:
        set_committed_value(answer, "thread", held.thread)
        former = {answer.id: Status.PUBLISHED}
        write_down(Act.REPLY, [answer], former, {answer.id: {}}, actor=actor, batch=outcome.batch, now=now)
    return Replied(outcome, answer, is_new)


def _submit(parent: Comment, draft: Draft, actor: Actor, secret: str, now: datetime) -> Comment:
    return submit(
        parent.thread,
        parent.id,
        draft,
        network=f"account {actor.account_id}",  # staff are known; nothing is kept of where they sit
        secret=secret,
        now=now,
        account_id=actor.account_id,
    )
