"""Codes by the clock."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.accounts.totp import address, code_of, matching_step, new_secret, step_at

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """The last six digits of what RFC 6238, appendix B, lists for SHA-1."""
    assert code_of(RFC_SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(("off", "is_taken"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_clock_may_be_half_a_minute_off(off: int, is_taken: bool) -> None:
    code = code_of(RFC_SECRET, step_at(NOW + timedelta(seconds=off)))
    assert (matching_step(RFC_SECRET, code, NOW) is not None) == is_taken


def test_a_step_that_was_used_and_all_before_it_match_no_more() -> None:
    step = step_at(NOW)
    code = code_of(RFC_SECRET, step)
    assert matching_step(RFC_SECRET, code, NOW) == step
    assert matching_step(RFC_SECRET, code, NOW, after=step) is None
    assert matching_step(RFC_SECRET, code_of(RFC_SECRET, step - 1), NOW, after=step) is None
    assert matching_step(RFC_SECRET, code_of(RFC_SECRET, step + 1), NOW, after=step) == step + 1


@given(st.text())
def test_nothing_else_is_a_code(typed: str) -> None:
    present = {code_of(RFC_SECRET, step_at(NOW) + drift) for drift in (-1, 0, 1)}
    assert (matching_step(RFC_SECRET, typed, NOW) is not None) == (typed in present)


def test_a_secret_has_as_many_bits_as_the_standard_recommends() -> None:
    assert len(base64.b32decode(new_secret())) == 20
    assert len({new_secret() for _ in range(50)}) == 50


def test_the_address_says_whose_secret_it_is() -> None:
    parts = urlsplit(address(RFC_SECRET, account="ada+b@blog.example", issuer="Reflection Board"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path == "/Reflection%20Board:ada%2Bb@blog.example"
    assert parse_qs(parts.query) == {"secret": [RFC_SECRET], "issuer": ["Reflection Board"]}
