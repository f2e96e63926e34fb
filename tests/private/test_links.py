"""The private link: who gets one, how often, and what it opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation import clock
from board.mail.models import OutboxMessage
from board.readers.models import Reader
from board.subscriptions.confirming import confirmation_token
from board.subscriptions.unsubscribing import unsubscribe_token
from tests.mail.letters import work
from tests.moderation.desk import signed_in
from tests.private.owners import erase_all, outbox, private_path
from tests.subscriptions.journeys import everything, link_in
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words
from tests.support.smtp import SmtpServer

ADA = "ada@example.com"


def ask(client: FlaskClient, email: str = ADA, **typed: str) -> None:
    assert fill_and_send(client, "/me", "/me", email=email, **typed).location == "/me/sent"


def test_the_link_comes_by_mail_and_opens_the_page(
    app: Flask, client: FlaskClient, smtp: SmtpServer, makers: Makers
) -> None:
    makers.comment(source="My own words.", reader_id=makers.reader(makers.site(name="Desk"), ADA).id)
    ask(client, " Ada@Example.com ")
    work(app)
    [mail] = smtp.messages
    assert mail.recipients == (ADA,)
    assert mail["Subject"] == "Your private link"
    assert "My own words." in words(client.get(link_in(mail.text, "/me/")))
    assert "My own words." not in mail.text


@pytest.mark.parametrize("known", ["stranger", "unconfirmed"])
def test_an_address_that_was_never_confirmed_gets_nothing_and_the_same_answer(
    client: FlaskClient, session: Session, makers: Makers, known: str
) -> None:
    site = makers.site()
    makers.reader(site, "unconfirmed@example.com", confirmed=False)
    makers.reader(site, ADA)
    answers = [fill_and_send(client, "/me", "/me", email=one) for one in (f"{known}@example.com", ADA)]
    assert len({(one.status_code, one.location, one.get_data()) for one in answers}) == 1
    assert [one.recipient for one in outbox(session)] == [ADA]


def test_one_an_hour_and_three_a_day(client: FlaskClient, session: Session, makers: Makers) -> None:
    makers.reader(makers.site(), ADA)
    makers.reader(makers.site(), ADA)
    for hours in (0, 0, 2, 4, 6):
        if hours:
            move_back(session, hours=2)
        ask(client)
    assert len(outbox(session)) == 3
    move_back(session, hours=20)
    ask(client)
    assert len(outbox(session)) == 4, "the first of yesterday counts no more"


def move_back(session: Session, **span: float) -> None:
    """Let that much time go by since the mails were written."""
    for message in outbox(session):
        message.created_at -= timedelta(**span)
        head = message.dedupe_key.rpartition(":")[0]
        message.dedupe_key = f"{head}:{message.created_at:%Y-%m-%dT%H}"
    session.commit()


def test_it_is_sent_from_the_page_to_stop_mails_without_typing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    subscription = makers.subscription(makers.reader(makers.site(), ADA), makers.thread())
    _ = subscription.id, subscription.created_at
    with app.app_context():
        path = f"/unsubscribe/{unsubscribe_token(subscription)}"
    answer = fill_and_send(client, path, "/private-link")
    assert answer.location == "/me/sent"
    assert [one.recipient for one in outbox(session)] == [ADA]
    assert client.post("/unsubscribe/forged/private-link").status_code == 404


def test_a_robot_gets_the_same_answer_and_no_mail(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    makers.reader(makers.site(), ADA)
    ask(client, website="https://spam.example")
    assert outbox(session) == []


def test_a_network_asks_ten_times_an_hour_and_keeps_what_it_typed(client: FlaskClient) -> None:
    for number in range(10):
        ask(client, f"reader{number}@example.com")
    refused = fill_and_send(client, "/me", "/me", email="eleventh@example.com")
    assert refused.status_code == 429
    assert "eleventh@example.com" in words(refused)


def test_a_link_works_for_a_day(app: Flask, client: FlaskClient, makers: Makers) -> None:
    reader = makers.reader(makers.site(), ADA)
    assert client.get(private_path(app, reader, ago(hours=23, minutes=59))).status_code == 200
    old = private_path(app, reader, ago(hours=24, minutes=1))
    for part in ("", "/download", "/erase"):
        assert client.get(old + part).status_code == 410
    assert client.post(f"{old}/erase").status_code == 410


def test_a_link_of_another_kind_or_a_forged_one_opens_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    reader = makers.reader(makers.site(), ADA)
    subscription = makers.subscription(reader, makers.thread())
    good = private_path(app, reader)
    _ = subscription.id, subscription.created_at
    with app.app_context():
        others = [confirmation_token(reader, clock.now()), unsubscribe_token(subscription)]
    before = everything(session)
    for token in [*others, "x", good[4:-1], good[4:] + "A", "x" * 2000]:
        for part in ("", "/download", "/erase"):
            assert client.get(f"/me/{token}{part}").status_code == 404, token
        assert client.post(f"/me/{token}/erase").status_code == 404
        assert client.post(f"/me/{token}/follows/{subscription.id}/end").status_code == 404
    assert everything(session) == before


def test_a_link_is_void_once_the_address_was_erased_and_stays_so(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """SQLite gives the number of a deleted row again."""
    site = makers.site()
    reader = makers.reader(site, ADA, created_at=ago(days=3))
    path = private_path(app, reader)
    erase_all(client, path)
    makers.reader(site, "ben@example.com")
    assert client.get(path).status_code == 410
    assert client.post(f"{path}/erase").location == "/me/erased"
    session.rollback()
    assert [one.email for one in session.scalars(select(Reader))] == ["ben@example.com"]


def test_a_mail_with_the_link_is_not_sent_after_everything_was_erased(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    reader = makers.reader(makers.site(), ADA)
    ask(client)
    [message] = outbox(session)
    path = private_path(app, reader)
    values = {column.name: getattr(message, column.name) for column in message.__table__.columns}
    session.rollback()
    erase_all(client, path)
    session.add(OutboxMessage(**values))  # a worker had it in its hands
    session.commit()
    work(app)
    assert smtp.messages == []


def test_opening_links_changes_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """Mail scanners open every link that they find, and what these lead to."""
    site = makers.site(slug="desk")
    thread, reader = makers.thread(site), makers.reader(site, ADA)
    makers.comment(thread, reader_id=reader.id)
    subscription = makers.subscription(reader, thread)
    _ = subscription.id, subscription.created_at
    path = private_path(app, reader)
    with app.app_context():
        leaving = f"/unsubscribe/{unsubscribe_token(subscription)}"
    acts = [f"/follows/{subscription.id}/{act}" for act in ("end", "resume")] + [f"/rates/{reader.id}"]
    paths = [path + part for part in ("", "/download", "/erase", "?said=ended", *acts)]
    paths += [leaving, f"{leaving}/private-link", "/me", "/me/sent", "/me/erased", "/s/desk/follow"]
    before = everything(session)
    for one in [*paths, f"/t/{thread.id}/follow"]:
        for method in ("GET", "HEAD", "OPTIONS"):
            assert client.open(one, method=method).status_code in {200, 405}, (method, one)
    assert everything(session) == before


def test_a_press_from_another_page_is_refused(
    app: Flask, make_app: Callable[..., Flask], bare_client: FlaskClient, session: Session, makers: Makers
) -> None:
    reader = makers.reader(makers.site(), ADA)
    path = private_path(app, reader)
    before = everything(session)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert bare_client.post(f"{path}/erase", headers=headers).status_code == 403
        assert bare_client.post("/me", headers=headers, data={"email": ADA}).status_code == 403
    assert everything(session) == before


def test_staff_do_not_read_the_link(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site()
    makers.reader(site, ADA)
    ask(client)
    [message] = outbox(session)
    number, link = message.id, link_in(message.text, "/me/")
    desk = signed_in(app, makers.account())
    page = desk.get(f"/desk/mail/{number}")
    assert "a link for its recipient alone" in words(page)
    assert link not in page.get_data(as_text=True)
    assert desk.get(f"/desk/mail/{number}/file").status_code == 409
    assert signed_in(app, makers.account(site=site)).get(f"/desk/mail/{number}").status_code == 404
