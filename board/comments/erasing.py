"""Erasing what somebody wrote. Rows vanish; a comment on which others hang keeps its place, and nothing else.

What is left of such a comment says "[deleted]" for its name and its text, in the language of its site, and
has no source: by that it is known. Nothing here commits.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import aliased, selectinload

from board import text
from board.comments.lifecycle import change_statuses, touch
from board.comments.models import Comment, CommentVersion, Status
from board.extensions import db
from board.foundation.templating import is_language
from board.threads.models import Thread

UNSEEN = {"synchronize_session": False}  # of what is erased nothing is looked at again


@dataclass(frozen=True)
class Erased:
    """What became of somebody's comments, by id: the rows of some are gone, of others the places are left."""

    gone: frozenset[int]
    kept: frozenset[int]


def hold_written_by(reader_ids: Collection[int]) -> Sequence[Comment]:
    """All comments of those readers with thread and site, held until the transaction ends.

    Threads first, then comments, each by id: whoever changes comments locks in this order. Of the threads
    not the key, so that whoever merely writes a row that names one does not wait.
    """
    threads = select(Comment.thread_id).where(Comment.reader_id.in_(reader_ids))
    held = select(Thread.id).where(Thread.id.in_(threads)).order_by(Thread.id)
    db.session.execute(held.with_for_update(key_share=True)).all()
    query = select(Comment).where(Comment.reader_id.in_(reader_ids)).order_by(Comment.id).with_for_update()
    query = query.options(selectinload(Comment.thread).joinedload(Thread.site, innerjoin=True))
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def outcome_for(comments: Collection[Comment]) -> Erased:
    """What erasing all of `comments` together would do. One statement.

    A comment stays in its place when a comment of somebody else hangs on it, at whatever depth, shown or not.
    """
    own = {comment.id for comment in comments}
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    query = select(Comment.parent_id, Comment.id).where(Comment.parent_id.in_(own))
    for parent_id, comment_id in db.session.execute(query):
        children[parent_id].append(comment_id)
    gone: set[int] = set()
    for comment in sorted(comments, key=lambda one: one.depth, reverse=True):  # leaves first
        if all(child in gone for child in children[comment.id]):
            gone.add(comment.id)
    return Erased(frozenset(gone), frozenset(own - gone))


def erase_comments(comments: Sequence[Comment], now: datetime) -> Erased:
    """Erase `comments`, with every counter that hangs on them. comments: with thread and site, all held."""
    outcome = outcome_for(comments)
    change_statuses(comments, Status.WITHDRAWN, now=now)
    kept = [comment for comment in comments if comment.id in outcome.kept]
    for comment in kept:
        _leave_its_place(comment)
    db.session.flush()
    ids = [comment.id for comment in comments]
    db.session.execute(delete(CommentVersion).where(CommentVersion.comment_id.in_(ids)), UNSEEN)
    gone = [comment for comment in comments if comment.id in outcome.gone]
    _delete_rows(gone)
    _delete_places({comment.parent_id for comment in gone if comment.parent_id is not None})
    for thread_id in sorted({comment.thread_id for comment in kept}):
        touch(thread_id)
    return outcome


def _leave_its_place(comment: Comment) -> None:
    """Nothing of what was written, when, from where and by whom; replies of others still hang on it."""
    language = comment.thread.site.language.replace("-", "_")
    with force_locale(language if is_language(language) else "en"):
        deleted = _("[deleted]")
    rendered = text.render(deleted)
    comment.author_name, comment.source = deleted, ""
    comment.html, comment.renderer_version = rendered.html, rendered.version
    comment.reader_id, comment.reasons, comment.note, comment.open_reports = None, [], "", 0
    comment.edited_at = comment.returned_at = comment.staff_edited_at = None
    comment.pinned_at = comment.highlighted_at = None
    # what nothing else has, so that it is like no other comment, and no link opens it
    comment.network, comment.fingerprint, comment.text_digest, comment.edit_salt = (
        secrets.token_hex(16) for _unused in range(4)
    )


def _delete_rows(comments: Collection[Comment]) -> None:
    """Leaves first: a row on which another hangs cannot go."""
    for depth in sorted({comment.depth for comment in comments}, reverse=True):
        ids = [comment.id for comment in comments if comment.depth == depth]
        db.session.execute(delete(Comment).where(Comment.id.in_(ids)), UNSEEN)
    for comment in comments:
        db.session.expunge(comment)


def _delete_places(comment_ids: set[int]) -> None:
    """Those places of comments erased before on which nothing hangs any more, and so on upwards."""
    reply = aliased(Comment)
    hanging = exists().where(reply.parent_id == Comment.id)
    while comment_ids:
        empty = select(Comment.id, Comment.parent_id).where(
            Comment.id.in_(comment_ids), Comment.source == "", ~hanging
        )
        rows = db.session.execute(empty).all()
        db.session.execute(delete(Comment).where(Comment.id.in_([row.id for row in rows])), UNSEEN)
        comment_ids = {row.parent_id for row in rows if row.parent_id is not None}
