"""Secrets that the database alone does not tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from board.accounts.sealing import SealBroken, seal, unseal
from tests.support.applications import SECRET

OTHER = "0ddba11" * 9


def test_what_was_sealed_is_read_by_this_board_alone(make_app: Callable[..., Flask]) -> None:
    with make_app().app_context():
        sealed = seal("app", "7:GEZDGNBV")
        assert "GEZDGNBV" not in sealed
        assert unseal("app", sealed) == "7:GEZDGNBV"
    with make_app(BOARD_SECRET=OTHER).app_context(), pytest.raises(SealBroken):
        unseal("app", sealed)


def test_a_former_secret_still_opens_what_it_sealed(make_app: Callable[..., Flask]) -> None:
    with make_app().app_context():
        sealed = seal("app", "x")
    with make_app(BOARD_SECRET=OTHER, BOARD_SECRET_FALLBACKS=SECRET).app_context():
        assert unseal("app", sealed) == "x"
        assert seal("app", "x") != sealed


@pytest.mark.parametrize("sealed", ["", "x", "é\ud800", "gAAAAA" + "A" * 200])
def test_nonsense_is_not_a_seal(make_app: Callable[..., Flask], sealed: str) -> None:
    with make_app().app_context(), pytest.raises(SealBroken):
        unseal("app", sealed)


def test_a_seal_is_for_one_purpose_and_may_have_an_end(make_app: Callable[..., Flask]) -> None:
    with make_app().app_context():
        sealed = seal("app", "x")
        with pytest.raises(SealBroken):
            unseal("other", sealed)
        assert unseal("app", sealed, max_age=timedelta(hours=1)) == "x"
        with pytest.raises(SealBroken):
            unseal("app", sealed, max_age=timedelta(seconds=-1))
