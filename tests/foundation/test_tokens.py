"""Signed tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.foundation import tokens
from board.foundation.forms import TOKEN_STEP, token_moment

NOON = datetime(2026, 5, 1, 12, 3, tzinfo=UTC)


def test_a_token_opens_its_own_purpose_and_no_other(app: Flask) -> None:
    with app.app_context():
        token = tokens.sign("confirm", [1, "a"])
        assert tokens.read("confirm", token) == [1, "a"]
        with pytest.raises(tokens.TokenInvalid):
            tokens.read("unsubscribe", token)


def test_a_token_is_the_same_for_the_same_payload_so_that_pages_can_be_kept(app: Flask) -> None:
    with app.app_context():
        assert tokens.sign("form", [1], issued_at=NOON) == tokens.sign("form", [1], issued_at=NOON)


def test_a_token_grows_too_old(app: Flask) -> None:
    with app.app_context():
        token = tokens.sign("confirm", 1, issued_at=NOON)
        week = timedelta(days=7)
        assert tokens.read("confirm", token, max_age=week, now=NOON + week) == 1
        with pytest.raises(tokens.TokenExpired):
            tokens.read("confirm", token, max_age=week, now=NOON + week + timedelta(seconds=1))


def test_a_former_key_still_opens_what_it_signed(make_app) -> None:
    old, new = "o" * 64, "n" * 64
    with make_app(BOARD_SECRET=old).app_context():
        token = tokens.sign("unsubscribe", 7)
    with make_app(BOARD_SECRET=new, BOARD_SECRET_FALLBACKS=old).app_context():
        assert tokens.read("unsubscribe", token) == 7
    with make_app(BOARD_SECRET=new).app_context(), pytest.raises(tokens.TokenInvalid):
        tokens.read("unsubscribe", token)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.text(max_size=200))
def test_junk_is_invalid_and_nothing_worse(app: Flask, junk: str) -> None:
    with app.app_context(), pytest.raises(tokens.TokenInvalid):
        tokens.read("confirm", junk)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 60), letter=st.characters(codec="ascii", categories=["L", "N"]))
def test_a_changed_token_is_invalid(app: Flask, place: int, letter: str) -> None:
    with app.app_context():
        token = tokens.sign("confirm", {"reader": 1})
        changed = token[:place] + letter + token[place + 1 :]
        if changed != token and len(changed) == len(token) and place < len(token) - 1:
            with pytest.raises(tokens.TokenInvalid):
                tokens.read("confirm", changed)


def test_all_pages_of_one_step_carry_the_same_moment() -> None:
    assert token_moment(NOON) == token_moment(NOON + timedelta(minutes=6))
    assert token_moment(NOON) != token_moment(NOON + TOKEN_STEP)
