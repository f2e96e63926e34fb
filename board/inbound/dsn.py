"""What came back: reports that a mail was not delivered (RFC 3464), and complaints (RFC 5965). Pure.

Whether a report is about a mail of ours, the address it was sent to says; what stands here only reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from board.inbound.opening import header, parts, text_of
from board.mail.statuses import CODE, NO_SUCH_MAILBOX, NOT_NOW

GENERAL = frozenset({"5.0.0", "5.1.0", "5.5.0"})  # a server that says no more than "for good"
REACHED = frozenset({"delivered", "relayed", "expanded"})
FAILED_AT_THE_EDGE = re.compile(r"^(?:mailer-daemon|postmaster)@", re.IGNORECASE)
NOT_COMPLAINTS = frozenset({"not-spam", "auth-failure"})
MAX_BLOCKS = 20
MAX_TEXT_CHARS = 20_000  # of a bounce in free words; what follows is the mail that came back


class Severity(StrEnum):
    """hard: there is no such mailbox. soft: it did not take the mail, which may pass. none: it says nothing
    about the address, such as that the mail is late or was taken for spam."""

    HARD = "hard"
    SOFT = "soft"
    NONE = "none"


@dataclass(frozen=True)
class Report:
    """code: the enhanced status (RFC 3463), or empty."""

    severity: Severity
    code: str = ""


@dataclass(frozen=True)
class Complaint:
    """Somebody called a mail spam. `senders`: the addresses that may be that mail's envelope sender."""

    kind: str
    senders: tuple[str, ...]


def report_of(message: Message, recipient: str) -> Report | None:
    """What a mail that came back to us says about `recipient`; None when it is no such report."""
    if _report_type(message) == "delivery-status":
        blocks = list(_fields(message, "message/delivery-status"))
        return _of_blocks([block for block in blocks if block.get("Action")])
    return _in_free_words(message, recipient)


def complaint_of(message: Message) -> Complaint | None:
    """The complaint that a mail is; None for anything else."""
    if _report_type(message) != "feedback-report":
        return None
    fields = next(_fields(message, "message/feedback-report"), None)
    if fields is None:
        return None
    kind = header(fields, "Feedback-Type").lower()
    senders = [header(fields, "Original-Mail-From"), *_senders_of_enclosed(message)]
    return None if kind in NOT_COMPLAINTS else Complaint(kind, tuple(one.strip("<> ") for one in senders))


def is_report(message: Message) -> bool:
    return message.get_content_type() == "multipart/report"


def _report_type(message: Message) -> str:
    if not is_report(message):
        return ""
    return str(message.get_param("report-type", "")).strip().lower()


def _of_blocks(blocks: list[Message]) -> Report:
    """blocks: one for each recipient. Who was reached by any way is no dead address."""
    actions = [header(block, "Action").lower() for block in blocks]
    failed = [block for block, action in zip(blocks, actions, strict=True) if action == "failed"]
    if not failed or REACHED & set(actions):
        return Report(Severity.NONE)
    code = _code(header(failed[0], "Status"), header(failed[0], "Diagnostic-Code"))
    return Report(_severity(code), code)


def _code(status: str, diagnostic: str) -> str:
    """The status; where it says nothing, what the far server said."""
    found = CODE.search(status)
    if found and found[1] not in GENERAL:
        return found[1]
    said = CODE.search(diagnostic)
    return said[1] if said else found[1] if found else ""


def _severity(code: str) -> Severity:
    if code in NO_SUCH_MAILBOX:
        return Severity.HARD
    return Severity.SOFT if code in NOT_NOW or code.startswith("4.") else Severity.NONE


def _in_free_words(message: Message, recipient: str) -> Report | None:
    """Of servers that do not know the standard: believed only where a paragraph has address and code."""
    if not FAILED_AT_THE_EDGE.search(_bare(message)):
        return None
    words = next((text_of(part) for part in parts(message) if part.get_content_type() == "text/plain"), "")
    for paragraph in re.split(r"\n[ \t]*\n", words[:MAX_TEXT_CHARS]):
        codes = CODE.findall(paragraph)
        if recipient.lower() in paragraph.lower() and codes:
            return Report(_severity(codes[-1]), codes[-1])
    return None


def _bare(message: Message) -> str:
    return header(message, "From").rpartition("<")[2].strip("> ")


def _fields(message: Message, kind: str) -> Iterator[Message]:
    """The blocks of header-like lines in the first part of that kind; Python reads them as messages."""
    for part in _own_parts(message):
        if part.get_content_type() == kind:
            payload = part.get_payload()
            blocks = payload if isinstance(payload, list) else [part]
            yield from [block for block in blocks[:MAX_BLOCKS] if isinstance(block, Message)]
            return


def _senders_of_enclosed(message: Message) -> Iterator[str]:
    """Return-Path of the mail that the report is about, as a whole or as its headers alone."""
    for part in _own_parts(message):
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            yield from (header(one, "Return-Path") for one in payload[:1] if isinstance(one, Message))
        elif part.get_content_type() == "text/rfc822-headers":
            for line in text_of(part).splitlines():
                if line.lower().startswith("return-path:"):
                    yield line.partition(":")[2]


def _own_parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return (
        [part for part in payload[:MAX_BLOCKS] if isinstance(part, Message)]
        if isinstance(payload, list)
        else []
    )
