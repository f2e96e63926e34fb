"""A mail that is made to hurt is refused or read in no time."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from board.inbound.opening import (
    DELIVERED_TO,
    MAX_BYTES,
    Unreadable,
    addresses,
    fingerprint,
    header,
    opened,
    parts,
    sender_name,
    text_of,
)
from board.inbound.outcomes import Outcome
from board.inbound.replies import new_text
from tests.inbound.post import answer, outcome

LONG_SECONDS = 3.0  # the slowest of these takes a third of one on a slow machine; unbounded, minutes
MULTIPART = b"Content-Type: multipart/mixed; boundary=x\n\n"
BOMBS = {
    "parts": MULTIPART + b"--x\n\nhello\n" * 2900,
    "ten thousand parts": MULTIPART + b"--x\n\nhello\n" * 10_000,
    "some nesting": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(19)
    )
    + b"a\n" * 400_000,
    "four hundred levels": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(400)
    )
    + b"a\n" * 400_000,
    "ten thousand levels": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
    ),
    "mails in mails": b"Content-Type: message/rfc822\n\n" * 20_000,
    "headers": b"".join(b"X%d: y\n" % n for n in range(9000)) + b"\nhello",
    "a header without end": b"Subject: " + b"a" * 900_000,
    "brackets in an address": b"To: " + b"(" * 90_000 + b"\n\nhello",
    "brackets in a sender": b"From: " + b"(" * 3_000 + b"\n\nhello",
    "addresses": b"To: " + b"a@b.example," * 8000 + b"\n\nhello",
    "quotes": b"To: " + b'"\\""' * 8000 + b"\n\nhello",
    "encoded words": b"Subject: " + b"=?utf-8?q?=41?= " * 6000 + b"\n\nhello",
    "unclosed encoded words": b"Subject: " + b"=?utf-8?q?" * 9000 + b"\n\nhello",
    "punycode": b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 5000 + b"-" + b"9a" * 400_000,
    "parameters": b"Content-Type: text/plain; " + b";".join(b"a*%d=b" % n for n in range(8000)) + b"\n\nhi",
    "open quotes": b"Content-Type: text/plain" + b';"' * 40_000 + b"\n\nhi",
    "base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b"QUFB\n" * 190_000,
    "quoted deeply": b"\n" + b">" * 900_000,
    "attributions": b"\n" + b"On 1 at 12:30 a@b.example wrote:\n\n" * 20_000,
    "colons": b"\n" + b"From: x\nTo: y:\n" * 50_000,
    "deep html": b"Content-Type: text/html\n\n" + b"<div>" * 100_000 + b"hi",
    "wide html": b"Content-Type: text/html\n\n" + b"<br>" * 200_000 + b"hi",
    "quotes in html": b"Content-Type: text/html\n\n" + b"<blockquote type=cite>" * 10_000 + b"hi",
    "much": b"\n" + b"a" * 20_000_000,
    "nothing": b"",
    "zeros": b"\x00" * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_mail_made_to_hurt_costs_little(name: str) -> None:
    start = time.perf_counter()
    try:
        message = opened(BOMBS[name])
    except Unreadable:
        message = opened(b"")
    new_text(message)
    addresses(message, *DELIVERED_TO, "From")
    sender_name(message)
    header(message, "Subject")
    fingerprint(BOMBS[name])
    assert time.perf_counter() - start < LONG_SECONDS


@pytest.mark.databases("sqlite")
def test_what_cannot_be_read_is_noted_and_harms_nobody(reading_app: Flask) -> None:
    assert outcome(reading_app, BOMBS["ten thousand levels"]) is Outcome.UNREADABLE


@pytest.mark.databases("sqlite")
@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=400))
def test_anything_can_be_opened(raw: bytes) -> None:
    try:
        message = opened(raw)
    except Unreadable:
        return
    [text_of(part) for part in parts(message)]
    addresses(message, *DELIVERED_TO)
    assert len(fingerprint(raw)) == 64


def test_of_a_large_mail_the_beginning_is_read() -> None:
    raw = answer("board@mail.example", "My words.")
    picture = b"\n".join([b"A" * 76] * 40_000)
    whole = (
        b"From: ada@example.com\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        + raw.partition(b"\n\n")[0].partition(b"Content-Type")[1]
        + b": text/plain\n\nMy words.\n--x\nContent-Type: image/png\n"
        + b"Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
        + picture
        + b"\n--x--\n"
    )
    assert len(whole) > MAX_BYTES
    assert new_text(opened(whole)) == "My words."


def test_a_mail_is_the_same_by_whichever_way_it_came() -> None:
    raw = answer("board@mail.example")
    assert fingerprint(b"Received: by mx.example\r\nDelivered-To: x@y.example\r\n" + raw) == fingerprint(raw)
    assert fingerprint(raw.replace(b"\n", b"\r\n")) == fingerprint(raw)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"twelve", b"eleven"), (b"Message-ID: <", b"Message-ID: <2"), (b"Ada <ada", b"Ada <bda")],
)
def test_another_mail_is_another(old: bytes, new: bytes) -> None:
    raw = answer("board@mail.example")
    assert old in raw
    assert fingerprint(raw.replace(old, new)) != fingerprint(raw)


def test_mails_without_an_id_are_told_apart_by_every_byte() -> None:
    assert fingerprint(b"From: a@b.example\n\nx") != fingerprint(b"From: a@b.example\nX: y\n\nx")
    assert fingerprint(b"") != fingerprint(b"\n")
