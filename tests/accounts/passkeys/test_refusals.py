"""What is not believed of a passkey, however it comes."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts import passkey_protocol as protocol
from board.accounts.models import Passkey
from board.foundation import clock
from tests.accounts.device import Device
from tests.accounts.doors import press, session_id
from tests.accounts.passkeys.keys import ENTER, challenge, enter, is_in
from tests.support.pages import form_values, words


def test_the_same_answer_opens_nothing_twice(client: FlaskClient, other: FlaskClient, device: Device) -> None:
    """Not even where the device does not count: many do not."""
    device.counts = False
    asked = challenge(other)
    device.signatures = 5
    answer = device.get(asked["options"])
    data = {"passkey": answer, "challenge": asked["challenge"]}
    _, values = form_values(other.get("/sign-in"), "/sign-in")
    assert other.post(ENTER, data={**values, **data}).status_code == 303
    assert is_in(other)
    press(other, "/account", "/sign-out")
    _, values = form_values(other.get("/sign-in"), "/sign-in")
    again = other.post(ENTER, data={**values, **data})
    assert again.location == "/sign-in"
    assert not is_in(other)


def test_an_older_challenge_opens_nothing_after_a_younger_one(other: FlaskClient, device: Device) -> None:
    older, younger = challenge(other), challenge(other)
    device.counts = False
    enter(other, device, younger)
    assert is_in(other)
    press(other, "/account", "/sign-out")
    enter(other, device, older)
    assert not is_in(other)


def test_a_key_that_counts_backwards_was_copied(other: FlaskClient, session: Session, device: Device) -> None:
    enter(other, device)
    assert session.scalars(select(Passkey.sign_count)).one() == 1
    press(other, "/account", "/sign-out")
    device.signatures = 0
    enter(other, device)
    assert not is_in(other)


@pytest.mark.parametrize(
    "what", ["origin", "host", "verification", "challenge", "signature", "handle", "key"]
)
def test_what_is_not_as_it_should_be_is_refused(other: FlaskClient, device: Device, what: str) -> None:
    asked = challenge(other)
    match what:
        case "origin":
            device.origin = "https://board.test:8443"
        case "host":
            device.origin = "https://evil.test"
        case "verification":
            device.verifies = False
        case "challenge":
            asked["options"]["challenge"] = challenge(other)["options"]["challenge"]
        case "handle":
            device.handle = b"somebody else"
        case "signature":
            device._key = Device("x")._key
        case "key":
            device.id = b"unknown"
    answer = enter(other, device, asked)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "did not open an account" in words(other.get("/sign-in"))
    assert not is_in(other)
    assert session_id(other, "__Host-board") is None


@pytest.mark.parametrize("answer", ["", "x", "[" * 20_000, '{"id": "\\u0000\\ud800"}', "null", "é" * 9000])
def test_a_made_up_answer_is_refused(other: FlaskClient, device: Device, answer: str) -> None:
    enter(other, device, passkey=answer)
    assert not is_in(other)


@pytest.mark.parametrize("token", ["", "x", "é", "x" * 5000])
def test_a_made_up_challenge_is_refused(other: FlaskClient, device: Device, token: str) -> None:
    enter(other, device, challenge=token)
    assert not is_in(other)


def test_a_challenge_for_making_a_key_proves_nothing(
    client: FlaskClient, other: FlaskClient, device: Device
) -> None:
    enter(other, device, client.get("/account/passkeys/challenge").get_json())
    assert not is_in(other)


def test_a_late_answer_is_refused(here: Flask, device: Device) -> None:
    with here.app_context():
        asked = protocol.new_challenge(now=clock.now())
        protocol.challenge_read(asked.token, now=clock.now())
        with pytest.raises(protocol.PasskeyRefused):
            protocol.challenge_read(asked.token, now=clock.now() + 1.2 * protocol.CHALLENGE_LIFE)
