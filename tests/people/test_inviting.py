"""Inviting somebody by mail, asking again, and thinking better of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.accounts.invitations import LIFE
from board.accounts.models import Invitation
from board.foundation import clock
from board.foundation.permissions import Role
from board.mail.models import OutboxMessage
from tests.mail.letters import work
from tests.moderation.desk import signed_in
from tests.people.owning import EVA, PAGE, deeds, invite, mailed_link, send
from tests.support.makers import Makers
from tests.support.pages import words
from tests.support.smtp import SmtpServer


def test_an_invitation_goes_through_the_outbox_to_its_address(
    make_app: Callable[..., Flask], session: Session, makers: Makers, smtp: SmtpServer
) -> None:
    app = make_app(**smtp.environ)
    site, account = makers.site(name="Quiet things"), makers.account(name="Mia")
    site_id = site.id
    client = signed_in(app, account)
    answer = invite(client, f" {EVA.upper()} ", "author", str(site_id))
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert smtp.messages == [], "nothing is sent while somebody waits for a page"
    work(app)
    [mail] = smtp.messages_to(EVA)
    assert mail["Subject"] == "You are invited to help with Quiet things"
    assert "Mia invites you to look after the discussions of Quiet things." in mail.text
    assert "You would be an author" in mail.text
    assert "3 days" in mail.text
    assert f"http://board.test{mailed_link(session)}" in mail.text
    assert mailed_link(session) in mail.html
    page = words(client.get(PAGE))
    assert EVA in page
    assert "Author of Quiet things" in page


def test_only_the_digest_of_the_link_is_kept_and_ends_after_three_days(
    desk: FlaskClient, session: Session
) -> None:
    invite(desk)
    [row] = session.scalars(select(Invitation))
    token = mailed_link(session).rpartition("/")[2]
    assert token not in str(vars(row))
    assert len(token) >= 22, "128 random bits"
    assert timedelta(0) < row.expires_at - clock.now() <= LIFE == timedelta(hours=72)
    assert (row.inviter_name, row.email, row.role, row.site_id) == ("Mia", EVA, "moderator", None)


def test_asked_again_the_former_link_opens_nothing(
    app: Flask, desk: FlaskClient, client: FlaskClient, session: Session
) -> None:
    invite(desk)
    first = mailed_link(session)
    [row] = session.scalars(select(Invitation.id))
    assert "is on its way again" in words(send_again(desk, row))
    second = mailed_link(session)
    assert [client.get(link).status_code for link in (first, second)] == [410, 200]
    waiting = select(OutboxMessage.text).where(
        OutboxMessage.state == "queued", OutboxMessage.recipient == EVA
    )
    assert [first in text for text in session.scalars(waiting)] == [False], (
        "the former mail is not sent any more"
    )


def send_again(desk: FlaskClient, invitation_id: int) -> object:
    return desk.get(send(desk, f"{PAGE}/invitations/{invitation_id}/again").location)


def test_one_that_ended_can_be_sent_again(desk: FlaskClient, client: FlaskClient, session: Session) -> None:
    invite(desk)
    session.execute(update(Invitation).values(expires_at=clock.now() - timedelta(days=2)))
    assert client.get(mailed_link(session)).status_code == 410
    assert "ended" in words(desk.get(PAGE))
    send_again(desk, session.scalars(select(Invitation.id)).one())
    assert client.get(mailed_link(session)).status_code == 200


def test_inviting_somebody_twice_changes_the_first_invitation(desk: FlaskClient, session: Session) -> None:
    invite(desk, role="author")
    invite(desk, role="owner")
    [row] = session.scalars(select(Invitation))
    assert row.role == "owner"


def test_a_withdrawn_invitation_opens_nothing_and_is_not_mailed(
    make_app: Callable[..., Flask], session: Session, makers: Makers, smtp: SmtpServer
) -> None:
    app = make_app(**smtp.environ)
    client = signed_in(app, makers.account(name="Mia"))
    invite(client)
    link = mailed_link(session)
    answer = send(client, f"{PAGE}/invitations/{session.scalars(select(Invitation.id)).one()}/withdraw")
    assert "The invitation is withdrawn." in words(client.get(answer.location))
    assert client.get(link).status_code == 410
    work(app)
    assert smtp.messages_to(EVA) == []
    assert EVA not in words(client.get(PAGE))


def test_a_mail_that_waited_too_long_is_not_sent_after_the_link_was_used(
    make_app: Callable[..., Flask], session: Session, makers: Makers, smtp: SmtpServer
) -> None:
    app = make_app(**smtp.environ)
    client = signed_in(app, makers.account())
    invite(client)
    session.execute(update(Invitation).values(used_at=clock.now()))
    work(app)
    assert smtp.messages_to(EVA) == []


def test_whoever_has_the_role_already_is_not_invited(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    makers.account(Role.MODERATOR, email=EVA)
    answer = invite(desk)
    assert answer.status_code == 422
    assert "has this role already" in words(answer)
    assert EVA in answer.get_data(as_text=True), "what was typed is kept"
    assert session.scalars(select(Invitation)).all() == []
    assert invite(desk, role="author").status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "eva"}, "does not look like an email address"),
        ({"email": ""}, "Where should the invitation go?"),
        ({"email": f"{EVA}\r\nBcc: x@y.test"}, "does not look like an email address"),
        ({"role": "emperor"}, "Not a valid choice"),
        ({"site": "999999"}, "Not a valid choice"),
        ({"site": "'"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    desk: FlaskClient, session: Session, typed: dict[str, str], said: str
) -> None:
    answer = invite(desk, **typed)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert session.scalars(select(Invitation)).all() == []


def test_an_owner_of_one_site_invites_to_that_one_alone(app: Flask, session: Session, makers: Makers) -> None:
    mine, other = makers.site(name="Mine"), makers.site(name="Other")
    ids = str(mine.id), str(other.id)
    client = signed_in(app, makers.account(Role.OWNER, mine))
    page = client.get(PAGE)
    assert "Other" not in words(page)
    assert "All blogs" not in words(page)
    assert [invite(client, site=site).status_code for site in ("all", ids[1], ids[0])] == [422, 422, 303]
    assert session.scalars(select(Invitation.site_id)).all() == [mine.id]


def test_a_link_from_the_command_line_is_shown_and_withdrawn_but_not_mailed(
    desk: FlaskClient, session: Session, run_command: Callable[..., object]
) -> None:
    run_command("staff", "invite", "--role", "author")
    assert "A link from the command line" in words(desk.get(PAGE))
    path = f"{PAGE}/invitations/{session.scalars(select(Invitation.id)).one()}"
    assert [send(desk, f"{path}/{act}").status_code for act in ("again", "withdraw")] == [404, 303]
    assert session.scalars(select(Invitation)).all() == []


def test_what_was_accepted_or_withdrawn_cannot_be_sent_or_withdrawn(
    desk: FlaskClient, session: Session
) -> None:
    desk.get(invite(desk).location)
    row = session.scalars(select(Invitation)).one()
    row.used_at = clock.now()
    path = f"{PAGE}/invitations/{row.id}"
    assert EVA not in words(desk.get(PAGE))
    for act in ("again", "withdraw"):
        assert send(desk, f"{path}/{act}").status_code == 404
    assert send(desk, f"{PAGE}/invitations/{2**40}/again").status_code == 404


def test_nobody_floods_mailboxes_with_invitations(desk: FlaskClient) -> None:
    answers = [invite(desk, f"eva{number}@example.test").status_code for number in range(31)]
    assert answers == [303] * 30 + [429]


def test_inviting_and_withdrawing_stand_in_the_log(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site()
    site_id = site.id
    invite(desk, site=str(site_id))
    send(desk, f"{PAGE}/invitations/{session.scalars(select(Invitation.id)).one()}/withdraw")
    assert deeds(session) == [
        ("Mia", "person_invited", EVA, site_id),
        ("Mia", "invitation_withdrawn", EVA, site_id),
    ]
    log = words(desk.get("/desk/log"))
    assert f"Mia invited {EVA}. Role: Moderator." in log
    assert f"Mia withdrew the invitation of {EVA}." in log
