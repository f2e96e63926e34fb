"""What Akismet's answers do to comments, and what it is told when moderators decide otherwise.

A question is written down in the transaction of the comment that it is about, so that none is lost. Nothing
here commits.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from board.comments.admission import ASKS_AKISMET
from board.comments.events import CommentEdited, CommentSubmitted
from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation.networks import Sender
from board.moderation.akismet import Opinion
from board.moderation.decisions import hold
from board.moderation.events import CommentsJudged
from board.moderation.models import SpamCheck, SpamTask, SpamTaskState
from board.moderation.spam_checks_rows import WITH_ADDRESS, Claim, drop_waiting, end, leased, put, put_off
from board.sites.models import Site

GRACE = timedelta(minutes=15)  # a decision may be taken back before Akismet learns from it
SILENT, FAILED = "akismet_silent", "akismet_failed"
OF_AKISMET = {ASKS_AKISMET, SILENT, FAILED, "akismet_spam", "akismet_discard"}  # among a comment's reasons
TOLD = "told"
NOT_WANTED = "not wanted any more"


def on_submitted(event: CommentSubmitted) -> None:
    _ask_about(event.comment, event.sender, event.now, said=WITH_ADDRESS if event.email else "")


def on_edited(event: CommentEdited) -> None:
    _ask_about(event.comment, event.sender, event.now)


def on_judged(event: CommentsJudged) -> None:
    """A moderator decided about comments, or took that back."""
    for comment, _ in event.judged:
        if db.session.get_one(Site, comment.thread.site_id).akismet_key:
            plan_correction(comment, event.now)


def answered(claimed: Claim, opinion: Opinion, now: datetime) -> bool:
    """Let the comment be what Akismet's answer makes it; False, and nothing, when the question is another's.

    A comment that somebody decided about meanwhile stays what it is.
    """
    [comment] = hold([claimed.comment_id])
    check = leased(claimed)
    if check is None:
        return False
    end(check, SpamTaskState.DONE, opinion.value, now)
    others = _other_reasons(comment)
    is_ham, is_waiting = opinion is Opinion.HAM, comment.status == Status.PENDING
    comment.reasons = others if is_ham else [*others, {"code": f"akismet_{opinion.value}"}]
    db.session.flush()
    if is_waiting and not is_ham:
        change_status(comment, Status.SPAM, now=now)
    elif is_waiting and not others:
        change_status(comment, Status.PUBLISHED, now=now)
    plan_correction(comment, now)
    return True


def unanswered(claimed: Claim, said: str, now: datetime) -> bool:
    """Ask again later; after the last delay a moderator has to look, and reads why.

    said: what came between, in plain words. False, and nothing, when the question is another worker's.
    """
    [comment] = hold([claimed.comment_id])
    check = leased(claimed)
    if check is None:
        return False
    is_put_off = put_off(check, now)
    if not is_put_off:
        end(check, SpamTaskState.FAILED, said, now)
    if claimed.task is SpamTask.CHECK:
        comment.reasons = [*_other_reasons(comment), {"code": SILENT if is_put_off else FAILED, "said": said}]
    db.session.flush()
    return True


def given_up(claimed: Claim, said: str, now: datetime) -> bool:
    """Ask no more. A comment that waited for the answer waits for a moderator now, who reads why."""
    return _over(claimed, SpamTaskState.FAILED, said, now)


def not_wanted(claimed: Claim, now: datetime) -> bool:
    """The comment was taken back or decided about, or the decision was taken back: Akismet need not know."""
    return _over(claimed, SpamTaskState.DONE, NOT_WANTED, now)


def told(claimed: Claim, now: datetime) -> bool:
    """Akismet has heard."""
    check = leased(claimed)
    if check is not None:
        end(check, SpamTaskState.DONE, TOLD, now)
    return check is not None


def _over(claimed: Claim, state: SpamTaskState, said: str, now: datetime) -> bool:
    [comment] = hold([claimed.comment_id])
    check = leased(claimed)
    if check is None:
        return False
    end(check, state, said, now)
    if claimed.task is SpamTask.CHECK:
        is_waiting = comment.status == Status.PENDING
        comment.reasons = [
            *_other_reasons(comment),
            *([{"code": FAILED, "said": said}] if is_waiting else []),
        ]
        db.session.flush()
    return True


def plan_correction(comment: Comment, now: datetime) -> None:
    """Let Akismet hear of what was decided, where its last word about `comment` was the opposite."""
    drop_waiting(comment.id, {SpamTask.HAM, SpamTask.SPAM})
    if task := correction(comment):
        put(comment.id, task, due_at=now + GRACE, now=now)


def correction(comment: Comment) -> SpamTask | None:
    """What is to be said to Akismet about `comment` as it is now; None: nothing."""
    word = last_word(comment.id)
    if comment.status == Status.PUBLISHED and word is SpamTask.SPAM:
        return SpamTask.HAM
    return SpamTask.SPAM if comment.status == Status.SPAM and word is SpamTask.HAM else None


def last_word(comment_id: int) -> SpamTask | None:
    """Whether Akismet last said that the comment is ham or spam, or heard so from us."""
    query = select(SpamCheck.task, SpamCheck.said).where(
        SpamCheck.comment_id == comment_id, SpamCheck.state == SpamTaskState.DONE.value
    )
    for task, said in db.session.execute(query.order_by(SpamCheck.id.desc())):
        if said == TOLD:
            return SpamTask(task)
        if said in set(Opinion):
            return SpamTask.HAM if said == Opinion.HAM else SpamTask.SPAM
    return None


def _ask_about(comment: Comment, sender: Sender | None, now: datetime, *, said: str = "") -> None:
    """Write a question down where admission said that there is one, in place of one about former words."""
    is_asked = any(reason.get("code") == ASKS_AKISMET for reason in comment.reasons)
    if is_asked and sender is not None:
        drop_waiting(comment.id, {SpamTask.CHECK})
        put(comment.id, SpamTask.CHECK, due_at=now, now=now, sender=sender, said=said)


def _other_reasons(comment: Comment) -> list[dict[str, object]]:
    return [reason for reason in comment.reasons if reason.get("code") not in OF_AKISMET]
