"""The worker's part: asking Akismet what waits, telling it what it got wrong. The chore commits by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from board.comments.models import Comment, Status
from board.comments.versions import words_of_writer
from board.extensions import db
from board.foundation import templating
from board.moderation import spam_checks
from board.moderation.akismet import Akismet, KeyRefused, Silent, present_akismet
from board.moderation.akismet_keys import note_alert, note_key_refused
from board.moderation.models import SpamCheck, SpamTask
from board.moderation.spam_checks_rows import WITH_ADDRESS, Claim, claim
from board.sites.models import Site
from board.threads.models import Thread

AT_ONCE = 50  # between two rounds other chores have their turn
UNKNOWN = "0.0.0.0"  # noqa: S104  # the writer's address is not kept until a moderator decides
NO_KEY = "the site does not use Akismet any more"
CALLS = {SpamTask.HAM: "submit-ham", SpamTask.SPAM: "submit-spam"}


class Told(NamedTuple):
    """What Akismet is to hear about one comment, and on which site."""

    site: Site
    fields: Mapping[str, str]


def ask_akismet(now: datetime) -> None:
    """Ask and tell what is due, a few in a row. Without an answer the rest waits for the next round."""
    akismet = present_akismet()
    for _ in range(AT_ONCE):
        claimed = claim(now)
        db.session.commit()
        if claimed is None or not _dealt_with(claimed, akismet, now):
            return


def _dealt_with(claimed: Claim, akismet: Akismet, now: datetime) -> bool:
    """Ask or tell; whether Akismet answers at all."""
    message = _prepared(claimed, now)
    db.session.commit()
    if message is None:
        return True
    try:
        _speak(claimed, message, akismet, now)
    except KeyRefused as refusal:
        spam_checks.unanswered(claimed, str(refusal), now)
        note_key_refused(message.site, str(refusal), now)
        db.session.commit()
        return True  # another site's key may be good
    except Silent as silence:
        spam_checks.unanswered(claimed, str(silence), now)
        db.session.commit()
        return False
    db.session.commit()
    return True


def _speak(claimed: Claim, message: Told, akismet: Akismet, now: datetime) -> None:
    """Raises Silent."""
    if claimed.task is SpamTask.CHECK:
        opinion, alert = akismet.opinion(message.fields)
        spam_checks.answered(claimed, opinion, now)
        if alert is not None:
            note_alert(message.site, alert, now)
    else:
        akismet.tell(CALLS[claimed.task], message.fields)
        spam_checks.told(claimed, now)


def _prepared(claimed: Claim, now: datetime) -> Told | None:
    """What is to be said; None, and the row is over, where nothing is to be said any more."""
    check = db.session.get(SpamCheck, claimed.check_id)
    if check is None or check.lease != claimed.lease:
        return None
    comment = _comment(claimed.comment_id)
    site = comment.thread.site
    if not site.akismet_key:
        spam_checks.given_up(claimed, NO_KEY, now)
    elif not _is_wanted(claimed, comment):
        spam_checks.not_wanted(claimed, now)
    else:
        return Told(site, fields_of(comment, check))
    return None


def _is_wanted(claimed: Claim, comment: Comment) -> bool:
    """Words that were taken back or decided about are shown to nobody any more."""
    if claimed.task is SpamTask.CHECK:
        return comment.status == Status.PENDING
    return spam_checks.correction(comment) is claimed.task


def fields_of(comment: Comment, check: SpamCheck) -> dict[str, str]:
    """A comment as the contract wants it, in its writer's own words, with their address if they gave one.

    comment: with thread, post, site and reader.
    """
    thread = comment.thread
    reader = comment.reader if check.said == WITH_ADDRESS else None
    fields = {
        "api_key": thread.site.akismet_key,
        "blog": thread.site.base_url,
        "user_ip": check.user_ip or UNKNOWN,
        "user_agent": check.user_agent,
        "permalink": thread.post.address,
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.author_name,
        "comment_author_email": reader.email if reader else "",
        "comment_content": words_of_writer(comment),
        "comment_date_gmt": templating.iso(comment.created_at),
        "blog_lang": thread.site.language.lower(),
        "blog_charset": "UTF-8",
        "recheck_reason": "edit" if comment.edited_at and check.task == SpamTask.CHECK else "",
    }
    return {name: value for name, value in fields.items() if value}


def _comment(comment_id: int) -> Comment:
    thread = joinedload(Comment.thread)
    query = select(Comment).where(Comment.id == comment_id)
    query = query.options(thread.joinedload(Thread.post), thread.joinedload(Thread.site))
    return db.session.scalars(query.options(joinedload(Comment.reader))).one()
