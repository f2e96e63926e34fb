"""A board under https, an account, two browsers, and a device whose key the account has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.accounts.models import Account
from tests.accounts.device import Device
from tests.accounts.doors import sign_in
from tests.accounts.passkeys.keys import add
from tests.support.applications import client_of
from tests.support.makers import Makers


@pytest.fixture
def account(makers: Makers) -> Account:
    return makers.account()


@pytest.fixture
def here(make_app: Callable[..., Flask]) -> Flask:
    return make_app(BOARD_PUBLIC_URL="https://board.test")


@pytest.fixture
def client(here: Flask) -> FlaskClient:
    client = client_of(here)
    client.environ_base["HTTP_REFERER"] = "https://board.test/sign-in"
    return client


@pytest.fixture
def other(here: Flask) -> FlaskClient:
    client = client_of(here)
    client.environ_base["HTTP_REFERER"] = "https://board.test/sign-in"
    return client


@pytest.fixture
def device(client: FlaskClient, account: Account) -> Device:
    """A device whose key the account has."""
    device = Device("https://board.test")
    sign_in(client, account)
    assert add(client, device).status_code == 200
    return device
