"""Every route says who may use it, and strangers are refused where they should be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from board.extensions import csrf
from board.foundation.permissions import PERMISSIONS, Action, Proof
from tests.support.makers import Makers

READING = {"GET", "HEAD", "OPTIONS"}


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def action_of(app: Flask, rule: Rule) -> Action:
    return app.view_functions[rule.endpoint].action  # type: ignore[attr-defined]


def address(rule: Rule) -> str:
    built = rule.build({name: value(one) for name, one in rule._converters.items()}, append_unknown=False)
    assert built is not None
    return str(built[1])


def value(converter: BaseConverter) -> str:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return "1" if isinstance(converter, IntegerConverter) else "x"


def test_every_route_names_the_action_it_is(app: Flask) -> None:
    for rule, _ in routes(app):
        assert isinstance(getattr(app.view_functions[rule.endpoint], "action", None), Action), rule.endpoint


def test_every_action_is_in_the_table_and_used(app: Flask) -> None:
    assert set(PERMISSIONS) == set(Action)
    assert {action_of(app, rule) for rule, _ in routes(app)} == set(Action)


def test_only_public_forms_go_without_the_sessions_token(app: Flask) -> None:
    """Flask-WTF guards whatever is not exempted; what is exempted carries a proof of its own."""
    for rule, method in routes(app):
        if method in READING:
            continue
        view, room = app.view_functions[rule.endpoint], app.blueprints[rule.endpoint.partition(".")[0]]
        exempt = room in csrf._exempt_blueprints or f"{view.__module__}.{view.__name__}" in csrf._exempt_views
        proof = PERMISSIONS[action_of(app, rule)].proof
        assert exempt == (proof is not Proof.SESSION), f"{rule.endpoint} and {proof}"


def test_a_stranger_is_led_to_sign_in_or_told_nothing(app: Flask, client: FlaskClient) -> None:
    for rule, method in routes(app):
        if not PERMISSIONS[action_of(app, rule)].roles:
            continue
        answer = client.open(address(rule), method=method, buffered=True)
        if method in READING:
            assert answer.status_code == 303, rule.endpoint
            assert answer.location.startswith("/sign-in?then="), rule.endpoint
        else:
            assert answer.status_code in {400, 404}, rule.endpoint


def test_no_change_is_accepted_from_another_page(app: Flask, bare_client: FlaskClient) -> None:
    for rule, method in routes(app):
        if method in READING or PERMISSIONS[action_of(app, rule)].proof is Proof.MAIL_PROGRAM:
            continue
        answer = bare_client.open(address(rule), method=method, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code in {400, 403}, f"{rule.endpoint}: {answer.status_code}"


def test_no_change_is_accepted_without_a_token(app: Flask, client: FlaskClient, makers: Makers) -> None:
    makers.comment()
    for rule, method in routes(app):
        if method not in READING:
            answer = client.open(address(rule), method=method, data={"name": "x", "source": "x"})
            assert 400 <= answer.status_code < 500, f"{rule.endpoint}: {answer.status_code}"


@pytest.mark.parametrize(
    "value", ["%00", "%ED%A0%80", "%FF", "..%2f..%2fetc%2fpasswd", "9" * 400, "'", "{{7*7}}"]
)
def test_no_address_breaks_the_board(app: Flask, client: FlaskClient, value: str) -> None:
    """Whatever stands in an address, the answer is an ordinary one."""
    for rule, method in itertools.islice(routes(app), 200):
        path = rule.rule
        for name in rule.arguments:
            start = path.index("<")
            end = path.index(">", start)
            path = path[:start] + value + path[end + 1 :]
            assert name
        answer = client.open(
            path,
            method=method,
            buffered=True,
            query_string=f"url={value}&key={value}&from={value}&then={value}&view={value}",
        )
        assert answer.status_code < 500, f"{method} {path}"


def test_every_answer_carries_the_headers_that_keep_it_safe(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    makers.comment()
    for rule, method in routes(app):
        answer = client.open(address(rule), method=method, buffered=True)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, rule.endpoint
        assert "unsafe" not in policy, rule.endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in answer.headers
        assert "Cache-Control" in answer.headers
        if not rule.endpoint.startswith("embed."):
            assert "frame-ancestors 'none'" in policy, rule.endpoint
        if PERMISSIONS[action_of(app, rule)].roles:
            assert answer.headers["Cache-Control"] == "no-store", rule.endpoint
            assert answer.headers["X-Frame-Options"] == "DENY"
