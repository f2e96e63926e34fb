"""What a mail says of each notice: plain values for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from board import text
from board.comments.models import Comment
from board.comments.ownership import link_token
from board.comments.revising import revision_ends_at
from board.foundation.links import absolute
from board.subscriptions.models import Notice, Occasion, Topic
from board.threads.models import Thread

EXCERPT_CHARS = 160


@dataclass(frozen=True)
class Told:
    """One notice in words. `html` and `text`: what somebody else wrote, whole. `parent`, `own`: excerpts of
    what was answered, and of the reader's own comment. What does not belong to the occasion is empty.

    `is_answer`: to the reader. `own_url`: the way back to their own comment, for them alone.
    """

    occasion: str
    is_answer: bool
    post_title: str
    prompt: str
    heading: str
    read_url: str
    author: str = ""
    is_staff: bool = False
    html: str = ""
    text: str = ""
    parent: str = ""
    own: str = ""
    note: str = ""
    own_url: str = ""
    ends_at: datetime | None = None


def told(notice: Notice) -> Told:
    """notice: with its news and all that belongs to that."""
    news = notice.news
    if news.comment is None:
        return _of_prompt(news.thread)
    if news.occasion == Occasion.COMMENT:
        return _of_comment(news.comment, news.thread, is_answer=notice.topic == Topic.REPLIES)
    return _of_own(Occasion(news.occasion), news.comment, news.thread)


def in_order(notices: Sequence[Notice]) -> list[Notice]:
    """As things happened."""
    return sorted(notices, key=lambda notice: (notice.news.happened_at, notice.news_id))


def _of_comment(comment: Comment, thread: Thread, *, is_answer: bool) -> Told:
    return Told(
        Occasion.COMMENT.value,
        is_answer,
        _title(thread),
        thread.prompt,
        text.clean_name(thread.heading),
        read_url=absolute("conversation.comment", comment_id=comment.id),
        author=comment.author_name,
        is_staff=comment.is_staff,
        html=comment.html,
        text=text.plain(comment.html),
        parent=text.excerpt(comment.parent.html, EXCERPT_CHARS) if comment.parent else "",
    )


def _of_prompt(thread: Thread) -> Told:
    return Told(
        Occasion.PROMPT.value,
        False,
        _title(thread),
        thread.prompt,
        text.clean_name(thread.heading),
        read_url=absolute("conversation.thread", thread_id=thread.id),
    )


def _of_own(occasion: Occasion, comment: Comment, thread: Thread) -> Told:
    return Told(
        occasion.value,
        False,
        _title(thread),
        thread.prompt,
        text.clean_name(thread.heading),
        read_url=absolute("conversation.comment", comment_id=comment.id),
        own=text.excerpt(comment.html, EXCERPT_CHARS),
        note=comment.note,
        own_url=absolute("comments.own", token=link_token(comment)),
        ends_at=revision_ends_at(comment),
    )


def _title(thread: Thread) -> str:
    return text.clean_name(thread.post.title) or thread.site.name
