"""Following by a form: on a discussion's page, in a blog's post, and on a blog's page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.mail.models import OutboxMessage
from board.readers.models import Reader
from board.subscriptions.models import Subscription
from tests.mail.letters import work
from tests.subscriptions.journeys import ADA, everything, link_in
from tests.support.applications import client_of
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, words
from tests.support.smtp import SmtpServer


def ask(client: FlaskClient, page: str, email: str = ADA, **typed: str) -> TestResponse:
    return fill_and_send(client, page, "/follow", email=email, **typed)


@pytest.mark.parametrize("framed", [False, True])
def test_a_discussion_is_followed_from_its_page(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers, framed: bool
) -> None:
    thread = makers.thread()
    page = f"/embed/t/{thread.id}?in=frame&theme=dark" if framed else f"/t/{thread.id}"
    answer = ask(client, page)
    assert answer.status_code == 303
    assert ("in=frame" in answer.location) is framed, "whoever was in the frame stays there"
    assert "a mail is on its way; press the button in it" in words(client.get(answer.location))
    work(app)
    [mail] = smtp.messages_to(ADA)
    fill_and_send(client, link_in(mail.text, "/confirm/"), "/confirm/")
    session.rollback()
    [subscription] = session.scalars(select(Subscription)).all()
    assert (subscription.thread_id, subscription.is_active) == (thread.id, True)


def test_a_blogs_questions_are_followed_from_its_page(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site(slug="desk", name="The Quiet Desk")
    answer = ask(client, "/s/desk")
    assert "a mail is on its way" in words(client.get(answer.location))
    work(app)
    [mail] = smtp.messages_to(ADA)
    assert "new questions to the readers of The Quiet Desk" in mail.text
    [subscription] = session.scalars(select(Subscription)).all()
    assert subscription.topic == "prompts"
    assert session.get_one(Reader, subscription.reader_id).site_id == site.id


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(
    client: FlaskClient, makers: Makers
) -> None:
    site = makers.site()
    thread = makers.thread(site)
    makers.reader(site, "unconfirmed@example.com", confirmed=False)
    makers.reader(site, "known@example.com")
    makers.subscription(makers.reader(site, "follows@example.com"), thread)
    left = makers.reader(site, "left@example.com")
    makers.subscription(left, thread, ended_at=ago(days=2))
    answers = set()
    for name in ("stranger", "unconfirmed", "known", "follows", "left", "left"):
        answer = ask(client, f"/t/{thread.id}", f"{name}@example.com")
        answers.add((answer.status_code, answer.location, answer.get_data()))
        answers.add(client.get(answer.location).get_data())
    assert len(answers) == 2


@pytest.mark.parametrize("email", ["", "ada", "a b@example.com", "x" * 260 + "@example.com"])
def test_what_is_no_address_is_said_beside_the_field(
    client: FlaskClient, session: Session, makers: Makers, email: str
) -> None:
    thread = makers.thread()
    answer = ask(client, f"/t/{thread.id}", email)
    assert answer.status_code == 422
    assert "One thing needs another look" in words(answer)
    assert form_values(answer, "/follow")[1]["email"] == email
    assert session.scalars(select(Subscription)).all() == []


def test_a_robot_gets_the_same_answer_and_nothing_happens(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    before = everything(session)
    answer = ask(client, f"/t/{thread.id}", website="https://spam.example")
    assert answer.location == f"/t/{thread.id}/follow"
    assert everything(session) == before


def test_a_form_of_another_discussion_or_page_is_refused(
    client: FlaskClient, bare_client: FlaskClient, session: Session, makers: Makers
) -> None:
    mine, other = makers.thread(), makers.thread()
    before = everything(session)
    _, values = form_values(client.get(f"/t/{other.id}"), "/follow")
    answer = client.post(f"/t/{mine.id}/follow", data={**values, "email": ADA})
    assert answer.status_code == 422
    foreign = bare_client.post(
        f"/t/{mine.id}/follow", data={**values, "email": ADA}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403
    assert everything(session) == before


def test_a_network_follows_ten_times_an_hour_and_keeps_what_it_typed(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site(slug="desk")
    threads = [makers.thread(site) for _ in range(2)]
    for number in range(10):
        assert ask(client, f"/t/{threads[number % 2].id}", f"reader{number}@example.com").status_code == 303
    assert ask(client, "/s/desk", "no address").status_code == 422, "a mistake uses nothing up"
    refused = ask(client, f"/embed/t/{threads[0].id}?in=frame", "eleventh@example.com")
    assert refused.status_code == 429
    assert "eleventh@example.com" in words(refused)
    assert "frame-ancestors *" in refused.headers["Content-Security-Policy"], "it can be read in the frame"
    assert len(session.scalars(select(Reader)).all()) == 10
    neighbour = client_of(app)
    neighbour.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert ask(neighbour, "/s/desk").status_code == 303


def test_a_closed_discussion_cannot_be_followed_and_a_paused_one_can(
    client: FlaskClient, makers: Makers
) -> None:
    pages = {
        status: client.get(f"/t/{makers.thread(status=status).id}") for status in ("closed", "read_only")
    }
    assert {status: "by email" in words(page) for status, page in pages.items()} == {
        "closed": False,
        "read_only": True,
    }


def test_what_is_hidden_is_not_followed(client: FlaskClient, session: Session, makers: Makers) -> None:
    thread = makers.thread()
    _, values = form_values(client.get(f"/t/{thread.id}"), "/follow")
    thread.status = "hidden"
    session.commit()
    assert client.post(f"/t/{thread.id}/follow", data={**values, "email": ADA}).status_code == 404
    assert session.scalars(select(OutboxMessage)).all() == []


def test_pages_with_the_form_stay_the_same_for_everybody(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread(makers.site(slug="desk"))
    for path in (f"/t/{thread.id}", "/s/desk", f"/embed/t/{thread.id}"):
        first, second = client.get(path), client.get(path)
        assert first.get_data() == second.get_data(), path
        assert first.headers["Cache-Control"] == "public, no-cache", path
        assert "Set-Cookie" not in first.headers, path
    for path in (f"/t/{thread.id}/follow", "/s/desk/follow", "/me", "/me/sent"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), path
