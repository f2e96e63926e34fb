"""Nobody hears from the board who has not said so by the button behind the one confirmation."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage
from board.mail.outbox import Result
from board.readers.models import Reader
from board.subscriptions.confirming import confirmation_token
from board.subscriptions.consent import forget_unconfirmed
from board.subscriptions.models import Subscription
from tests.mail.letters import work
from tests.subscriptions.journeys import (
    ADA,
    WORDS,
    answer_to,
    decide,
    everything,
    last_comment,
    link_in,
    set_all,
    write,
)
from tests.support.applications import client_of, commit_so_far
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words
from tests.support.smtp import SmtpServer


def confirmation_path(app: Flask, smtp: SmtpServer) -> str:
    work(app)
    return link_in(smtp.messages_to(ADA)[-1].text, "/confirm/")


def test_a_ticked_box_brings_one_confirmation_without_a_readers_word_in_it(
    app: Flask, client: FlaskClient, smtp: SmtpServer, makers: Makers
) -> None:
    thread = makers.thread(makers.site(name="The Quiet Desk"))
    write(client, thread, name="Buy pills at spam.example")
    work(app)
    [mail] = smtp.messages
    assert mail.recipients == (ADA,)
    assert "The Quiet Desk" in mail["Subject"]
    assert str(mail.message["From"]) == "The Quiet Desk <board@board.test>"
    for part in (mail["Subject"], mail["From"], mail.text, mail.html):
        assert "pills" not in part
        assert WORDS not in part
    assert "/confirm/" in mail.text
    assert "/confirm/" in mail.html
    assert "List-Unsubscribe" not in mail.message


def test_without_the_box_no_address_is_kept(client: FlaskClient, session: Session, makers: Makers) -> None:
    thread = makers.thread()
    fill_and_send(client, f"/t/{thread.id}/write", "/comments", name="Ada", source=WORDS, email=ADA)
    assert session.scalars(select(Reader)).all() == []
    assert session.scalars(select(OutboxMessage)).all() == []


def test_opening_the_link_changes_nothing_and_the_button_confirms_all_that_waits(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    write(client, thread)
    write(client, thread, source="Something else entirely.")
    path = confirmation_path(app, smtp)
    before = everything(session)
    page = client.get(path)
    client.head(path)
    assert everything(session) == before
    assert "Confirm your address" in words(page)
    assert "a…@example.com" in words(page)
    assert ADA not in page.get_data(as_text=True)
    answer = fill_and_send(client, path, "/confirm/")
    assert answer.status_code == 303
    assert "Your address is confirmed" in words(client.get(answer.location))
    assert session.scalars(select(Reader)).one().confirmed_at is not None
    assert all(one.is_active for one in session.scalars(select(Subscription)))


def test_a_second_click_is_answered_as_kindly_as_the_first(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    write(client, makers.thread())
    path = confirmation_path(app, smtp)
    client.post(path)
    before = everything(session)
    answer = client.post(path)
    assert answer.status_code == 303
    assert "Your address is confirmed" in words(client.get(path))
    assert everything(session) == before


def test_a_link_lasts_a_week(app: Flask, client: FlaskClient, session: Session, makers: Makers) -> None:
    reader = makers.reader(makers.site(), ADA, confirmed=False, created_at=ago(days=9))
    assert reader.id  # read by the test's own session, before the application is asked
    with app.app_context():
        young = confirmation_token(reader, ago(days=6))
        old = confirmation_token(reader, ago(days=8))
    assert client.get(f"/confirm/{young}").status_code == 200
    refused = client.get(f"/confirm/{old}")
    assert refused.status_code == client.post(f"/confirm/{old}").status_code == 410
    assert "too old" in words(refused)
    assert session.scalars(select(Reader)).one().confirmed_at is None


@pytest.mark.parametrize("token", ["x", "WzAsWzEsMV1d.abc", "W" * 1100])
def test_a_made_up_link_is_not_found(client: FlaskClient, token: str) -> None:
    assert client.get(f"/confirm/{token}").status_code == 404
    assert client.post(f"/confirm/{token}").status_code == 404


def test_a_link_does_not_confirm_who_came_after_under_the_same_number(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """SQLite gives the number of a deleted reader to the next one."""
    site = makers.site()
    gone = makers.reader(site, ADA, confirmed=False, created_at=ago(days=7))
    number = gone.id
    with app.app_context():
        token = confirmation_token(gone, ago(hours=1))
    session.delete(gone)
    session.commit()
    makers.reader(site, "ben@example.com", confirmed=False, id=number)
    assert client.post(f"/confirm/{token}").status_code == 410
    assert session.scalars(select(Reader)).one().confirmed_at is None


def test_a_confirmed_address_is_not_asked_again(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site()
    makers.reader(site, ADA)
    write(client, makers.thread(site))
    assert work(app) == {}
    assert session.scalars(select(Subscription)).one().is_active
    assert last_comment(session).reader_id is not None


def test_an_address_is_asked_once_a_day_by_a_site(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site()
    for step in range(4):
        write(client, makers.thread(site), email=ADA if step % 2 else "ADA@Example.COM", source=f"No. {step}")
    work(app)
    assert len(smtp.messages) == 1
    set_all(session, OutboxMessage, created_at=ago(hours=25), dedupe_key="confirm_address:earlier")
    write(client, makers.thread(site), source="The day after")
    work(app)
    assert len(smtp.messages) == 2


def test_an_address_cannot_be_bombed_through_many_sites(
    app: Flask, client: FlaskClient, smtp: SmtpServer, makers: Makers
) -> None:
    for step in range(6):
        write(client, makers.thread(makers.site()), source=f"No. {step}")
    work(app)
    assert len(smtp.messages) == 3


def test_spam_sends_no_confirmation(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    write(client, makers.thread(), website="http://pills.example")
    assert last_comment(session).status == Status.SPAM
    assert work(app) == {}


def test_an_unconfirmed_address_hears_nothing_but_the_confirmation(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    write(client, makers.thread())
    parent = last_comment(session)
    decide(app, parent, Status.PUBLISHED)
    answer_to(client, parent)
    decide(app, last_comment(session), Status.PUBLISHED)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages
    assert "/confirm/" in mail.text


def test_a_confirmation_that_is_not_needed_any_more_stays_here(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    write(client, makers.thread())
    set_all(session, Reader, confirmed_at=clock.now())
    set_all(session, Subscription, confirmed_at=clock.now())
    assert work(app) == {Result.CANCELLED: 1}


@pytest.mark.parametrize("typed", ["ada", "ada@example.com\nBcc: v@example.com", "a@b@c.com", "a" * 300])
def test_a_mistaken_address_is_told_beside_its_field_with_everything_kept(
    client: FlaskClient, session: Session, makers: Makers, typed: str
) -> None:
    thread = makers.thread()
    answer = fill_and_send(
        client, f"/t/{thread.id}/write", "/comments", name="Ada", source=WORDS, email=typed, notify="y"
    )
    if answer.status_code == 422:
        assert WORDS in words(answer)
        assert session.scalars(select(Comment)).all() == []
    for reader in session.scalars(select(Reader)):
        assert reader.email.isprintable()
        assert reader.email.count("@") == 1


def test_what_nobody_confirms_is_forgotten_after_a_week_and_the_comment_stays(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    write(client, makers.thread())
    set_all(session, Reader, created_at=ago(days=8))
    set_all(session, Subscription, asked_at=ago(days=6))
    _forget(app)
    assert len(session.scalars(select(Reader)).all()) == 1, "its link still works"
    set_all(session, Subscription, asked_at=ago(days=8))
    _forget(app)
    assert session.scalars(select(Reader)).all() == []
    assert session.scalars(select(Subscription)).all() == []
    assert last_comment(session).reader_id is None


def test_what_was_confirmed_is_kept(app: Flask, session: Session, makers: Makers) -> None:
    comment = makers.comment()
    reader = makers.reader(makers.site(), ADA, created_at=ago(days=400))
    makers.subscription(reader, comment, created_at=ago(days=400))
    _forget(app)
    assert len(session.scalars(select(Subscription)).all()) == 1


def _forget(app: Flask) -> None:
    commit_so_far()
    with app.app_context():
        forget_unconfirmed(clock.now())
        db.session.commit()


def test_the_page_tells_strangers_nothing_and_sets_no_cookie(
    app: Flask, client: FlaskClient, smtp: SmtpServer, makers: Makers
) -> None:
    write(client, makers.thread())
    path = confirmation_path(app, smtp)
    stranger = client_of(app, bare=True)
    page = stranger.get(path)
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    assert stranger.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
