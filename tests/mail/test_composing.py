"""Whatever people call themselves, a mail has our headers and no others."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.mail.composing import OURS, Parcel, Unmailable, compose
from board.mail.models import OutboxMessage

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
LINK = "<https://board.test/unsubscribe/" + "eyJ" * 60 + "/one-click>"
HOSTILE = [
    "Ann\r\nBcc: victim@example.test",
    "Ann\nBcc: victim@example.test\n\nbody",
    "Ann\rX: y",
    "=?utf-8?q?Ann=0D=0ABcc:_victim@example.test?=",
    "=?utf-8?b?QW5uDQpCY2M6IHZpY3RpbUBleGFtcGxlLnRlc3Q=?=",
    'x" =?utf-8?q?=0ABcc:_v@example.test?= "y',
    "Ann\u2028Bcc: v@example.test",
    "Ann\x85Bcc: v@example.test",
    "Ann\x0b\x0c\x1c\x1d\x1eBcc: v@example.test",
    "Ann\x00",
    '"Ann" <victim@example.test>',
    "Ann, Bob <b@example.test>; C",
    "\u202eneslA\u202c",
    "Ünïcödé " * 30,
    "a" * 500,
    "(comment) \\",
    "",
]


def row(**fields: Any) -> OutboxMessage:
    values: dict[str, Any] = {
        "id": 1,
        "kind": "test",
        "recipient": "ada@example.test",
        "sender_name": "Ann via Blog",
        "subject": "Re: On listening",
        "text": "Grüße\n",
        "html": "<p>Grüße</p>",
        "message_id": "<c1.1.abc@board.test>",
        "headers": {},
    }
    return OutboxMessage(**{**values, **fields})


def composed(**fields: Any) -> Parcel:
    return compose(row(**fields), mail_from="board@board.test", now=NOW)


def read(parcel: Parcel) -> EmailMessage:
    return email.message_from_bytes(parcel.raw, _class=EmailMessage, policy=email.policy.SMTP)


def test_a_mail_has_text_first_and_then_html() -> None:
    mail = read(composed())
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().split() == ["Grüße"]
    assert composed().raw.isascii()


def test_a_mail_comes_from_the_board_and_asks_for_no_automatic_answer() -> None:
    mail = read(composed())
    [sender] = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Ann via Blog", "board@board.test")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Message-ID"] == "<c1.1.abc@board.test>"
    assert mail["Date"].datetime == NOW
    assert "Reply-To" not in mail


def test_long_structural_headers_stay_on_one_line() -> None:
    """The library folds a long List-Unsubscribe into encoded words, which no mail program reads."""
    references = " ".join(f"<c{number}.1.abcdef01@board.test>" for number in range(8))
    raw = composed(headers={"List-Unsubscribe": LINK, "References": references}).raw.decode()
    assert f"List-Unsubscribe: {LINK}\r\n" in raw
    assert f"References: {references}\r\n" in raw


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_or_title_adds_a_header(name: str) -> None:
    parcel = composed(sender_name=f"{name} via Blog", subject=f"Re: {name}")
    mail = read(parcel)
    assert {header.lower() for header in mail} <= OURS
    assert [one.addr_spec for one in mail["From"].addresses] == ["board@board.test"]
    assert [one.addr_spec for one in mail["To"].addresses] == ["ada@example.test"]
    assert "Bcc:" not in [line.partition(" ")[0] for line in parcel.raw.decode().splitlines()]


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_people_type_a_mail_is_whole(name: str, title: str) -> None:
    mail = read(composed(sender_name=name, subject=title))
    assert {header.lower() for header in mail} <= OURS
    assert [one.addr_spec for one in mail["From"].addresses] == ["board@board.test"]
    assert mail.get_body(("plain",)).get_content().split() == ["Grüße"]


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.test\r\nBcc: v@example.test",
        "ada@example.test\n",
        "a, b@example.test",
        "Ada <ada@example.test>",
        "@",
        "",
        "ada",
        "ada@example.test\x00",
    ],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(Unmailable):
        composed(recipient=address)


@pytest.mark.parametrize("value", ["<a@b>\r\nBcc: v@example.test", "<a@b>\n", "=?utf-8?q?=0A?=", "<ü@b>"])
def test_structural_headers_hold_nothing_but_plain_lines(value: str) -> None:
    with pytest.raises(Unmailable):
        composed(headers={"References": value})
    with pytest.raises(Unmailable):
        composed(message_id=value)


def test_an_international_address_is_written_as_it_is() -> None:
    parcel = composed(recipient="josé@example.test")
    assert parcel.is_international
    assert "To: josé@example.test\r\n".encode() in parcel.raw
