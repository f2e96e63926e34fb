"""Mail to moderators: who gets it and how often, and the links by which they decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Account, Membership
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.mail.models import OutboxMessage, OutboxState
from board.moderation import desk_mail
from board.moderation.acts import ACTS, Act
from board.moderation.mail_links import LIFE
from board.moderation.models import Decision, DeskMail, DeskMailRate, UsedToken
from tests.moderation.desk import actor_of, decide_now, signed_in
from tests.support.makers import Makers, ago

MINUTES = {DeskMailRate.AT_ONCE: 2, DeskMailRate.HOURLY: 60, DeskMailRate.DAILY: 24 * 60}


@pytest.fixture
def moderator(makers: Makers) -> Account:
    account = makers.account(Role.MODERATOR, makers.site())
    hears(makers, account)
    return account


def hears(
    makers: Makers, account: Account, rate: DeskMailRate = DeskMailRate.AT_ONCE, **since: float
) -> None:
    since = since or {"hours": 1}
    makers._keep(DeskMail(account_id=account.id, rate=rate.value, told_until=ago(**since)))


def site_of(account: Account, session: Session) -> int:
    return session.scalars(select(Membership.site_id).where(Membership.account_id == account.id)).one() or 0


def waiting_comment(makers: Makers, session: Session, account: Account, **fields: object) -> Comment:
    thread = makers.thread(post=makers.post(session.get_one(type(makers.site()), site_of(account, session))))
    return makers.comment(thread, status="pending", **fields)


def tell(app: Flask) -> None:
    with app.app_context():
        desk_mail.tell_staff(clock.now())
        db.session.commit()


def mails(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def links_in(mail: OutboxMessage) -> dict[str, str]:
    found = re.findall(r"(Publish|Reject|Spam): https?://[^/\s]+(/decide/\S+)", mail.text)
    return {word.lower(): path for word, path in found}


def test_a_moderator_is_told_once_of_what_waits(
    app: Flask, session: Session, makers: Makers, moderator: Account
) -> None:
    waiting_comment(makers, session, moderator, author_name="Ben", source="I count to *ten*.")
    tell(app)
    tell(app)
    [mail] = mails(session)
    assert mail.recipient == moderator.email
    assert mail.subject == "A comment by Ben waits for you"
    assert "I count to ten." in mail.text
    assert set(links_in(mail)) == {"publish", "reject", "spam"}
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_hears_of_another_site_or_of_what_is_decided(
    app: Flask, session: Session, makers: Makers, moderator: Account
) -> None:
    makers.comment(status="pending")
    waiting_comment(makers, session, moderator, created_at=ago(hours=2))
    tell(app)
    assert mails(session) == []


@pytest.mark.parametrize("rate", list(MINUTES))
def test_everybody_is_told_as_often_as_they_want(
    app: Flask, session: Session, makers: Makers, rate: DeskMailRate
) -> None:
    account = makers.account(Role.OWNER)
    hears(makers, account, rate, minutes=MINUTES[rate] - 1)
    makers.comment(status="pending", created_at=ago(seconds=30))
    tell(app)
    assert mails(session) == []
    session.execute(DeskMail.__table__.update().values(told_until=ago(minutes=MINUTES[rate] + 1)))
    session.commit()
    tell(app)
    assert len(mails(session)) == 1


def test_what_was_decided_meanwhile_is_not_mailed(
    app: Flask, session: Session, makers: Makers, moderator: Account, run_command: Callable[..., Result]
) -> None:
    first = waiting_comment(makers, session, moderator, source="First words.")
    second = waiting_comment(makers, session, moderator, source="Second words.")
    tell(app)
    decide_now(app, actor_of(makers.account()), Act.PUBLISH, [first.id])
    run_command("worker", "--once")
    [mail] = mails(session)
    assert mail.state == OutboxState.SENT
    assert "Second words." in mail.text
    assert "First words." not in mail.text
    third = waiting_comment(makers, session, moderator, created_at=clock.now() + timedelta(seconds=1))
    session.execute(DeskMail.__table__.update().values(told_until=ago(hours=1)))
    session.commit()
    decide_now(app, actor_of(makers.account()), Act.PUBLISH, [second.id])
    tell(app)
    decide_now(app, actor_of(makers.account()), Act.SPAM, [third.id])
    run_command("worker", "--once")
    assert mails(session)[-1].state == OutboxState.CANCELLED


def told(app: Flask, session: Session, makers: Makers, account: Account) -> tuple[Comment, dict[str, str]]:
    comment = waiting_comment(makers, session, account)
    tell(app)
    return comment, links_in(mails(session)[-1])


def test_opening_a_link_changes_nothing_and_its_button_decides_once(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, moderator: Account
) -> None:
    comment, links = told(app, session, makers, moderator)
    assert "Publish this comment?" in client.get(links["publish"]).text
    assert session.get_one(Comment, comment.id).status == Status.PENDING
    assert client.post(links["publish"]).status_code == 200
    assert session.get_one(Comment, comment.id).status == Status.PUBLISHED
    assert session.scalars(select(Decision)).one().actor_name == moderator.name
    assert client.get(links["publish"]).status_code == 410
    assert client.post(links["publish"]).status_code == 410


def test_two_links_of_one_mail_decide_one_comment(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, moderator: Account
) -> None:
    """The second finds the comment decided, says so, and leaves it as it is."""
    comment, links = told(app, session, makers, moderator)
    client.post(links["spam"])
    answer = client.post(links["publish"])
    assert "Nothing was changed" in answer.text
    assert session.get_one(Comment, comment.id).status == Status.SPAM


@pytest.mark.parametrize("act", [Act.RETURN, Act.PUBLISH, Act.REJECT])
def test_a_link_does_not_overrule_what_a_colleague_decided(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, moderator: Account, *, act: Act
) -> None:
    """The mail showed a comment that waited, and nothing of what was decided since."""
    comment, links = told(app, session, makers, moderator)
    decide_now(app, actor_of(makers.account(name="Tom")), act, [comment.id], knowingly=True)
    answer = client.post(links["spam" if act is not Act.REJECT else "publish"])
    assert "Tom already" in answer.text
    assert session.get_one(Comment, comment.id).status == ACTS[act].new


def test_a_link_ends_with_the_role(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, moderator: Account
) -> None:
    comment, links = told(app, session, makers, moderator)
    session.execute(Membership.__table__.delete())
    session.commit()
    assert client.get(links["publish"]).status_code == 410
    assert client.post(links["publish"]).status_code == 410
    assert session.get_one(Comment, comment.id).status == Status.PENDING


def test_a_link_ends_when_the_words_change(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, moderator: Account
) -> None:
    comment, links = told(app, session, makers, moderator)
    session.execute(Comment.__table__.update().values(source="Other words.", html="<p>Other words.</p>"))
    session.commit()
    answer = client.post(links["publish"])
    assert answer.status_code == 410
    assert "The comment was changed since" in answer.text
    assert session.get_one(Comment, comment.id).status == Status.PENDING


def test_a_link_ends_after_a_week(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, moderator: Account
) -> None:
    comment = waiting_comment(makers, session, moderator)
    with app.test_request_context():
        token = desk_mail.act_token(
            Act.PUBLISH, comment, moderator, now=clock.now() - LIFE - timedelta(minutes=1)
        )
    assert client.get(f"/decide/{token}").status_code == 410
    assert client.post(f"/decide/{token}").status_code == 410


def test_a_link_from_nowhere_opens_nothing(client: FlaskClient) -> None:
    assert client.get("/decide/nonsense").status_code == 404
    assert client.post("/decide/nonsense").status_code == 404
    assert client.post("/desk-mail-off/nonsense").status_code == 404


def test_used_links_are_forgotten_when_they_would_be_too_old(
    app: Flask,
    client: FlaskClient,
    session: Session,
    makers: Makers,
    moderator: Account,
    run_command: Callable[..., Result],
) -> None:
    _, links = told(app, session, makers, moderator)
    client.post(links["publish"])
    session.execute(UsedToken.__table__.update().values(ends_at=ago(minutes=1)))
    session.commit()
    run_command("worker", "--once")
    assert session.scalars(select(UsedToken)).all() == []


def test_mail_stops_by_one_click_of_the_mail_program(
    app: Flask, bare_client: FlaskClient, session: Session, makers: Makers, moderator: Account
) -> None:
    told(app, session, makers, moderator)
    [header] = [mail.headers["List-Unsubscribe"] for mail in mails(session)]
    path = re.sub(r"^<https?://[^/]+|>$", "", header)
    assert bare_client.get(path).status_code == 200
    assert session.scalars(select(DeskMail.rate)).one() == DeskMailRate.AT_ONCE
    assert bare_client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert session.scalars(select(DeskMail.rate)).one() == DeskMailRate.OFF


def test_how_often_is_chosen_on_the_desk(app: Flask, session: Session, makers: Makers) -> None:
    account = makers.account(Role.MODERATOR, makers.site())
    client = signed_in(app, account)
    page = client.get("/desk/mail-to-me").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    chosen = {"csrf_token": token[1], "rate": "daily"}
    assert client.post("/desk/mail-to-me", data=chosen).status_code == 303
    assert session.scalars(select(DeskMail.rate)).one() == DeskMailRate.DAILY
    refused = client.post("/desk/mail-to-me", data={**chosen, "rate": "yearly"})
    assert refused.status_code == 422
    assert "Please choose one of these." in refused.text
