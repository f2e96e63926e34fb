"""Taking somebody's words and address out of the outbox, whoever the mail was for.

What was delivered is beyond recall; what the board keeps of it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select, update

from board.comments.models import Comment
from board.extensions import db
from board.mail.models import Attempt, IncomingMail, OutboxMessage, OutboxState
from board.subscriptions.models import News, Notice, NoticeState

UNSEEN = {"synchronize_session": False}
NOT_SENT_AGAIN = {OutboxState.FAILED.value, OutboxState.SENDING.value}


def forget_mail_to(address: str) -> None:
    """Delete all mail to that address but what it gets as one of the staff, and what servers said of it."""
    written = select(OutboxMessage.id, OutboxMessage.context).where(OutboxMessage.recipient == address)
    ids = [row.id for row in db.session.execute(written) if "account_id" not in row.context]
    db.session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(ids)), UNSEEN)
    told = OutboxMessage.kind.startswith("desk_") & OutboxMessage.text.icontains(address, autoescape=True)
    for message in db.session.scalars(select(OutboxMessage).where(told).with_for_update()):
        _blank(message)  # staff were told what a server said
    said = (Attempt.detail, IncomingMail.detail)
    for column in said:
        naming = update(column.class_).where(column.icontains(address, autoescape=True))
        db.session.execute(naming.values({column: ""}), UNSEEN)


def forget_words_in_mail(comments: Collection[Comment]) -> None:
    """Let no mail to anybody hold the words of `comments`, also not as what a reply answers.

    What waits and tells of other things as well is written anew without them; the rest is not sent.
    """
    if not comments:
        return
    own = {comment.id for comment in comments}
    answers = db.session.scalars(select(Comment.id).where(Comment.parent_id.in_(own)))
    about = own | set(answers)
    for message in _telling_of(about, since=min(comment.created_at for comment in comments)):
        if message.state == OutboxState.QUEUED and _let_others_be_told(message, own):
            continue
        _blank(message)
    db.session.flush()


def _telling_of(about: Set[int], *, since: datetime) -> Sequence[OutboxMessage]:
    """Mail with the words of those comments in it, held: by its notices, or by what its context names."""
    by_notice = select(Notice.message_id).join(Notice.news).where(News.comment_id.in_(about))
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.context).where(OutboxMessage.created_at >= since)
    )
    by_context = [row.id for row in rows if about & _named_in(row.context)]
    query = select(OutboxMessage).where(
        or_(OutboxMessage.id.in_(by_notice), OutboxMessage.id.in_(by_context))
    )
    return db.session.scalars(query.order_by(OutboxMessage.id).with_for_update()).all()


def _named_in(context: dict[str, object]) -> set[object]:
    several = context.get("comment_ids")
    return {context.get("comment_id"), *(several if isinstance(several, list) else ())}


def _let_others_be_told(message: OutboxMessage, own: Collection[int]) -> bool:
    """Whether the mail waits on with other words: it is made anew of what else it tells, if there is any."""
    told = db.session.scalars(select(Notice).join(Notice.news).where(Notice.message_id == message.id)).all()
    if told:
        for notice in told:
            notice.state, notice.settled_at, notice.message_id = NoticeState.WAITING.value, None, None
        db.session.flush()
        db.session.delete(message)
        return True
    if "comment_ids" in message.context:  # a list for staff: made anew when it is sent
        message.context = {**message.context, "comment_ids": [*message.context["comment_ids"], 0]}
        message.text = message.html = ""
        return True
    return False


def _blank(message: OutboxMessage) -> None:
    """A row that says that there was a mail, under a key that no other mail will ever have."""
    message.subject = _("[deleted]")
    message.sender_name = message.text = message.html = ""
    message.dedupe_key, message.lease = f"erased:{message.id}", None
    if message.state in {OutboxState.QUEUED.value, *NOT_SENT_AGAIN}:
        message.state = OutboxState.CANCELLED.value
