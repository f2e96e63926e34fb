"""Staff who wonder why somebody heard nothing are told, on a page and by a command."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.foundation import clock
from board.mail.models import Suppression
from board.mail.suppression import _digests
from board.sites.models import Site
from board.threads.models import Thread
from tests.mail.letters import work
from tests.moderation.desk import signed_in
from tests.subscriptions.journeys import ADA, answer_to, decide, last_comment
from tests.support.makers import Makers, ago
from tests.support.pages import words
from tests.support.statements import counted_statements

Run = Callable[..., Result]
BEN, CLEO, DORA, EVE = (f"{name}@example.com" for name in ("ben", "cleo", "dora", "eve"))


@pytest.fixture
def site(makers: Makers) -> Site:
    site: Site = makers.site()
    return site


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    thread: Thread = makers.thread(site)
    return thread


@pytest.fixture
def reply(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site, thread: Thread
) -> Comment:
    """A reply to Ada that waits; Ben follows the thread, the others would have, but for something."""
    ada = makers.reader(site, ADA)
    parent = makers.comment(thread, reader_id=ada.id)
    makers.subscription(ada, parent)
    makers.subscription(makers.reader(site, BEN), thread)
    makers.subscription(makers.reader(site, CLEO), thread, ended_at=ago(days=1))
    makers.subscription(makers.reader(site, DORA, confirmed=False), thread, confirmed=False)
    makers.subscription(makers.reader(site, EVE), thread)
    with app.app_context():
        digest = _digests(EVE)[-1]
    session.add(Suppression(digest=digest, reason="hard_bounce", created_at=clock.now()))
    session.commit()
    answer_to(client, parent)
    return last_comment(session)


def lines(said: str) -> dict[str, str]:
    """What is said of each address, without its moments."""
    told = [line.strip().split(": ", 1) for line in said.splitlines() if "@" in line]
    return {who.partition(" ")[0]: what.split(", ")[0] for who, what in told}


def test_the_command_names_everybody_with_the_reason(app: Flask, run_command: Run, reply: Comment) -> None:
    number = reply.id
    decide(app, reply, Status.PUBLISHED)
    work(app)
    said = run_command("mail", "why", str(number)).output
    assert "The comment was published" in said
    assert lines(said) == {
        ADA: "told",
        BEN: "told",
        CLEO: "Has unsubscribed.",
        DORA: "Has not confirmed the address.",
        EVE: "Nothing more is sent to that address: mail to it came back",
    }


def test_of_a_comment_that_waits_it_tells_who_would_hear(
    run_command: Run, session: Session, reply: Comment
) -> None:
    number = reply.id
    said = run_command("mail", "why", str(number)).output
    assert said.startswith("If it were published now:")
    assert lines(said)[ADA] == lines(said)[BEN] == "hears of it"
    session.rollback()
    assert session.get_one(Comment, number).status == Status.PENDING


def test_a_comment_that_is_none_is_a_sentence(run_command: Run) -> None:
    assert "There is no comment 77." in run_command("mail", "why", "77").output


def test_the_page_says_the_same_without_anybodys_address(
    app: Flask, session: Session, makers: Makers, reply: Comment
) -> None:
    desk, number = signed_in(app, makers.account()), reply.id
    assert "If it were published now" in words(desk.get(f"/desk/comments/{number}/audience"))
    decide(app, reply, Status.PUBLISHED)
    work(app)
    page = desk.get(f"/desk/comments/{number}/audience")
    said = words(page)
    assert "The comment was published" in said
    for part in ("a…@example.com", "was answered", "follows the discussion", "Told", "Has unsubscribed."):
        assert part in said
    assert not any(one in page.get_data(as_text=True) for one in (ADA, BEN, CLEO, DORA, EVE))


def test_the_page_takes_as_many_statements_for_many_as_for_few(
    app: Flask, makers: Makers, site: Site, thread: Thread, reply: Comment
) -> None:
    desk, path = signed_in(app, makers.account()), f"/desk/comments/{reply.id}/audience"
    with counted_statements(app) as few:
        desk.get(path)
    for number in range(30):
        makers.subscription(makers.reader(site, f"r{number}@example.com"), thread)
    with counted_statements(app) as many:
        desk.get(path)
    assert len(many) == len(few)


def test_a_long_list_is_cut_and_says_so(
    app: Flask, makers: Makers, site: Site, thread: Thread, reply: Comment
) -> None:
    for number in range(205):
        makers.subscription(makers.reader(site, f"r{number}@example.com"), thread)
    assert "More follow than are listed here." in words(
        signed_in(app, makers.account()).get(f"/desk/comments/{reply.id}/audience")
    )
