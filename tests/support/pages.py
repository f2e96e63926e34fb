"""Reading our own pages as a reader's browser would: forms with all they hold, text, links."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse


def tree(response: TestResponse) -> Any:
    return html.fromstring(response.get_data(as_text=True))


def words(response: TestResponse) -> str:
    """What a person reads on the page, white space folded."""
    return " ".join(tree(response).text_content().split())


def form_values(response: TestResponse, action_part: str) -> tuple[str, dict[str, str]]:
    """The address and present values of the form whose action is `action_part`, else of the first that holds it."""
    forms = [form for form in tree(response).forms if action_part in (form.action or "")]
    for form in sorted(forms, key=lambda one: one.action != action_part):
        return form.action, dict(form.form_values())
    raise AssertionError(f"no form to {action_part!r} on the page")


def fill_and_send(client: FlaskClient, page: str, action_part: str, **typed: str) -> TestResponse:
    """Open `page`, fill the form as a person would, send it. Hidden fields go along as they are."""
    action, values = form_values(client.get(page), action_part)
    return client.post(action, data={**values, **typed})
