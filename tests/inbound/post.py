"""Mail that comes in, as bytes, and a board that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.foundation import clock
from board.inbound.outcomes import Outcome, Verdict
from board.inbound.receiving import receive
from board.mail.envelopes import bounce_address, reply_address
from board.mail.models import OutboxMessage
from board.readers.models import Reader
from board.subscriptions.confirming import born
from tests.mail.letters import letter, write_down
from tests.support.applications import commit_so_far

INBOX = {"BOARD_MAIL_INBOX_ADDRESS": "board@mail.example", "BOARD_MAIL_FROM": "notify@blog.example"}
ADA = "ada@example.com"
WORDS = "I count to twelve, and then I answer."


def hand_over(app: Flask, raw: bytes, recipients: Sequence[str] = ()) -> Verdict | None:
    """Let the board read a mail in a context of its own."""
    commit_so_far()
    with app.app_context():
        return receive(raw, clock.now(), recipients=recipients)


def outcome(app: Flask, raw: bytes, recipients: Sequence[str] = ()) -> Outcome | None:
    verdict = hand_over(app, raw, recipients)
    return verdict.outcome if verdict else None


def answer_address(app: Flask, reader: Reader, comment: Comment) -> str:
    numbers = reader.id, born(reader), comment.id
    with app.app_context():
        return reply_address(*numbers)


def answer(to: str, words: str = WORDS, sender: str = f"Ada <{ADA}>", **headers: str) -> bytes:
    """An answer by mail; further headers by name, with _ for -. Headers are written as they are given."""
    number = abs(hash((to, words, sender)))
    head = {
        **headers,
        "From": sender,
        "To": to,
        "Subject": "Re: On listening",
        "Message_ID": headers.get("Message_ID", f"<{number}@example.test>"),
    }
    mail = EmailMessage()
    mail.set_content(words)
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in head.items()]
    return "\n".join(lines).encode() + b"\n" + bytes(mail)


def sent_mail(
    app: Flask, session: Session, number: int = 1, recipient: str = ADA
) -> tuple[OutboxMessage, str]:
    """A mail of the outbox, and the address that takes what comes back of it."""
    write_down(app, letter(number, recipient=recipient))
    query = select(OutboxMessage).where(OutboxMessage.dedupe_key == f"test:{number}")
    message = session.scalars(query).one()
    with app.app_context():
        return message, bounce_address(message.id, recipient)


def bounce(
    to: str, *, status: str = "5.1.1", action: str = "failed", diagnostic: str = "", number: int = 1
) -> bytes:
    """A delivery status report (RFC 3464)."""
    diagnostic = diagnostic or f"smtp; 550 {status} no"
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <{status}.{action}.{number}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"

--B1
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 1 Mar 2026 12:30:00 +0000

Final-Recipient: rfc822; {ADA}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--B1
Content-Type: message/rfc822

From: notify@blog.example
To: {ADA}
Subject: Re: On listening

I count to ten.

--B1--
""".encode()


def complaint(to: str, mail_from: str, *, kind: str = "abuse", enclosed: str = "") -> bytes:
    """A report of abuse (RFC 5965), as a mailbox provider sends it to whoever asked for such."""
    original = f"Original-Mail-From: <{mail_from}>\n" if mail_from else ""
    return f"""Return-Path: <fbl@provider.example>
From: <fbl@provider.example>
To: {to}
Subject: FW: Re: On listening
Message-ID: <{kind}.{abs(hash((mail_from, enclosed)))}@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B1"

--B1
Content-Type: text/plain

This is an email abuse report.

--B1
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
{original}
--B1
Content-Type: message/rfc822

{f"Return-Path: <{enclosed}>" if enclosed else "X-Nothing: here"}
From: notify@blog.example
To: redacted@provider.example
Subject: Re: On listening

I count to ten.

--B1--
""".encode()


def comments_of(session: Session, reader: Reader) -> list[Comment]:
    return list(session.scalars(select(Comment).where(Comment.reader_id == reader.id)))


def told(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reply_not_taken")))
