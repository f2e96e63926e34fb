"""The mail for one reader: one or several notices, in words, with what mail programs need to know."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from board import text
from board.comments.models import Comment
from board.foundation.links import absolute
from board.foundation.templating import is_language
from board.mail import envelopes, outbox, rendering
from board.mail.outbox import Letter
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions import queries
from board.subscriptions.confirming import born
from board.subscriptions.models import Notice, Occasion, Rate, Topic
from board.subscriptions.telling import in_order, told
from board.subscriptions.unsubscribing import leaving_token, unsubscribe_token
from board.threads.models import Thread

REPLY, THREAD, PROMPTS, DIGEST = "reply", "thread", "prompts", "digest"
OF_OWN = {
    Occasion.APPROVED: "approved",
    Occasion.RETURNED: "returned",
    Occasion.REMOVED: "removed",
    Occasion.HIGHLIGHTED: "highlighted",
}
KINDS = (REPLY, THREAD, PROMPTS, DIGEST, *OF_OWN.values())
MOST_SHOWN = 20  # of what one mail tells; the board shows the rest
MAX_SENDER_CHARS = 50  # of a reader's name: "via" and the blog's name always stand behind it


def letter_of(reader: Reader, notices: Sequence[Notice]) -> Letter:
    """The mail that tells `reader` of `notices`, which belong together. At least one.

    notices: with their news and all that belongs to that, and their subscriptions.
    """
    ordered = in_order(notices)
    first, site = ordered[0], ordered[0].news.thread.site
    kind = kind_of(ordered)
    return Letter(
        kind=kind,
        dedupe_key=f"news:{reader.id}.{born(reader)}:{min(notice.news.event for notice in notices)}",
        recipient=reader.email,
        sender_name=_sender(ordered, site),
        words=_words(kind, reader, ordered),
        site_id=site.id,
        headers=_headers(reader, ordered),
        context={"notice_ids": [notice.id for notice in ordered], "edited": edited(ordered)},
        message_id=message_id(first.news.comment, first.news.thread) if _is_one_comment(ordered) else "",
    )


def kind_of(notices: Sequence[Notice]) -> str:
    """Which message it is: by what it tells of, and whether that is one thing."""
    if notices[0].rate != Rate.AT_ONCE:
        return DIGEST
    occasion = Occasion(notices[0].news.occasion)
    if occasion in OF_OWN:
        return OF_OWN[occasion]
    if occasion is Occasion.PROMPT:
        return PROMPTS
    return REPLY if all(notice.topic == Topic.REPLIES for notice in notices) else THREAD


def edited(notices: Sequence[Notice]) -> list[str]:
    """Changes when any of the words that the mail shows do."""
    comments = [notice.news.comment for notice in notices]
    return [
        one.words_changed_at.isoformat() if one is not None and one.words_changed_at else ""
        for one in comments
    ]


def message_id(comment: Comment | None, thread: Thread) -> str:
    """The Message-ID of the mail that tells of `comment` alone: always the same, and no other board's."""
    if comment is None:
        return ""
    digest = hashlib.sha256(f"message-id {comment.edit_salt}".encode()).hexdigest()
    return f"<c{comment.id}.{thread.site_id}.{digest[:8]}@{outbox.mail_domain()}>"


def _is_one_comment(notices: Sequence[Notice]) -> bool:
    return len(notices) == 1 and notices[0].news.occasion == Occasion.COMMENT


def _words(kind: str, reader: Reader, notices: Sequence[Notice]) -> rendering.Words:
    site, items = notices[0].news.thread.site, [told(notice) for notice in notices]
    return rendering.write(
        kind,
        site.language,
        site_name=site.name,
        site_url=site.base_url,
        items=items[:MOST_SHOWN],
        more=max(len(items) - MOST_SHOWN, 0),
        count=len(items),
        can_answer=bool(_reply_address(reader, notices)),
        unsubscribe_url=absolute("subscriptions.leaving", token=_token(reader, notices)),
    )


def _headers(reader: Reader, notices: Sequence[Notice]) -> dict[str, str]:
    """What lets mail programs put the mail into its conversation and leave it by one click (RFC 8058)."""
    one_click = absolute("subscriptions.leave_at_once", token=_token(reader, notices))
    headers = {
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Reply-To": _reply_address(reader, notices),
        "List-Id": _list_id(notices),
        "Precedence": "bulk" if notices[0].rate != Rate.AT_ONCE else "",
        **_place(notices),
    }
    return {name: value for name, value in headers.items() if value}


def _place(notices: Sequence[Notice]) -> dict[str, str]:
    """Below which mail it stands: that of the comment that is answered, and of the root of all."""
    comment, thread = notices[0].news.comment, notices[0].news.thread
    if comment is None or notices[0].news.occasion != Occasion.COMMENT or notices[0].rate != Rate.AT_ONCE:
        return {}
    above = [message_id(comment.parent, thread)] if comment.parent else []
    if comment.parent is not None and comment.parent.root_id is not None:
        root = queries.comment(comment.parent.root_id)
        above = ([message_id(root, thread)] if root else []) + above
    return {"In-Reply-To": above[-1], "References": " ".join(above)} if above else {}


def _list_id(notices: Sequence[Notice]) -> str:
    thread = notices[0].news.thread
    is_of_one = notices[0].rate == Rate.AT_ONCE and notices[0].topic in {Topic.REPLIES, Topic.THREAD}
    name = f"thread-{thread.id}" if is_of_one else f"site-{thread.site_id}"
    return f"<{name}.{outbox.mail_domain()}>"


def _reply_address(reader: Reader, notices: Sequence[Notice]) -> str:
    """Where an answer by mail goes: to the one comment that the mail tells of; empty for any other mail."""
    comment = notices[0].news.comment
    if comment is None or not _is_one_comment(notices):
        return ""
    return envelopes.reply_address(reader.id, born(reader), comment.id)


def _token(reader: Reader, notices: Sequence[Notice]) -> str:
    """What can be left from the mail: what it was sent for, if that is one thing; else all of the blog."""
    subscription, thread_ids = notices[0].subscription, {notice.thread_id for notice in notices}
    is_one = notices[0].rate == Rate.AT_ONCE and (len(thread_ids) == 1 or notices[0].topic == Topic.PROMPTS)
    return unsubscribe_token(subscription) if subscription and is_one else leaving_token(reader)


def _sender(notices: Sequence[Notice], site: Site) -> str:
    """Ann via Blog, for one comment: a reader's name never stands alone before the board's address."""
    comment = notices[0].news.comment
    if comment is None or not _is_one_comment(notices) or notices[0].rate != Rate.AT_ONCE:
        return site.name
    language = site.language.replace("-", "_")
    name = rendering.cut(text.clean_name(comment.author_name), MAX_SENDER_CHARS)
    with force_locale(language if is_language(language) else "en"):
        return str(_("%(name)s via %(site)s", name=name, site=site.name))
