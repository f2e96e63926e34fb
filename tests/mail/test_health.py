"""The mail page says what is in the way of mail, lets owners find some of it, and try all of it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.foundation import clock
from board.foundation.permissions import Role
from board.mail.models import Attempt, OutboxMessage, OutboxState
from tests.mail.letters import letter, work, write_down
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, words

LATE = "Is the worker running?"
ALIKE = "all ended in the same way"


def fail(session: Session, *details: str, ago: timedelta = timedelta()) -> None:
    """Let the mails there are fail, the first with the first of `details`, and so on."""
    messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    for message, detail in zip(messages, details, strict=True):
        message.state = OutboxState.FAILED.value
        session.add(Attempt(message_id=message.id, at=clock.now() - ago, outcome="failed", detail=detail))
    session.commit()


def states(session: Session) -> dict[str, str]:
    rows = session.execute(select(OutboxMessage.recipient, OutboxMessage.state))
    found = {recipient.partition("@")[0]: state for recipient, state in rows}
    session.commit()
    return found


@pytest.mark.parametrize(("minutes", "is_late"), [(4, False), (6, True)])
def test_mail_that_nobody_sends_is_told_of(app: Flask, makers: Makers, minutes: int, is_late: bool) -> None:
    write_down(app, letter(), due_at=clock.now() - timedelta(minutes=minutes))
    client = signed_in(app, makers.account())
    assert (LATE in words(client.get("/desk/mail"))) is is_late


def test_mail_whose_worker_died_long_ago_is_late_too(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter(), due_at=clock.now() - timedelta(minutes=6))
    session.execute(update(OutboxMessage).values(state=OutboxState.SENDING.value))
    session.commit()
    assert LATE in words(signed_in(app, makers.account()).get("/desk/mail"))


def test_where_all_went_out_nothing_is_said(app: Flask, makers: Makers) -> None:
    write_down(app, *(letter(number) for number in range(3)), due_at=clock.now() - timedelta(minutes=6))
    work(app)
    page = words(signed_in(app, makers.account()).get("/desk/mail"))
    assert LATE not in page
    assert ALIKE not in page


def test_what_all_mail_fails_for_is_told(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, *(letter(number) for number in range(3)))
    fail(session, *["no connection to the mail server: 535 Bad password"] * 3)
    page = words(signed_in(app, makers.account()).get("/desk/mail"))
    assert f"The last mails {ALIKE}: no connection to the mail server: 535 Bad password" in page
    assert "board mail doctor" in page


@pytest.mark.parametrize(
    ("details", "ago"),
    [(["550 a", "550 a", "550 b"], timedelta()), (["550 a"] * 3, timedelta(hours=2))],
    ids=["different", "long ago"],
)
def test_what_befell_some_is_no_trouble_of_all(
    app: Flask, session: Session, makers: Makers, details: list[str], ago: timedelta
) -> None:
    write_down(app, *(letter(number) for number in range(3)))
    fail(session, *details, ago=ago)
    assert ALIKE not in words(signed_in(app, makers.account()).get("/desk/mail"))


def test_the_trouble_of_another_site_is_not_told(app: Flask, session: Session, makers: Makers) -> None:
    own, other = makers.site(), makers.site()
    write_down(app, *(letter(number, site_id=other.id) for number in range(3)))
    fail(session, *["550 ada@secret.example is unknown"] * 3)
    client = signed_in(app, makers.account(Role.OWNER, own))
    assert ALIKE not in words(client.get("/desk/mail"))


def test_an_hour_that_is_full_is_told_of(make_app: Callable[..., Flask], makers: Makers) -> None:
    app = make_app(BOARD_MAIL_HOURLY_CAP="1")
    write_down(app, letter(1), letter(2))
    work(app)
    assert "BOARD_MAIL_HOURLY_CAP" in words(signed_in(app, makers.account()).get("/desk/mail"))


def test_all_that_failed_is_tried_again_with_one_button(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter(1), letter(2), letter(3, kind="other"))
    fail(session, "550 a", "550 b", "550 c")
    client = signed_in(app, makers.account())
    answer = fill_and_send(client, "/desk/mail?view=failed&kind=other", "/desk/mail/retry")
    assert "1 mail will be tried again." in words(client.get(answer.location))
    assert states(session) == {"reader1": "failed", "reader2": "failed", "reader3": "queued"}
    answer = fill_and_send(client, "/desk/mail?view=failed", "/desk/mail/retry")
    assert "2 mails will be tried again." in words(client.get(answer.location))
    assert set(states(session).values()) == {"queued"}


def test_an_owner_tries_only_mail_of_their_own_site_again(
    app: Flask, session: Session, makers: Makers
) -> None:
    own, other = makers.site(), makers.site()
    write_down(app, letter(1, site_id=own.id), letter(2, site_id=other.id), letter(3))
    fail(session, "550 a", "550 b", "550 c")
    client = signed_in(app, makers.account(Role.OWNER, own))
    fill_and_send(client, "/desk/mail?view=failed", "/desk/mail/retry")
    assert states(session) == {"reader1": "queued", "reader2": "failed", "reader3": "failed"}


def test_one_kind_is_shown_alone(app: Flask, makers: Makers) -> None:
    write_down(app, letter(1), letter(2, kind="reply"))
    client = signed_in(app, makers.account())
    page = words(client.get("/desk/mail?kind=reply"))
    assert "reader2@example.test" in page
    assert "reader1@example.test" not in page


def test_mail_to_one_address_is_found_whatever_became_of_it(
    app: Flask, session: Session, makers: Makers
) -> None:
    own, other = makers.site(), makers.site()
    same = "ada@example.test"
    write_down(
        app,
        letter(1, recipient=same, site_id=own.id, kind="reply"),
        letter(2, recipient=same, site_id=other.id, kind="digest"),
        letter(3, site_id=own.id, kind="thread"),
    )
    work(app)
    found = words(
        fill_and_send(signed_in(app, makers.account()), "/desk/mail", "/find", address="Ada@example.test")
    )
    assert "Mail to Ada@example.test" in found
    assert "Notice of a reply" in found
    assert "All that was new" in found
    assert "New comments" not in found
    of_one_site = signed_in(app, makers.account(Role.OWNER, own))
    assert "All that was new" not in words(fill_and_send(of_one_site, "/desk/mail", "/find", address=same))


def test_an_address_that_got_nothing_finds_nothing(app: Flask, makers: Makers) -> None:
    client = signed_in(app, makers.account())
    for address in ("eve@example.test", "a\0b", ""):
        assert "No such mail here." in words(fill_and_send(client, "/desk/mail", "/find", address=address))


def test_moderators_try_nothing_again(app: Flask, session: Session, makers: Makers) -> None:
    write_down(app, letter(1))
    fail(session, "550 a")
    owner, moderator = signed_in(app, makers.account()), signed_in(app, makers.account(Role.MODERATOR))
    _, values = form_values(owner.get("/desk/mail?view=failed"), "/desk/mail/retry")
    assert moderator.post("/desk/mail/retry", data=values).status_code in {400, 404}
    assert states(session) == {"reader1": "failed"}
