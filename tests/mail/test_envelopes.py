"""Addresses that carry what a mail to them is about: ours are known again, everything else is nobody's."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.mail import envelopes
from board.mail.envelopes import BounceTag, ReplyTag, bounce_address, reply_address, tag_of

pytestmark = pytest.mark.databases("sqlite")
INBOX = {"BOARD_MAIL_INBOX_ADDRESS": "board@mail.example"}
IDS = st.integers(min_value=1, max_value=2**31 - 1)
AGAIN = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Context = AbstractContextManager[object]


@pytest.fixture
def inside(make_app: Callable[..., Flask]) -> Context:
    return make_app(**INBOX).app_context()


def test_without_a_mailbox_there_are_no_such_addresses(app: Flask) -> None:
    with app.app_context():
        assert bounce_address(1, "ada@example.test") == ""
        assert reply_address(1, 2, 3) == ""
        assert tag_of("board+b1-aaaaaaaaaaaaaaaa@mail.example") is None


@AGAIN
@given(reader=IDS, born=IDS, comment=IDS)
def test_a_reply_address_is_for_that_reader_and_that_comment(
    inside: Context, reader: int, born: int, comment: int
) -> None:
    with inside:
        address = reply_address(reader, born, comment)
        assert re.fullmatch(r"[a-z0-9.+-]{1,64}@mail\.example", address)
        tag = tag_of(address.swapcase())
        assert isinstance(tag, ReplyTag)
        assert (tag.reader_id, tag.comment_id) == (reader, comment)
        assert tag.is_for(born)
        assert not tag.is_for(born + 1)
        assert not ReplyTag(reader + 1, comment, tag.mac).is_for(born)
        assert not ReplyTag(reader, comment + 1, tag.mac).is_for(born)


@AGAIN
@given(message=IDS, other=IDS)
def test_a_bounce_address_is_for_that_mail_to_that_recipient(
    inside: Context, message: int, other: int
) -> None:
    with inside:
        tag = tag_of(bounce_address(message, "ada@example.test"))
        assert isinstance(tag, BounceTag)
        assert tag.is_for("ada@example.test")
        assert not tag.is_for("ben@example.test")
        assert BounceTag(other, tag.mac).is_for("ada@example.test") == (other == message)


@AGAIN
@given(data=st.data())
def test_an_address_with_one_character_changed_is_not_ours(inside: Context, data: st.DataObject) -> None:
    with inside:
        address = reply_address(7, 1_700_000_000, 99)
        place = data.draw(st.integers(0, len(address) - 1))
        letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789.+-@"))
        changed = f"{address[:place]}{letter}{address[place + 1 :]}"
        tag = tag_of(changed)
        assert changed == address or not (isinstance(tag, ReplyTag) and tag.is_for(1_700_000_000))


@AGAIN
@given(address=st.text(max_size=80) | st.from_regex(r"board\+[br][0-9.]{0,12}-[a-z2-7]{16}@mail\.example"))
def test_nobody_makes_one_up(inside: Context, address: str) -> None:
    with inside:
        tag = tag_of(address)
        if isinstance(tag, BounceTag):
            assert not tag.is_for("ada@example.test")
        if isinstance(tag, ReplyTag):
            assert not tag.is_for(1_700_000_000)


@pytest.mark.parametrize(
    "address",
    [
        "board@mail.example",
        "board+b1@mail.example",
        "mod+b1-{mac}@mail.example",
        "board+b1-{mac}@other.example",
    ],
)
def test_an_address_of_another_shape_says_nothing(inside: Context, address: str) -> None:
    with inside:
        mac = bounce_address(1, "ada@example.test").partition("-")[2].partition("@")[0]
        assert tag_of(f"board+b1-{mac}@mail.example") == BounceTag(1, mac)
        assert tag_of(address.format(mac=mac)) is None


def test_a_bounce_address_answers_nothing_and_a_reply_address_bounces_nothing(inside: Context) -> None:
    with inside:
        mac = reply_address(1, 2, 3).partition("-")[2].partition("@")[0]
        assert not BounceTag(1, mac).is_for("2 3")


def test_addresses_made_with_a_former_secret_stay_good(make_app: Callable[..., Flask]) -> None:
    with make_app(**INBOX).app_context():
        former = envelopes.current_app.config["BOARD"].secret
        address = reply_address(1, 2, 3)
    changed = make_app(**INBOX, BOARD_SECRET="n" * 64, BOARD_SECRET_FALLBACKS=former)
    with changed.app_context():
        tag = tag_of(address)
        assert isinstance(tag, ReplyTag)
        assert tag.is_for(2)
        assert reply_address(1, 2, 3) != address
    with make_app(**INBOX, BOARD_SECRET="n" * 64).app_context():
        assert not tag.is_for(2)
