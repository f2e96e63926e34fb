"""An address is taken down in one spelling, once a site, and forgotten when nobody confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import false, select

from board.extensions import db
from board.foundation import clock
from board.readers import queries
from board.readers.models import Reader
from board.readers.registration import AddressUnusable, confirm, find_or_make, forget_unconfirmed, normalise
from tests.support.makers import Makers


@pytest.fixture
def site_id(app: Flask, makers: Makers) -> Iterator[int]:
    """A site, and a transaction of the application's own."""
    made: int = makers.site().id
    makers.session.commit()
    with app.app_context():
        yield made
        db.session.rollback()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@example.test", "ada@example.test"),
        ("  Ada@Example.TEST ", "ada@example.test"),
        ("ada@münchen.example", "ada@xn--mnchen-3ya.example"),
        ("ada+board@example.test", "ada+board@example.test"),
        ("José@example.com", "josé@example.com"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert normalise(typed.replace(".test", ".com").replace(".TEST", ".COM")) == kept.replace(".test", ".com")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "@",
        "ada@",
        "ada@localhost",
        "ada@x@example.com",
        "ada@example.com\r\nBcc: v@example.com",
        "a\nda@example.com",
        "ada@example.com\x00",
        "Ada <ada@example.com>",
        '"a b"@example.com',
        "ada,b@example.com",
        "ada@" + "a" * 250 + ".com",
        "ada@example.com\u2028x",
        "ad\ud800a@example.com",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AddressUnusable):
        normalise(typed)


@given(st.one_of(st.text(), st.text().map(lambda part: part + "@example.com"), st.emails()))
def test_a_kept_address_never_breaks_out_of_a_header(typed: str) -> None:
    try:
        address = normalise(typed)
    except AddressUnusable:
        return
    assert address.isprintable()
    assert not set(address) & set(' <>,;:"()\\')
    assert normalise(address) == address


def test_a_site_knows_an_address_once(site_id: int) -> None:
    now = clock.now()
    first = find_or_make(site_id, "ada@example.com", name="Ada", now=now)
    again = find_or_make(site_id, "ADA@example.com", name="Somebody", now=now)
    assert first is again
    assert (first.name, first.confirmed_at) == ("Ada", None)
    confirm(first, now)
    confirm(first, now + timedelta(days=1))
    assert first.confirmed_at == now


def test_readers_of_two_sites_are_two(site_id: int, makers: Makers) -> None:
    db.session.rollback()
    other: int = makers.site().id
    makers.session.commit()
    now = clock.now()
    ids = {find_or_make(one, "ada@example.com", name="Ada", now=now).id for one in (site_id, other)}
    assert {reader.id for reader in queries.readers_with("ada@example.com")} == ids
    assert len(ids) == 2


def test_an_address_nobody_confirmed_is_forgotten_after_a_week(site_id: int) -> None:
    now = clock.now()
    old = now - timedelta(days=8)
    find_or_make(site_id, "old@example.com", name="", now=old)
    find_or_make(site_id, "young@example.com", name="", now=now - timedelta(days=6))
    confirm(find_or_make(site_id, "known@example.com", name="", now=old), now)
    forget_unconfirmed(now, unless=false())
    kept = db.session.scalars(select(Reader.email).order_by(Reader.email)).all()
    assert kept == ["known@example.com", "young@example.com"]
