"""Which passwords are too easy."""

from __future__ import annotations

import pytest

from board.accounts.guessing import common, weakness
from board.accounts.passwords import NOBODYS_HASH, hash_password, verify


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "short"),
        ("x" * 5 + "y" * 124, "long"),
        ("password1234", "common"),
        ("Password1234", "common"),
        ("P@ssw0rd1234", "common"),
        ("correct horse battery staple", "common"),
        ("iloveyouforever", "common"),
        ("aaaaaaaaaaaaaaa", "pattern"),
        ("abcabcabcabcabc", "pattern"),
        ("abcdefghijklmno", "pattern"),
        ("987654321098765", "pattern"),
        ("qwertyuiopasdfg", "pattern"),
        ("1qaz2wsx3edc4rfv5tgb", "pattern"),
        ("adalovelace12", "personal"),
        ("lovelace@blog", "personal"),
        ("reflectionboard42", "personal"),
        ("plum kettle orbit", None),
        ("a quiet long password", None),
        ("äöü πρς 漢字仮名交じり文", None),
        ("xK9#mQ2$vL7@", None),
    ],
)
def test_what_guessers_try_first_is_refused(password: str, why: str | None) -> None:
    assert weakness(password, ["Ada Lovelace", "lovelace@blog.example"]) == why


def test_every_listed_password_is_long_enough_to_be_worth_listing() -> None:
    assert len(common()) > 300
    assert all(len(one) >= 12 for one in common())


def test_a_password_is_compared_as_it_was_typed() -> None:
    typed = " Päss wörd \ud800 "
    kept = hash_password(typed)
    assert verify(kept, typed)
    assert not verify(kept, typed.strip())
    assert kept.startswith("$argon2id$")


def test_nobodys_hash_is_well_formed_and_opens_nothing() -> None:
    assert not verify(None, "")
    assert not verify(NOBODYS_HASH, "")
    assert not verify("nonsense", "x")


def test_a_password_is_never_cut() -> None:
    kept = hash_password("x" * 128)
    assert verify(kept, "x" * 128)
    assert not verify(kept, "x" * 129)
