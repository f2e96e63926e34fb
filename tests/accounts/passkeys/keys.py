"""What a page's script does with a passkey."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.device import Device
from tests.support.pages import form_values

ADD, ENTER = "/account/passkeys", "/sign-in/passkey"


def add(client: FlaskClient, device: Device, name: str = "My phone", **said: str) -> TestResponse:
    """Add the device's key to the account that is signed in, as the script of the page does."""
    asked = client.get("/account/passkeys/challenge").get_json()
    _, values = form_values(client.get("/account"), "/sign-out")
    data = {"name": name, "passkey": device.create(asked["options"]), "challenge": asked["challenge"], **said}
    return client.post(ADD, data={**values, **data})


def challenge(client: FlaskClient) -> Any:
    return client.get("/sign-in/challenge").get_json()


def enter(client: FlaskClient, device: Device, asked: Any = None, **said: str) -> TestResponse:
    """Sign in with the device alone."""
    asked = asked or challenge(client)
    _, values = form_values(client.get("/sign-in"), "/sign-in")
    data = {"passkey": device.get(asked["options"]), "challenge": asked["challenge"], **said}
    return client.post(ENTER, data={**values, **data})


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200
