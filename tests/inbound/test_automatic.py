"""Programs are told from people, and what the receiving server says of a sender is heard."""

from __future__ import annotations

import pytest

from board.inbound.automatic import is_automatic
from board.inbound.opening import opened
from board.inbound.trust import is_doubtful
from tests.inbound.post import answer

TO = "board+r3.45-abcdefgh234567ab@mail.example"
OURS = frozenset({"notify@blog.example", "board@mail.example"})


def automatic(raw: bytes) -> bool:
    return is_automatic(opened(raw), ours=OURS, domain="blog.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Auto_Submitted": "AUTO-NOTIFIED"},
        {"Precedence": "bulk"},
        {"Precedence": "List"},
        {"Precedence": "junk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "On listening"},
        {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<readers.example>"},
        {"Return_Path": "<>"},
        {"Message_ID": "<c12.1.0123abcd@blog.example>"},
        {"Message_ID": "<reply.0123456789abcdef01234567@blog.example>"},
        {"Return_Path": "<board+b1-abcdefgh234567ab@mail.example>"},
    ],
)
def test_a_mail_with_such_a_header_was_written_by_a_program(headers: dict[str, str]) -> None:
    assert automatic(answer(TO, **headers))


@pytest.mark.parametrize(
    "sender",
    [
        "MAILER-DAEMON@mx.example",
        "postmaster@mx.example",
        "no-reply@shop.example",
        "notify@blog.example",
        "board+r1.2-abcdefgh234567ab@mail.example",
    ],
)
def test_a_mail_from_such_an_address_was_written_by_a_program(sender: str) -> None:
    assert automatic(answer(TO, sender=sender))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Precedence": "first-class"},
        {"X_Auto_Response_Suppress": "DR, RN"},
        {"Return_Path": "<ada@example.com>"},
        {"Message_ID": "<c12@blog.example>"},
        {"X_Mailer": "Some Program 1.0", "Importance": "Normal"},
    ],
)
def test_a_persons_mail_is_a_persons(headers: dict[str, str]) -> None:
    assert not automatic(answer(TO, **headers))


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office: Re: On listening",
        "Automatic reply: x",
        "Abwesenheitsnotiz",
        "Réponse automatique",
        "不在通知",
    ],
)
def test_a_subject_about_being_away_needs_a_second_sign(subject: str) -> None:
    raw = answer(TO).replace(b"Subject: Re: On listening", f"Subject: {subject}".encode())
    assert not automatic(raw)
    assert automatic(b"X-Auto-Something: 1\n" + raw)


def test_a_report_is_never_an_answer() -> None:
    assert automatic(b"Content-Type: multipart/report; boundary=x\n\n--x\n\nhi\n--x--\n")


@pytest.mark.parametrize(
    ("said", "doubtful"),
    [
        ([], False),
        (["mx.example; dmarc=pass header.from=example.com"], False),
        (["mx.example; spf=fail; dkim=pass; dmarc=pass"], False),
        (["mx.example; dmarc=fail; spf=pass; dkim=pass"], True),
        (["mx.example; spf=fail smtp.mailfrom=example.com"], True),
        (["mx.example; spf=softfail; dkim=none"], True),
        (["mx.example; spf=pass; dkim=fail"], False),
        (["mx.example; dkim=fail; spf=none"], True),
        (["mx.example; spf=none; dkim=none; dmarc=none"], False),
        (["mx.example; spf=pass (not dmarc=fail)"], False),
        (["mx.example; spf=pass", "mx.example; dmarc=fail"], True),
        (["mx.example; dmarc=pass", "forger.example; dmarc=fail"], False),
        (["mx.example; dmarc=fail", "forger.example; dmarc=pass"], True),
        (["mx.example; none"], False),
        ([";;;===", "(((("], False),
    ],
)
def test_only_the_topmost_servers_word_about_the_sender_counts(said: list[str], doubtful: bool) -> None:
    head = "".join(f"Authentication-Results: {one}\n" for one in said).encode()
    assert is_doubtful(opened(head + answer(TO))) is doubtful
