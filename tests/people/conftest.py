"""An owner of the whole board, and a browser in which they are signed in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.accounts.models import Account
from tests.moderation.desk import signed_in
from tests.support.makers import Makers


@pytest.fixture
def owner(makers: Makers) -> Account:
    return makers.account(name="Mia", email="mia@example.test")


@pytest.fixture
def desk(app: Flask, owner: Account) -> FlaskClient:
    return signed_in(app, owner)
