"""Going in and out as staff do, through the front door."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from board.accounts.models import Account
from tests.support.makers import PASSWORD
from tests.support.pages import fill_and_send, form_values


def sign_in(
    client: FlaskClient, account: Account, password: str = PASSWORD, page: str = "/sign-in", **typed: str
) -> TestResponse:
    return fill_and_send(client, page, "/sign-in", **{"email": account.email, "password": password, **typed})


def press(client: FlaskClient, page: str, action_part: str, **typed: str) -> TestResponse:
    """Press the button of a form on a page that one must be signed in for."""
    action, values = form_values(client.get(page), action_part)
    return client.post(action, data={**values, **typed})


def session_id(client: FlaskClient, name: str = "board") -> str | None:
    cookie = client.get_cookie(name, domain="board.test")
    return cookie.value if cookie else None
