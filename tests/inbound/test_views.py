"""Owners of all blogs see what became of incoming mail, and who gets none; nobody sees an address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.inbound.outcomes import Outcome
from board.inbound.receiving import forget_old
from board.inbound.wording import OUTCOMES, REFUSALS, SUPPRESSIONS
from board.mail.models import IncomingMail, SuppressionReason
from board.mail.suppression import is_suppressed
from tests.inbound.post import ADA, bounce, hand_over, sent_mail
from tests.moderation.desk import signed_in
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words

Run = Callable[..., Result]


def suppressed(app: Flask) -> bool:
    with app.app_context():
        return is_suppressed(ADA) is not None


def note(session: Session, number: int, outcome: Outcome, detail: str = "", days: float = 0) -> None:
    values = {"digest": f"{number:064}", "outcome": outcome.value, "detail": detail}
    session.add(IncomingMail(**values, created_at=ago(days=days)))
    session.commit()


def test_an_owner_reads_what_became_of_incoming_mail(
    reading_app: Flask, session: Session, makers: Makers
) -> None:
    note(session, 1, Outcome.COMMENT, "#12")
    note(session, 2, Outcome.NOT_TAKEN, "closed")
    page = words(signed_in(reading_app, makers.account()).get("/desk/mail/inbox"))
    assert str(OUTCOMES[Outcome.COMMENT]) in page
    assert "#12" in page
    assert str(REFUSALS["closed"]) in page
    assert "BOARD_MAIL_INBOX_ADDRESS" not in page


def test_without_a_mailbox_the_page_says_so(app: Flask, makers: Makers) -> None:
    page = words(signed_in(app, makers.account()).get("/desk/mail/inbox"))
    assert "BOARD_MAIL_INBOX_ADDRESS" in page
    assert "Nothing was read yet." in page


def test_an_owner_looks_an_address_up_and_lifts_it(
    reading_app: Flask, session: Session, makers: Makers
) -> None:
    _, to = sent_mail(reading_app, session)
    hand_over(reading_app, bounce(to))
    client = signed_in(reading_app, makers.account())
    page = words(client.get("/desk/mail/suppressed"))
    assert f"{SUPPRESSIONS[SuppressionReason.HARD_BOUNCE]}: 1 address" in page
    assert ADA not in page
    looked = fill_and_send(client, "/desk/mail/suppressed", "/suppressed/look", email=" Ada@Example.COM ")
    assert f"Nothing is sent to {ADA}" in words(looked)
    assert "5.1.1" in words(looked)
    token = {"csrf_token": csrf(client)}
    assert client.post("/desk/mail/suppressed/lift", data={**token, "email": ADA}).status_code == 303
    assert not suppressed(reading_app)
    assert client.post("/desk/mail/suppressed/add", data={**token, "email": ADA}).status_code == 303
    assert suppressed(reading_app)


def test_what_is_no_address_is_told_beside_the_field(app: Flask, makers: Makers) -> None:
    client = signed_in(app, makers.account())
    for way in ("look", "add", "lift"):
        answer = client.post(
            f"/desk/mail/suppressed/{way}", data={"csrf_token": csrf(client), "email": "ada"}
        )
        assert answer.status_code == 422
        assert "does not look like an email address" in words(answer)


@pytest.mark.parametrize("role", [Role.OWNER, Role.MODERATOR, Role.AUTHOR])
def test_who_owns_one_blog_alone_sees_neither(app: Flask, makers: Makers, role: Role) -> None:
    client = signed_in(app, makers.account(role, makers.site()))
    assert client.get("/desk/mail/inbox").status_code == 404
    assert client.get("/desk/mail/suppressed").status_code == 404
    assert "Addresses that get none" not in words(client.get("/desk/mail"))


def test_what_was_read_long_ago_is_forgotten(app: Flask, session: Session) -> None:
    note(session, 1, Outcome.COMMENT, days=31)
    note(session, 2, Outcome.COMMENT, days=29)
    with app.app_context():
        forget_old(clock.now())
        db.session.commit()
    assert session.query(IncomingMail).count() == 1


@pytest.mark.databases("sqlite")
def test_the_commands_suppress_allow_and_count(app: Flask, run_command: Run) -> None:
    assert run_command("mail", "suppressed").output == "Every address gets its mail.\n"
    assert run_command("mail", "suppress", "Ada@Example.com").output == "Nothing more is sent there.\n"
    assert run_command("mail", "suppress", ADA).output == "Nothing was sent there before.\n"
    assert run_command("mail", "suppressed").output.startswith("1  Somebody of the staff said so (first 2")
    assert run_command("mail", "allow", ADA).output == "Mail is sent there again.\n"
    assert run_command("mail", "allow", ADA).output == "Nothing was in the way of mail to it.\n"
    refused = run_command("mail", "suppress", "ada")
    assert refused.exit_code == 1
    assert "not an email address" in refused.output


@pytest.mark.databases("sqlite")
def test_the_command_lists_what_became_of_incoming_mail(
    app: Flask, session: Session, run_command: Run
) -> None:
    listed = run_command("mail", "inbox").output
    assert "BOARD_MAIL_INBOX_ADDRESS is not set" in listed
    assert "Nothing here." in listed
    note(session, 1, Outcome.HARD_BOUNCE, "#7 5.1.1")
    assert f"UTC  {OUTCOMES[Outcome.HARD_BOUNCE]} (#7 5.1.1)" in run_command("mail", "inbox").output


def test_every_outcome_and_reason_has_words() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(SUPPRESSIONS) == set(SuppressionReason)


def csrf(client) -> str:
    page = client.get("/desk/mail/suppressed").get_data(as_text=True)
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
