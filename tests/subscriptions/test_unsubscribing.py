"""Leaving works from any mail, at any age, with one click or by choice."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation import tokens
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions.models import Subscription
from board.subscriptions.unsubscribing import unsubscribe_token
from tests.mail.letters import work
from tests.subscriptions.journeys import ADA, everything, set_all, write
from tests.support.applications import client_of
from tests.support.makers import Makers, ago
from tests.support.pages import words
from tests.support.smtp import SmtpServer

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def subscribed(makers: Makers, site: Site | None = None, email: str = ADA) -> Subscription:
    """Ada hears of replies in a thread of its own."""
    site = site or makers.site()
    known = makers.session.scalars(
        select(Reader).where(Reader.site_id == site.id, Reader.email == email)
    ).first()
    reader = known or makers.reader(site, email)
    made: Subscription = makers.subscription(reader, makers.comment(makers.thread(site)))
    return made


def path_for(app: Flask, subscription: Subscription) -> str:
    assert subscription.created_at  # read by the test's own session, before the application is asked
    with app.app_context():
        return f"/unsubscribe/{unsubscribe_token(subscription)}"


def still_open(session: Session) -> list[int]:
    query = select(Subscription.id).where(Subscription.ended_at.is_(None)).order_by(Subscription.id)
    return list(session.scalars(query))


def test_a_mail_program_leaves_with_one_click_without_cookie_origin_or_redirect(
    app: Flask, session: Session, makers: Makers
) -> None:
    subscription = subscribed(makers)
    program = client_of(app, bare=True)
    path = path_for(app, subscription) + "/one-click"
    answer = program.post(path, data=ONE_CLICK)
    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert "Set-Cookie" not in answer.headers
    assert still_open(session) == []
    before = everything(session)
    assert program.post(path, data=ONE_CLICK).status_code == 200
    assert program.post(path, data=ONE_CLICK, content_type="multipart/form-data").status_code == 200
    assert everything(session) == before


@pytest.mark.parametrize("origin", ["https://mail.example", "null"])
def test_one_click_is_accepted_from_anywhere(
    app: Flask, session: Session, makers: Makers, origin: str
) -> None:
    path = path_for(app, subscribed(makers)) + "/one-click"
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    assert client_of(app, bare=True).post(path, data=ONE_CLICK, headers=headers).status_code == 200
    assert still_open(session) == []


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "x"}, {"scope": "board"}])
def test_one_click_needs_its_words(
    app: Flask, session: Session, makers: Makers, body: dict[str, str]
) -> None:
    subscription = subscribed(makers)
    answer = client_of(app, bare=True).post(path_for(app, subscription) + "/one-click", data=body)
    assert answer.status_code == 400
    assert still_open(session) == [subscription.id]


def test_one_click_works_for_ever_even_when_all_is_forgotten(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    subscription = subscribed(makers)
    path = path_for(app, subscription)
    set_all(session, Subscription, created_at=subscription.created_at, confirmed_at=ago(days=4000))
    assert client.get(path).status_code == 200
    session.delete(session.get_one(Subscription, subscription.id))
    session.commit()
    assert client.post(f"{path}/one-click", data=ONE_CLICK).status_code == 200
    assert "You get no more mail" in words(client.get(path))


def test_a_link_does_not_end_what_came_after_under_the_same_number(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """SQLite gives the number of a deleted subscription to the next one."""
    gone = subscribed(makers)
    path, number, comment, reader = path_for(app, gone), gone.id, gone.comment_id, gone.reader_id
    session.delete(gone)
    session.commit()
    session.add(
        Subscription(
            id=number,
            reader_id=reader,
            topic="replies",
            comment_id=comment,
            created_at=ago(days=1),
            asked_at=ago(days=1),
            confirmed_at=ago(days=1),
        )
    )
    session.commit()
    assert client.post(f"{path}/one-click", data=ONE_CLICK).status_code == 200
    assert still_open(session) == [number]


def test_the_page_offers_to_leave_as_far_as_one_likes(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site()
    here, same_site, elsewhere = subscribed(makers, site), subscribed(makers, site), subscribed(makers)
    foreign = subscribed(makers, site, "ben@example.com")
    path = path_for(app, here)
    assert "Stop them for this conversation" in words(client.get(path))
    assert ADA not in client.get(path).get_data(as_text=True)

    answer = client.post(path, data={"scope": "conversation"})
    assert answer.status_code == 303
    assert "No more mail about this" in words(client.get(answer.location))
    assert still_open(session) == [same_site.id, elsewhere.id, foreign.id]

    client.post(path, data={"scope": "site"})
    assert still_open(session) == [elsewhere.id, foreign.id]
    assert "Stop everything from every blog here" in words(client.get(path))

    client.post(path, data={"scope": "board"})
    assert still_open(session) == [foreign.id]
    assert "You get no more mail" in words(client.get(path))


@pytest.mark.parametrize("scope", ["", "x", "BOARD", "site "])
def test_a_choice_that_is_none_is_told(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, scope: str
) -> None:
    subscription = subscribed(makers)
    assert client.post(path_for(app, subscription), data={"scope": scope}).status_code == 400
    assert still_open(session) == [subscription.id]


def test_whoever_left_a_blog_is_asked_again_before_anything_begins_anew(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    """Otherwise anybody could sign them up again by typing their address."""
    site = makers.site()
    client.post(path_for(app, subscribed(makers, site)), data={"scope": "site"})
    write(client, makers.thread(site))
    work(app)
    [mail] = smtp.messages_to(ADA)
    assert "/confirm/" in mail.text


def test_opening_the_pages_changes_nothing(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    path = path_for(app, subscribed(makers))
    before = everything(session)
    for address in (path, f"{path}/one-click"):
        assert "Stop these mails?" in words(client.get(address))
        assert client.head(address).status_code == 200
    assert everything(session) == before


def test_the_page_of_a_stranger_changes_nothing(app: Flask, session: Session, makers: Makers) -> None:
    subscription = subscribed(makers)
    answer = client_of(app, bare=True).post(
        path_for(app, subscription), data={"scope": "board"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert still_open(session) == [subscription.id]


def test_a_token_for_something_else_opens_nothing(app: Flask, client: FlaskClient, makers: Makers) -> None:
    subscription = subscribed(makers)
    with app.app_context():
        other = tokens.sign("confirm", [subscription.id, 1])
        odd = [tokens.sign("unsubscribe", payload) for payload in (1, "x", [1], [1, 2, 3], {"a": 1}, None)]
    for token in (other, *odd, "x", "W" * 2000):
        assert client.get(f"/unsubscribe/{token}").status_code == 404
        assert client.post(f"/unsubscribe/{token}", data={"scope": "board"}).status_code == 404
        assert client.post(f"/unsubscribe/{token}/one-click", data=ONE_CLICK).status_code == 404


def test_a_token_does_not_show_whom_it_is_for(app: Flask, makers: Makers) -> None:
    path = path_for(app, subscribed(makers))
    assert "ada" not in path.lower()
    assert len(path) < 120
