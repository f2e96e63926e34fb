"""Owners see what became of mail, and nobody sees another site's."""

from __future__ import annotations

import email
import email.policy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation import clock
from board.foundation.permissions import Role
from board.mail.models import Attempt, OutboxMessage, OutboxState
from board.mail.queries import MESSAGES_PER_PAGE
from tests.mail.letters import letter, write_down
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, words


def message_of(session: Session, number: int = 1) -> OutboxMessage:
    query = select(OutboxMessage).where(OutboxMessage.dedupe_key == f"test:{number}")
    return session.scalars(query).one()


def put(session: Session, number: int, state: OutboxState, detail: str = "") -> int:
    """Bring a message into a state, with one attempt that ended so; its id."""
    message = message_of(session, number)
    message.state = state.value
    outcome = state.value if state is not OutboxState.QUEUED else "retry"
    session.add(Attempt(message_id=message.id, at=clock.now(), outcome=outcome, detail=detail))
    session.commit()
    return message.id


def test_an_owner_sees_mail_by_state_with_what_was_said(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter(1), letter(2))
    put(session, 1, OutboxState.FAILED, "550 5.1.1 No such mailbox")
    client = signed_in(app, makers.account())
    waiting, failed = words(client.get("/desk/mail")), words(client.get("/desk/mail?view=failed"))
    assert "reader2@example.test" in waiting
    assert "reader1@example.test" not in waiting
    assert "550 5.1.1 No such mailbox" in failed
    assert "reader2@example.test" not in failed
    assert "into this folder" in waiting


@pytest.mark.parametrize("view", ["waiting", "sent", "failed", "cancelled", "nonsense"])
def test_an_empty_view_says_so(app: Flask, makers: Makers, view: str) -> None:
    client = signed_in(app, makers.account())
    assert client.get(f"/desk/mail?view={view}&before=x").status_code == 200


def test_older_mail_is_one_page_further(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, *(letter(number) for number in range(MESSAGES_PER_PAGE + 1)))
    client = signed_in(app, makers.account())
    first = words(client.get("/desk/mail"))
    assert "Older mail" in first
    assert "reader0@example.test" not in first
    oldest_shown = message_of(session, 1).id
    assert "reader0@example.test" in words(client.get(f"/desk/mail?before={oldest_shown}"))


def test_a_failed_mail_can_be_tried_again(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter())
    number = put(session, 1, OutboxState.FAILED, "550 no")
    client = signed_in(app, makers.account())
    answer = fill_and_send(client, f"/desk/mail/{number}", "/retry")
    assert answer.status_code == 303
    assert message_of(session).state == OutboxState.QUEUED
    assert "will be tried again" in words(client.get(answer.location))


def test_a_mail_that_was_sent_cannot_be_sent_again(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter())
    client = signed_in(app, makers.account())
    number = message_of(session).id
    page = f"/desk/mail/{number}"
    assert "Try again now" in words(client.get(page))
    from_before = client.get(page)
    put(session, 1, OutboxState.SENT)
    assert "Try again now" not in words(client.get(page))
    _, values = form_values(from_before, "/retry")
    assert client.post(f"{page}/retry", data=values).status_code == 409
    assert message_of(session).state == OutboxState.SENT


def test_the_html_part_is_shown_in_the_file_only(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter())
    client = signed_in(app, makers.account())
    number = message_of(session).id
    page = client.get(f"/desk/mail/{number}").get_data(as_text=True)
    assert "<pre" in page
    assert "<p>I count to ten.</p>" not in page
    answer = client.get(f"/desk/mail/{number}/file")
    assert answer.mimetype == "message/rfc822"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=mail-{number}.eml"
    mail: Any = email.message_from_bytes(answer.get_data(), policy=email.policy.SMTP)
    assert mail["To"] == "reader1@example.test"


def test_the_owner_of_one_site_sees_that_sites_mail_alone(
    app: Flask, session: Session, makers: Makers
) -> None:
    own, other = makers.site(), makers.site()
    write_down(app, letter(1, site_id=own.id), letter(2, site_id=other.id), letter(3))
    client = signed_in(app, makers.account(Role.OWNER, own))
    listed = words(client.get("/desk/mail"))
    assert "reader1@example.test" in listed
    assert "reader2@example.test" not in listed
    assert "reader3@example.test" not in listed
    assert client.get(f"/desk/mail/{message_of(session, 1).id}").status_code == 200
    _, token = form_values(client.get(f"/desk/mail/{message_of(session, 1).id}"), "/retry")
    for number in (2, 3):
        path = f"/desk/mail/{message_of(session, number).id}"
        assert client.get(path).status_code == client.get(f"{path}/file").status_code == 404
        assert client.post(f"{path}/retry", data=token).status_code == 404


def test_moderators_see_no_mail(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter())
    client = signed_in(app, makers.account(Role.MODERATOR))
    assert client.get("/desk/mail").status_code == 404
    assert client.get(f"/desk/mail/{message_of(session).id}").status_code == 404
    assert 'href="/desk/mail"' not in client.get("/desk").get_data(as_text=True)


@pytest.mark.parametrize("number", ["0", "2147483648", "9" * 40])
def test_a_mail_that_does_not_exist_is_not_found(app: Flask, makers: Makers, number: str) -> None:
    client = signed_in(app, makers.account())
    assert client.get(f"/desk/mail/{number}").status_code == 404
