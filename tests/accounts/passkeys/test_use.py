"""Passkeys: what a device must say, and what is not believed. The browser's part is in `test_browser`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from board.accounts import passkey_protocol as protocol
from board.accounts.models import Account, Passkey, RecoveryCode
from board.foundation import clock
from tests.accounts.device import Device
from tests.accounts.doors import press, sign_in, time_passes
from tests.accounts.passkeys.keys import ADD, add, challenge, enter, is_in
from tests.support.applications import PUBLIC_URL, client_of
from tests.support.makers import Makers
from tests.support.pages import form_values, words


def test_a_key_is_added_under_a_name_and_brings_recovery_codes(
    client: FlaskClient, session: Session, account: Account
) -> None:
    sign_in(client, account)
    answer = add(client, Device("https://board.test"), "  My \u200b phone ")
    assert "Your recovery codes" in words(answer)
    [key] = session.scalars(select(Passkey))
    assert (key.account_id, key.name, key.sign_count) == (account.id, "My phone", 0)
    assert len(session.scalars(select(RecoveryCode)).all()) == 10
    assert "My phone" in words(client.get("/account"))
    assert add(client, Device("https://board.test"), "My key").status_code == 303
    assert len(session.scalars(select(RecoveryCode)).all()) == 10


def test_a_device_that_has_a_key_is_told_not_to_make_another(client: FlaskClient, device: Device) -> None:
    options = client.get("/account/passkeys/challenge").get_json()["options"]
    assert [one["id"] for one in options["excludeCredentials"]] == [json.loads(device.get(options))["id"]]
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["rp"]["id"] == "board.test"


def test_the_key_alone_signs_in(other: FlaskClient, device: Device) -> None:
    answer = enter(other, device, then="/desk/mail")
    assert (answer.status_code, answer.location) == (303, "/desk/mail")
    assert is_in(other)


def test_with_a_passkey_the_password_alone_opens_nothing(
    other: FlaskClient, account: Account, device: Device
) -> None:
    answer = sign_in(other, account)
    assert answer.location == "/sign-in/second"
    page = other.get("/sign-in/second")
    assert "Sign in with a passkey" in words(page)
    assert "Code from your app" not in words(page)
    assert enter(other, device).status_code == 303
    assert is_in(other)


def test_nobody_adds_a_key_with_the_challenge_of_another(
    client: FlaskClient, other: FlaskClient, session: Session, makers: Makers, account: Account
) -> None:
    sign_in(client, account)
    sign_in(other, makers.account())
    asked = other.get("/account/passkeys/challenge").get_json()
    device = Device("https://board.test")
    _, values = form_values(client.get("/account"), "/sign-out")
    data = {"name": "x", "passkey": device.create(asked["options"]), "challenge": asked["challenge"]}
    answer = client.post(ADD, data={**values, **data})
    assert answer.status_code == 422
    assert session.scalars(select(Passkey)).all() == []


def test_one_key_belongs_to_one_account(
    client: FlaskClient, other: FlaskClient, session: Session, makers: Makers, device: Device
) -> None:
    sign_in(other, makers.account())
    assert add(other, device).status_code == 422
    assert add(client, device).status_code == 422
    assert len(session.scalars(select(Passkey)).all()) == 1


def test_a_device_that_did_not_check_its_person_is_not_added(client: FlaskClient, account: Account) -> None:
    sign_in(client, account)
    assert add(client, Device("https://board.test", verifies=False)).status_code == 422
    assert add(client, Device("https://evil.test")).status_code == 422


def test_a_removed_key_opens_nothing(
    client: FlaskClient, other: FlaskClient, session: Session, device: Device
) -> None:
    assert press(client, "/account", "/remove").status_code == 303
    assert session.scalars(select(RecoveryCode)).all() == [], "they stood in for it"
    enter(other, device)
    assert not is_in(other)


def test_nobody_removes_anothers_key(
    other: FlaskClient, session: Session, makers: Makers, device: Device
) -> None:
    sign_in(other, makers.account())
    key = session.scalars(select(Passkey.id)).one()
    _, values = form_values(other.get("/account"), "/sign-out")
    assert other.post(f"/account/passkeys/{key}/remove", data=values).status_code == 404
    assert other.post(f"/account/passkeys/{'9' * 30}/remove", data=values).status_code == 404
    assert session.scalars(select(Passkey)).all() != []


def test_whoever_is_disabled_does_not_get_in_by_a_key(
    other: FlaskClient, session: Session, account: Account, device: Device
) -> None:
    account.disabled_at = clock.now()
    session.commit()
    enter(other, device)
    assert not is_in(other)


def test_a_key_proves_again_who_one_is(
    client: FlaskClient, session: Session, makers: Makers, device: Device
) -> None:
    time_passes(session, hours=1)
    asked_page = client.get("/account/authenticator")
    assert "Use a passkey" in words(asked_page)
    _, values = form_values(asked_page, "/account/prove")
    asked = challenge(client)
    data = {"proof_passkey": device.get(asked["options"]), "proof_challenge": asked["challenge"]}
    answer = client.post("/account/prove", data={**values, **data})
    assert (answer.status_code, answer.location) == (303, "/account/authenticator")


def test_the_key_of_somebody_else_proves_nothing(
    client: FlaskClient, other: FlaskClient, session: Session, makers: Makers, device: Device
) -> None:
    sign_in(other, makers.account())
    time_passes(session, hours=1)
    _, values = form_values(other.get("/account/authenticator"), "/account/prove")
    asked = challenge(other)
    data = {"proof_passkey": device.get(asked["options"]), "proof_challenge": asked["challenge"]}
    assert other.post("/account/prove", data={**values, **data}).status_code == 422


def test_a_board_without_a_name_or_https_offers_no_passkeys(
    make_app: Callable[..., Flask], makers: Makers
) -> None:
    def offers(address: str) -> bool:
        with make_app(BOARD_PUBLIC_URL=address).app_context():
            return protocol.are_possible()

    addresses = ["http://127.0.0.1:8000", "https://192.0.2.1", "https://[2001:db8::1]", PUBLIC_URL]
    assert [offers(one) for one in addresses] == [False] * 4
    assert [offers(one) for one in ("https://board.test", "http://localhost:8000", "http://a.localhost")] == [
        True
    ] * 3
    client = client_of(make_app())
    assert "passkey" not in words(client.get("/sign-in"))
    sign_in(client, makers.account())
    assert "reached by a name" in words(client.get("/account"))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=10,
)
PARTS = ["id", "rawId", "type", "response", "clientDataJSON", "attestationObject", "authenticatorData"]


@st.composite
def damage(draw: st.DrawFn) -> Callable[[str], str]:
    """One part replaced by anything, or by other bytes, or some characters of the whole cut out."""
    part, value = draw(st.sampled_from(PARTS)), draw(ANYTHING)
    at, put = draw(st.integers(0, 300)), draw(st.binary(max_size=5))
    way = draw(st.sampled_from(["replace", "patch", "cut", "other"]))

    def damaged(answer: str) -> str:
        said = json.loads(answer)
        place = said if part in said else said["response"]
        if way == "replace":
            place[part] = value
        elif way == "patch" and isinstance(place.get(part), str):
            former = base64url_to_bytes(place[part])
            place[part] = bytes_to_base64url(former[:at] + put + former[at + len(put) :])
        elif way == "cut":
            return answer[:at] + answer[at + 1 + len(put) :]
        return json.dumps(value if way == "other" else said)

    return damaged


@pytest.mark.databases("sqlite")
@settings(max_examples=400, deadline=None)
@given(damage())
def test_no_answer_breaks_the_board(shared_app: Flask, damaged: Callable[[str], str]) -> None:
    """Whatever a program sends in a device's place is refused, unless nothing in it matters."""
    device = Device("http://board.test")
    with shared_app.app_context():
        asked = protocol.new_challenge(now=clock.now(), handle=protocol.new_handle())
        made = device.create(protocol.creation_options(asked, email="a@b.test", name="a", present=[]))
        public_key = bytes_to_base64url(protocol.created(made, asked).credential_public_key)
        used = device.get(protocol.request_options(asked))
        with contextlib.suppress(protocol.PasskeyRefused):
            protocol.created(damaged(made), asked)
        with contextlib.suppress(protocol.PasskeyRefused):
            answer = protocol.parsed(damaged(used))
            protocol.proven(answer, asked, public_key=public_key, sign_count=0)
