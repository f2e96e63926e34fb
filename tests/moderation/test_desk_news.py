"""What the desk writes besides what waits: reports, mail that failed, a word on Mondays."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Account
from board.comments.models import Status
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.mail.models import Attempt, OutboxMessage
from board.mail.outbox import Result
from board.moderation import desk_failures, desk_mail, desk_summary
from board.moderation.models import DeskMail, Report
from board.sites.models import Site
from tests.mail.letters import letter, work, write_down
from tests.moderation.desk import signed_in
from tests.support.applications import commit_so_far
from tests.support.makers import Makers, ago
from tests.support.pages import form_values, words
from tests.support.smtp import SmtpServer

MONDAY = datetime(2026, 3, 9, 6, 30, tzinfo=UTC)


@pytest.fixture
def site(makers: Makers) -> Site:
    site: Site = makers.site(name="The Quiet Desk")
    return site


def hears(makers: Makers, account: Account, **fields: object) -> None:
    values = {"rate": "off", "told_until": ago(hours=2), **fields}
    makers._keep(DeskMail(account_id=account.id, **values))


def tell(app: Flask, work_of: object, now: datetime | None = None) -> None:
    commit_so_far()
    with app.app_context():
        work_of(now or clock.now())  # type: ignore[operator]
        db.session.commit()


def written(session: Session) -> list[OutboxMessage]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_reports_are_told_with_what_readers_say_and_not_twice(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    moderator = makers.account(Role.MODERATOR, site)
    hears(makers, moderator, rate="at_once")
    comment = makers.comment(makers.thread(site), created_at=ago(days=9), open_reports=1)
    session.add(
        Report(
            comment_id=comment.id, reason="hurtful", words="My sister.", network="n", created_at=ago(hours=1)
        )
    )
    session.commit()
    tell(app, desk_mail.tell_staff)
    tell(app, desk_mail.tell_staff)
    [mail] = written(session)
    assert (mail.kind, mail.recipient) == ("desk_reported", moderator.email)
    assert "It hurts or insults somebody: My sister." in mail.text
    assert "My sister." in mail.html
    assert "/desk?view=reported" in mail.text


def test_reports_of_another_site_and_answered_ones_are_not_told(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    hears(makers, makers.account(Role.MODERATOR, makers.site()), rate="at_once")
    here = makers.account(Role.MODERATOR, site)
    hears(makers, here, rate="at_once")
    comment = makers.comment(makers.thread(site), open_reports=1, created_at=ago(days=1))
    session.add(Report(comment_id=comment.id, reason="spam", network="n", created_at=ago(hours=1)))
    session.commit()
    tell(app, desk_mail.tell_staff)
    assert [mail.recipient for mail in written(session)] == [here.email]
    session.execute(Report.__table__.update().values(answered_at=clock.now()))
    session.commit()
    assert work(app) == {Result.CANCELLED: 1}


def test_owners_hear_of_failed_mail_once_an_hour_and_of_none_of_the_desks_own(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    owner = makers.account(Role.OWNER, site)
    hears(makers, owner, failures=True, failures_until=ago(hours=2))
    hears(makers, makers.account(Role.OWNER, makers.site()), failures=True, failures_until=ago(hours=2))
    write_down(app, *(letter(n, site_id=site.id, kind="desk_x" if n == 3 else "reply") for n in (1, 2, 3)))
    for message in written(session):
        message.state = "failed"
        session.add(
            Attempt(message_id=message.id, at=ago(minutes=5), outcome="failed", detail="550 no such user")
        )
    session.commit()
    tell(app, desk_failures.tell_of_failures)
    tell(app, desk_failures.tell_of_failures)
    [mail] = written(session)[3:]
    assert (mail.kind, mail.recipient) == ("desk_failed", owner.email)
    assert mail.subject == "2 mails could not be sent"
    assert "550 no such user (2×)" in mail.text
    assert "/desk/mail?view=failed" in mail.html


def test_the_week_is_told_on_monday_once(app: Flask, session: Session, makers: Makers, site: Site) -> None:
    author = makers.account(Role.AUTHOR, site)
    hears(makers, author, summary=True, summary_until=MONDAY - timedelta(days=7))
    thread = makers.thread(site, heading="What keeps you calm?")
    for days, status in (
        (2, Status.PUBLISHED),
        (3, Status.PUBLISHED),
        (3, Status.SPAM),
        (9, Status.PUBLISHED),
    ):
        makers.comment(thread, status=status, created_at=MONDAY - timedelta(days=days))
    tell(app, desk_summary.tell_of_the_week, MONDAY - timedelta(hours=1))
    assert written(session) == [], "it is not six yet"
    tell(app, desk_summary.tell_of_the_week, MONDAY)
    tell(app, desk_summary.tell_of_the_week, MONDAY + timedelta(days=3))
    [mail] = written(session)
    assert mail.subject == "Last week: 3 comments"
    assert "2 of them are published." in mail.text
    assert "the week before: 1" in mail.text
    assert "What keeps you calm?" in mail.text
    assert "2 comments" in mail.text


def test_a_week_in_which_nothing_happened_is_no_mail(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    hears(makers, makers.account(Role.OWNER, site), summary=True, summary_until=MONDAY - timedelta(days=7))
    tell(app, desk_summary.tell_of_the_week, MONDAY)
    assert written(session) == []
    assert session.scalars(select(DeskMail.summary_until)).one() == MONDAY


@pytest.mark.parametrize("kind", ["failures", "summary"])
def test_what_was_switched_off_meanwhile_is_not_sent(
    make_app: Callable[..., Flask], smtp: SmtpServer, session: Session, makers: Makers, site: Site, kind: str
) -> None:
    app, account = make_app(**smtp.environ), makers.account(Role.OWNER, site)
    hears(makers, account)
    name = {"failures": desk_failures.KIND, "summary": desk_summary.KIND}[kind]
    write_down(app, letter(kind=name, context={"account_id": account.id}))
    assert work(app) == {Result.CANCELLED: 1}
    session.execute(DeskMail.__table__.update().values({kind: True}))
    session.commit()
    write_down(app, letter(2, kind=name, context={"account_id": account.id}))
    assert work(app) == {Result.SENT: 1}


def test_the_page_offers_what_somebodys_roles_are_good_for(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    for role, shown in (
        (Role.OWNER, {"rate", "failures", "summary"}),
        (Role.MODERATOR, {"rate", "summary"}),
        (Role.AUTHOR, {"summary"}),
    ):
        page = signed_in(app, makers.account(role, site)).get("/desk/mail-to-me")
        assert set(re.findall(r'name="(rate|failures|summary)"', page.get_data(as_text=True))) == shown


def test_what_is_ticked_is_kept_and_only_from_then_on(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    client: FlaskClient = signed_in(app, makers.account(Role.OWNER, site))
    action, values = form_values(client.get("/desk/mail-to-me"), "/desk/mail-to-me")
    answer = client.post(action, data={**values, "rate": "hourly", "failures": "y", "summary": "y"})
    assert "That is how it will be." in words(client.get(answer.location))
    [kept] = session.scalars(select(DeskMail)).all()
    assert (kept.rate, kept.failures, kept.summary) == ("hourly", True, True)
    assert clock.now() - max(filter(None, (kept.failures_until, kept.summary_until))) < timedelta(minutes=1)


def test_a_moderator_cannot_ask_for_what_owners_hear(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    client = signed_in(app, makers.account(Role.MODERATOR, site))
    action, values = form_values(client.get("/desk/mail-to-me"), "/desk/mail-to-me")
    client.post(action, data={**values, "rate": "daily", "failures": "y"})
    assert session.scalars(select(DeskMail.failures)).all() == [False]
