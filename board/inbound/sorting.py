"""What an incoming mail is, before the database is asked for anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

from flask import current_app

from board import text
from board.inbound import automatic, dsn, trust
from board.inbound.opening import DELIVERED_TO, Unreadable, addresses, opened, sender_name
from board.inbound.outcomes import Outcome
from board.inbound.replies import new_text, whole_text
from board.mail import outbox
from board.mail.envelopes import BounceTag, ReplyTag, tag_of

MAX_TAGS = 10
MAX_GIVEN_BACK_CHARS = 5000  # of what was written, in the mail that says why it was not taken
OUR_TOKENS = r"/\S*[\w.~-]{40,}"  # as links to unsubscribe or to one's own comment end


@dataclass(frozen=True)
class CameBack:
    """Something sent to the address that takes what comes back of one mail."""

    tag: BounceTag
    message: Message


@dataclass(frozen=True)
class Complained:
    """Somebody called our mail spam. tags: whichever mail it may be."""

    kind: str
    tags: tuple[BounceTag, ...]


@dataclass(frozen=True)
class Answer:
    """Somebody answers a comment. sender: as the mail says; is_doubtful: the receiving server says that it is
    not so. refusal: the code of what makes it no comment; without one there is `source`, `rendered`.
    """

    tag: ReplyTag
    sender: str
    name: str
    is_doubtful: bool
    words: str
    source: str = ""
    rendered: text.Rendered | None = None
    refusal: str = ""


Sorted = CameBack | Complained | Answer | Outcome


def sort_out(raw: bytes, recipients: Sequence[str] = ()) -> Sorted:
    """What the mail in `raw` is, or what becomes of it without further ado.

    recipients: whom the mail server names, where it does; otherwise its head tells.
    """
    try:
        message = opened(raw)
    except Unreadable:
        return Outcome.UNREADABLE
    tags = [*map(tag_of, recipients), *map(tag_of, addresses(message, *DELIVERED_TO))]
    found = [tag for tag in tags if tag is not None][:MAX_TAGS]
    if complaint := dsn.complaint_of(message):
        return _complained(complaint, [tag for tag in found if isinstance(tag, BounceTag)])
    if not found:
        return Outcome.NOT_FOR_US
    tag = found[0]
    if isinstance(tag, BounceTag):
        return CameBack(tag, message)
    return Outcome.AUTOMATIC if _is_automatic(message) else _answer(tag, message)


def _complained(complaint: dsn.Complaint, addressed: list[BounceTag]) -> Complained:
    named = [tag for tag in map(tag_of, complaint.senders) if isinstance(tag, BounceTag)]
    return Complained(complaint.kind, (*named, *addressed))


def _is_automatic(message: Message) -> bool:
    settings = current_app.config["BOARD"]
    ours = frozenset({settings.mail_from, settings.inbox_address})
    return automatic.is_automatic(message, ours=ours, domain=outbox.mail_domain())


def _answer(tag: ReplyTag, message: Message) -> Answer:
    senders = addresses(message, "From")
    sender = senders[0] if len(senders) == 1 else ""
    words = new_text(message)
    base = Answer(
        tag=tag,
        sender=sender,
        name=sender_name(message),
        is_doubtful=trust.is_doubtful(message),
        words=(words or whole_text(message))[:MAX_GIVEN_BACK_CHARS],
    )
    return _rendered(base, _without_address(words, sender))


def _rendered(base: Answer, words: str) -> Answer:
    """The same, with its words made into a comment, or with the reason why that cannot be."""
    if not words.strip():
        return _refused(base, "empty")
    if _tells_secrets(words):
        return _refused(base, "unclear")
    try:
        rendered = text.render(words)
        source = text.normalise(words)
    except text.TextRefused as refusal:
        return _refused(base, "too_long" if refusal.code == "too_long" else "unclear")
    if not text.plain(rendered.html).strip():
        return _refused(base, "empty")
    return Answer(base.tag, base.sender, base.name, base.is_doubtful, base.words, source, rendered)


def _refused(base: Answer, code: str) -> Answer:
    return Answer(base.tag, base.sender, base.name, base.is_doubtful, base.words, refusal=code)


def _without_address(words: str, sender: str) -> str:
    """Nobody's own address is published because it stood in their signature."""
    return re.sub(re.escape(sender), "…", words, flags=re.IGNORECASE) if sender else words


def _tells_secrets(words: str) -> bool:
    """Whether our own mail is quoted in a way that nobody recognised: its links act in the reader's name."""
    settings = current_app.config["BOARD"]
    local, _, domain = settings.inbox_address.partition("@")
    address = re.escape(f"{local}+") + r"\S+@" + re.escape(domain)
    return bool(re.search(f"{address}|{re.escape(settings.public_url)}{OUR_TOKENS}", words, re.IGNORECASE))
