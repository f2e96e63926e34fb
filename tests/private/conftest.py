"""A board whose mail arrives at the tests' server, and where nobody is too quick."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.applications import client_of
from tests.support.smtp import SmtpServer


@pytest.fixture
def app(make_app: Callable[..., Flask], smtp: SmtpServer) -> Flask:
    return make_app(**smtp.environ, BOARD_NOTICE_DELAY_SECONDS="0", BOARD_COMMENT_RATE="1000 per minute")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return client_of(app)
