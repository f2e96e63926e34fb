"""Deciding about everything that matches: what is meant, what is left alone, and that nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from board import text
from board.comments.drafting import Draft
from board.comments.models import Comment, Status
from board.comments.submission import submit
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.moderation.acts import Act, View
from board.moderation.bulk import MOST_IN_ONE_ACT, decide_all
from board.moderation.models import Decision
from board.moderation.selection import Selection
from board.threads.queries import thread_for
from tests.moderation.crowds import crowd
from tests.moderation.desk import actor_of, counters, decide_now, press_undo, recount, signed_in, statuses
from tests.support.applications import SECRET
from tests.support.concurrency import at_once
from tests.support.makers import Makers, ago
from tests.support.pages import form_values, words


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    return signed_in(app, makers.account(name="Ada"))


def decide_all_on(client: FlaskClient, query: str, act: str, **sent: str) -> tuple[int, str]:
    """The status of the answer, and what the desk says then."""
    action, values = form_values(client.get(f"/desk/all?{query}"), "/desk/all")
    answer = client.post(action, data={**values, "act": act, **sent})
    return answer.status_code, words(client.get(answer.location)) if answer.status_code == 303 else ""


def by_status(session: Session) -> dict[str, int]:
    query = select(Comment.status, func.count().label("number")).group_by(Comment.status)
    return {row.status: row.number for row in session.execute(query)}


def test_everything_that_matches_is_decided_and_undone_as_one(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    thread, other = makers.thread(), makers.thread()
    crowd(session, thread, 130)
    crowd(session, other, 3)
    page = desk.get(f"/desk/all?thread={thread.id}")
    assert "130 comments match" in words(page)
    action, values = form_values(page, "/desk/all")
    answer = desk.post(action, data={**values, "act": "reject"})
    assert by_status(session) == {"rejected": 130, "pending": 3}
    assert session.scalars(select(func.count(Decision.batch.distinct()))).one() == 1
    undone = press_undo(desk, answer)
    assert "Undone: 130 comments are back where they were." in words(desk.get(undone.location))
    assert by_status(session) == {"pending": 133}
    assert counters(session, thread.id) == recount(session, thread.id)


def test_what_arrived_or_was_changed_after_the_page_was_made_is_left_alone(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    read, edited = (makers.comment(thread, status=Status.PENDING, created_at=ago(hours=1)).id for _ in "12")
    action, values = form_values(desk.get("/desk/all"), "/desk/all")
    session.execute(update(Comment).where(Comment.id == edited).values(edited_at=clock.now()))
    session.commit()
    new = makers.comment(thread, status=Status.PENDING).id
    desk.post(action, data={**values, "act": "publish"})
    assert statuses(session, [read, edited, new]) == ["published", "pending", "pending"]


@pytest.mark.parametrize(
    ("view", "act", "left"),
    [
        ("all", "publish", {"published": 5, "withdrawn": 1}),
        ("all", "remove", {"removed": 2, "pending": 1, "returned": 1, "rejected": 1, "withdrawn": 1}),
        ("hidden", "restore", {"pending": 3, "published": 1, "returned": 1, "withdrawn": 1}),
        ("hidden", "publish", {"published": 3, "pending": 1, "returned": 1, "withdrawn": 1}),
    ],
)
def test_what_an_act_does_not_fit_stays_as_it_is(
    desk: FlaskClient, session: Session, makers: Makers, *, view: str, act: str, left: dict[str, int]
) -> None:
    thread = makers.thread()
    for status in set(Status) - {Status.SPAM}:
        makers.comment(thread, status=status, created_at=ago(hours=1))
    code, said = decide_all_on(desk, f"view={view}", act)
    assert (code, by_status(session)) == (303, left)
    assert "already" not in said, "nobody else decided anything"
    assert counters(session, thread.id) == recount(session, thread.id)


def test_comments_an_act_does_not_fit_do_not_use_up_what_it_can_do(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    waiting = makers.comment(thread, status=Status.PENDING, created_at=ago(days=9)).id
    crowd(session, thread, MOST_IN_ONE_ACT, status=Status.PUBLISHED)
    decide_all_on(desk, "view=all", "reject")
    assert statuses(session, [waiting]) == ["rejected"]


def test_more_than_one_act_can_do_is_said_before_and_after(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    crowd(session, thread, MOST_IN_ONE_ACT + 1)
    assert f"the first {MOST_IN_ONE_ACT} are decided" in words(desk.get("/desk/all"))
    _, said = decide_all_on(desk, "", "spam")
    assert f"Marked {MOST_IN_ONE_ACT} comments as spam. That is as many as one act can do." in said
    assert by_status(session) == {"spam": MOST_IN_ONE_ACT, "pending": 1}
    assert "is more than one act" not in words(desk.get("/desk/all"))
    _, said = decide_all_on(desk, "", "spam")
    assert "Marked 1 comment as spam. Undo" in said


def test_nothing_left_to_decide_is_said_in_plain_words(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING, created_at=ago(hours=1)).id
    action, values = form_values(desk.get("/desk/all"), "/desk/all")
    decide_now(app, actor_of(makers.account()), Act.REJECT, [comment])
    answer = desk.post(action, data={**values, "act": "publish"})
    assert "Nothing matches any more." in words(desk.get(answer.location))
    assert statuses(session, [comment]) == ["rejected"]
    assert "0 comments match" in words(desk.get("/desk/all"))


@pytest.mark.parametrize(
    "sent",
    [{"act": "explode"}, {"act": "reply"}, {"act": "pin"}, {"act": "restore"}, {"act": ""}]
    + [{"until": until} for until in ("", "yesterday", "2026-01-01T00:00:00", "9" * 99, "\x00")],
)
def test_what_the_page_does_not_send_is_refused(
    desk: FlaskClient, session: Session, makers: Makers, sent: dict[str, str]
) -> None:
    comment = makers.comment(status=Status.PENDING, created_at=ago(hours=1)).id
    code, _ = decide_all_on(desk, "", **{"act": "publish", **sent})
    assert (code, statuses(session, [comment])) == (400, ["pending"])


def test_a_moderator_decides_about_all_on_their_own_site_alone(
    app: Flask, session: Session, makers: Makers
) -> None:
    mine, other = makers.site(), makers.site()
    own, foreign = (
        makers.comment(makers.thread(site), status=Status.PENDING, created_at=ago(hours=1)).id
        for site in (mine, other)
    )
    client = signed_in(app, makers.account(Role.MODERATOR, mine))
    foreign_site = other.id
    assert "1 comment matches" in words(client.get("/desk/all"))
    decide_all_on(client, "", "publish")
    assert statuses(session, [own, foreign]) == ["published", "pending"]
    _, values = form_values(client.get("/desk/all?view=all"), "/desk/all")
    answer = client.post(f"/desk/all?site={foreign_site}", data={**values, "act": "publish"})
    assert (answer.status_code, statuses(session, [foreign])) == (404, ["pending"])


def act_step_by_step(app: Flask, account: object, until: datetime) -> Callable[[], list[int]]:
    """Rejects all that waits, as the view does: how many were decided in each transaction."""
    actor = actor_of(account)  # type: ignore[arg-type]

    def act() -> list[int]:
        sizes = []
        with app.app_context():
            for step in decide_all(actor, Selection(View.PENDING), Act.REJECT, until=until, now=clock.now()):
                db.session.commit()
                sizes.append(len(step.decided))
        return sizes

    return act


def test_two_who_decide_about_all_at_once_share_the_work(
    app: Flask, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    crowd(session, thread, 250)
    until = clock.now()
    acts = [act_step_by_step(app, makers.account(name=name), until) for name in ("Ada", "Bob")]
    shares = at_once(*acts)
    assert sum(map(sum, shares)) == 250  # type: ignore[arg-type]
    assert session.scalars(select(func.count(Decision.id))).one() == 250
    assert counters(session, thread.id) == recount(session, thread.id)


def test_a_reader_who_sends_something_gets_in_between(app: Flask, session: Session, makers: Makers) -> None:
    """500 comments were once decided in a transaction that kept all readers waiting until its end."""
    thread = makers.thread()
    thread_id = thread.id
    crowd(session, thread, 500)
    decide = act_step_by_step(app, makers.account(), clock.now() + timedelta(hours=1))
    begun = threading.Event()
    done_when_heard: list[int] = []

    def note(_session: object) -> None:
        begun.set()

    def send() -> None:
        assert begun.wait(10), "no step of the act was ever committed"
        with app.app_context():
            rendered = text.render("I was here meanwhile.")
            draft = Draft(name="Eve", source="I was here meanwhile.", rendered=rendered)
            submit(
                thread_for(thread_id),
                None,
                draft,
                network="n",
                secret=SECRET,
                now=clock.now() + timedelta(days=1),
            )
            done_when_heard.append(db.session.scalars(select(func.count(Decision.id))).one())
            db.session.commit()

    event.listen(db.session, "after_commit", note)
    try:
        sizes, _ = at_once(decide, send)
    finally:
        event.remove(db.session, "after_commit", note)
    assert sizes == [100] * 5
    assert done_when_heard[0] in {100, 200, 300, 400}
    assert by_status(session) == {"rejected": 500, "pending": 1}
