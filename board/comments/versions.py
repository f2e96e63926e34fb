"""The words a comment had before: kept whenever they are replaced, by its writer or by a moderator.

Whoever replaces words holds the comment's thread, so that of two who do it at once both are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from board import text
from board.comments.drafting import Draft
from board.comments.lifecycle import touch
from board.comments.models import Comment, CommentVersion
from board.extensions import db


def staff_edit(
    comment: Comment, source: str, account_id: int, now: datetime, *, rendered: text.Rendered | None = None
) -> CommentVersion | None:
    """Put a moderator's words in place of the writer's; readers are told that somebody did.

    The version that keeps what stood there before; None when that says the same. rendered: of `source`, where
    it was rendered already. Raises TextRefused.
    """
    draft = _draft(comment.author_name, source, rendered)
    version = replace_words(comment, draft, by_account_id=account_id, now=now)
    if version is not None:
        comment.staff_edited_at = now
        _tell_readers(comment)
    return version


def take_back_edit(comment: Comment, version_id: int) -> bool:
    """Undo a moderator's edit; False, and nothing, when the words were replaced once more since."""
    versions = versions_of([comment.id]).get(comment.id, [])
    if not versions or versions[-1].id != version_id:
        return False
    *earlier, last = versions
    _set_words(comment, _draft(last.author_name, last.source))
    before = _by_moderators(comment, earlier)
    comment.staff_edited_at = before[-1].replaced_at if before else None
    db.session.delete(last)
    _tell_readers(comment)
    return True


def replace_words(
    comment: Comment, draft: Draft, *, by_account_id: int | None, now: datetime
) -> CommentVersion | None:
    """Put the words of `draft` into `comment`, and keep those it had: the version is returned.

    None, and nothing happens, when both say the same. by_account_id: of a moderator; None for the writer.
    Neither judges the words nor tells readers.
    """
    if (draft.name, draft.source) == (comment.author_name, comment.source):
        return None
    version = CommentVersion(
        comment_id=comment.id,
        account_id=by_account_id,
        author_name=comment.author_name,
        source=comment.source,
        replaced_at=now,
    )
    db.session.add(version)
    _set_words(comment, draft)
    db.session.flush()
    return version


def versions_of(comment_ids: Collection[int]) -> Mapping[int, Sequence[CommentVersion]]:
    """The former words of each comment that had others, oldest first. One statement."""
    query = select(CommentVersion).where(CommentVersion.comment_id.in_(comment_ids))
    found: defaultdict[int, list[CommentVersion]] = defaultdict(list)
    for version in db.session.scalars(query.order_by(CommentVersion.id)):
        found[version.comment_id].append(version)
    return found


def words_of_writer(comment: Comment) -> str:
    """What the writer had said, where moderators put other words in its place; else what stands there.

    Looks at the versions only where a moderator did that.
    """
    if comment.staff_edited_at is None:
        return comment.source
    replaced = _by_moderators(comment, versions_of([comment.id]).get(comment.id, []))
    return replaced[0].source if replaced else comment.source


def _by_moderators(comment: Comment, versions: Sequence[CommentVersion]) -> Sequence[CommentVersion]:
    """Those that moderators replaced after the writer's last change. An account may be gone since."""
    since = comment.edited_at or comment.created_at
    return [version for version in versions if version.replaced_at > since]


def _draft(name: str, source: str, rendered: text.Rendered | None = None) -> Draft:
    return Draft(name=name, source=text.normalise(source), rendered=rendered or text.render(source))


def _set_words(comment: Comment, draft: Draft) -> None:
    comment.author_name, comment.source = draft.name, draft.source
    comment.html, comment.renderer_version = draft.rendered.html, draft.rendered.version
    comment.text_digest = draft.text_digest


def _tell_readers(comment: Comment) -> None:
    db.session.flush()
    if comment.is_published:
        touch(comment.thread_id)
