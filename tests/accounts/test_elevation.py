"""Asking again who one is before something dangerous."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.elevation import FRESH
from board.accounts.models import Authenticator, Invitation, StaffSession
from board.accounts.throttling import FREE_TRIES
from tests.accounts.doors import press, session_id, sign_in, time_passes, with_app
from tests.support.makers import PASSWORD, Makers
from tests.support.pages import fill_and_send, form_values, words

INVITE = "/desk/people/invite"
EVA = {"email": "eva@example.test", "role": "author", "site": "all"}


def test_within_ten_minutes_nobody_is_asked(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account())
    time_passes(session, seconds=FRESH.total_seconds() - 30)
    assert press(client, "/desk/people", INVITE, **EVA).status_code == 303


def test_later_the_proof_is_asked_for_and_what_was_typed_is_not_lost(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    time_passes(session, seconds=FRESH.total_seconds() + 1)
    asked = press(client, "/desk/people", INVITE, **EVA)
    assert asked.status_code == 403
    assert "Is it still you?" in words(asked)
    assert session.scalars(select(Invitation)).all() == []
    action, values = form_values(asked, INVITE)
    wrong = client.post(action, data={**values, "proof_password": "not my password"})
    assert wrong.status_code == 422
    action, values = form_values(wrong, INVITE)
    assert "not my password" not in values.values()
    answer = client.post(action, data={**values, "proof_password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/desk/people")
    [invitation] = session.scalars(select(Invitation))
    assert (invitation.email, invitation.role) == ("eva@example.test", "author")


def test_the_proof_gives_the_session_a_new_id_and_holds_for_ten_minutes(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    time_passes(session, hours=1)
    before = session_id(client)
    asked = press(client, "/desk/people", INVITE, **EVA)
    action, values = form_values(asked, INVITE)
    client.post(action, data={**values, "proof_password": PASSWORD})
    after = session_id(client)
    assert before != after
    assert len(session.scalars(select(StaffSession)).all()) == 1
    assert press(client, "/desk/people", INVITE, **{**EVA, "email": "b@example.test"}).status_code == 303
    assert before is not None
    client.set_cookie("board", before, domain="board.test")
    assert client.get("/account").status_code == 303


def test_a_page_that_is_only_read_is_led_to_after_the_proof(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    sign_in(client, makers.account())
    time_passes(session, hours=1)
    asked = client.get("/account/authenticator")
    assert asked.status_code == 403
    action, values = form_values(asked, "/account/prove")
    refused = client.post(action, data={**values, "proof_password": "no"})
    assert refused.status_code == 422
    action, values = form_values(refused, "/account/prove")
    answer = client.post(action, data={**values, "proof_password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/account/authenticator")
    assert client.get(answer.location).status_code == 200


def test_the_proof_leads_to_no_other_host(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account())
    time_passes(session, hours=1)
    action, values = form_values(client.get("/account/authenticator"), "/account/prove")
    answer = client.post(action, data={**values, "then": "//evil.test", "proof_password": PASSWORD})
    assert answer.location == "/account"


@pytest.mark.parametrize(
    "path",
    [
        "/account/authenticator",
        "/account/authenticator/remove",
        "/account/recovery-codes",
        "/account/passkeys",
        "/account/passkeys/1/remove",
        "/desk/people/invite",
        "/desk/people/invitations/1/again",
        "/desk/people/invitations/1/withdraw",
        "/desk/people/1/roles",
        "/desk/people/memberships/1",
        "/desk/people/memberships/1/remove",
        "/desk/people/1/disable",
        "/desk/people/1/enable",
    ],
)
def test_every_dangerous_act_asks(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, path: str
) -> None:
    sign_in(client, makers.account())
    time_passes(session, hours=1)
    _, values = form_values(client.get("/account"), "/sign-out")
    answer = client.post(path, data={**values, "role": "owner"})
    assert (answer.status_code, "Is it still you?" in words(answer)) == (403, True)


def test_trying_passwords_here_is_slowed_down_as_at_the_door(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    sign_in(client, account)
    time_passes(session, hours=1)
    for _ in range(FREE_TRIES + 1):
        press(client, "/account/authenticator", "/account/prove", proof_password="not my password")
    session.refresh(account)
    assert account.failed_tries == FREE_TRIES + 1
    late = press(client, "/account/authenticator", "/account/prove", proof_password=PASSWORD)
    assert late.status_code == 422


def test_one_network_may_not_try_for_ever(client: FlaskClient, session: Session, makers: Makers) -> None:
    sign_in(client, makers.account())
    time_passes(session, hours=1)
    action, values = form_values(client.get("/account/authenticator"), "/account/prove")
    statuses = [client.post(action, data={**values, "proof_passkey": "x"}).status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_removing_the_app_is_carried_out_after_the_proof(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    account = makers.account()
    sign_in(client, account)
    with_app(app, account)
    time_passes(session, hours=1)
    asked = press(client, "/account", "/account/authenticator/remove")
    assert session.scalars(select(Authenticator)).all() != []
    action, values = form_values(asked, "/account/authenticator/remove")
    assert client.post(action, data={**values, "proof_password": PASSWORD}).status_code == 303
    assert session.scalars(select(Authenticator)).all() == []


def test_a_password_change_asks_for_the_present_one_always(client: FlaskClient, makers: Makers) -> None:
    sign_in(client, makers.account())
    answer = fill_and_send(client, "/account", "/account/password", password="plum kettle orbit")
    assert answer.status_code == 422
    assert "present password" in words(answer)
