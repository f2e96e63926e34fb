"""Readers report comments; enough of them take one down until somebody has looked."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.comments.lifecycle import change_status
from board.comments.models import Status
from board.extensions import db
from board.foundation import clock
from board.moderation.answering import answer_reports, open_reports, reopen_reports
from board.moderation.reporting import report
from board.threads.models import Thread
from tests.comments.handling import handle, own_link
from tests.moderation.desk import actor_of, counters, recount
from tests.moderation.reports import SPAM, WORDS, reader_at, report_from, reports, tell
from tests.support.applications import commit_so_far
from tests.support.concurrency import at_once
from tests.support.makers import Makers
from tests.support.pages import form_values, tree, words


def test_a_reader_reports_a_comment_and_reads_what_happens_now(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment()
    link = tree(client.get(f"/t/{comment.thread_id}")).cssselect(f"#comment-{comment.id} [data-report]")[0]
    assert link.get("href") == f"/c/{comment.id}/report"
    answer = tell(client, comment)
    assert answer.status_code == 303
    assert "A moderator looks at it" in words(client.get(answer.location))
    [stored] = reports(session)
    assert (stored.comment_id, stored.reason, stored.words) == (comment.id, "private", WORDS)
    assert (comment.open_reports, comment.status) == (1, Status.PUBLISHED)


def test_a_report_changes_nothing_that_others_see(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment()
    paths = (f"/t/{comment.thread_id}", f"/c/{comment.id}/report", f"/t/{comment.thread_id}/reported")
    before = [client.get(path).get_data() for path in paths]
    revision = session.get_one(Thread, comment.thread_id).revision
    tell(client, comment)
    assert [client.get(path).get_data() for path in paths] == before
    session.expire_all()
    assert session.get_one(Thread, comment.thread_id).revision == revision


def test_a_network_is_heard_once_about_a_comment_and_thanked_each_time(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment, other = makers.comment(), makers.comment()
    for _ in range(4):
        assert tell(client, comment).status_code == 303
    tell(client, other)
    assert [one.comment_id for one in reports(session)] == [comment.id, other.id]
    assert (comment.open_reports, comment.status) == (1, Status.PUBLISHED)


def test_as_many_networks_as_the_site_says_take_a_comment_down(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread(makers.site(report_threshold=2))
    comment = makers.comment(thread, reasons=[{"code": "policy_holds"}], author_name="Eve")
    tell(reader_at(app, "192.0.2.1"), comment)
    tell(reader_at(app, "192.0.2.1"), comment)
    assert "I count to ten" in words(client.get(f"/t/{thread.id}"))
    tell(reader_at(app, "192.0.2.2"), comment)
    assert "I count to ten" not in words(client.get(f"/t/{thread.id}"))
    session.expire_all()
    assert comment.status == Status.PENDING
    assert comment.reasons == [{"code": "reported", "count": 2}, {"code": "policy_holds"}]
    assert counters(session, thread.id) == recount(session, thread.id)
    [deed] = session.scalars(select(Deed)).all()
    assert (deed.act, deed.subject, deed.account_id) == ("comment_held_for_reports", "Eve", None)
    assert deed.detail == {"comment_id": comment.id, "count": 2}


def test_a_site_can_let_no_number_of_reports_take_anything_down(
    app: Flask, session: Session, makers: Makers
) -> None:
    comment = makers.comment(makers.thread(makers.site(report_threshold=0)))
    report_from(app, comment, *(f"network {n}" for n in range(9)))
    session.expire_all()
    assert (comment.open_reports, comment.status) == (9, Status.PUBLISHED)


def test_whoever_was_slower_than_others_is_thanked_as_well(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(makers.thread(makers.site(report_threshold=1)))
    action, values = form_values(client.get(f"/c/{comment.id}/report"), "/report")
    report_from(app, comment, "another network")
    answer = client.post(action, data={**values, "reason": "spam"})
    assert answer.status_code == 303
    assert len(reports(session)) == 1


@pytest.mark.parametrize("threshold", [2, 100])
def test_reports_at_the_same_moment_are_all_counted(
    app: Flask, session: Session, makers: Makers, threshold: int
) -> None:
    comment = makers.comment(makers.thread(makers.site(report_threshold=threshold)))
    number, thread_id = comment.id, comment.thread_id
    commit_so_far()

    def send(network: str) -> None:
        with app.app_context():
            report(number, SPAM, network=network, now=clock.now())
            db.session.commit()

    at_once(*[lambda network=network: send(network) for network in ("one", "two", "three", "three")])  # type: ignore[misc]
    stored = reports(session)
    assert comment.open_reports == len(stored) == (3 if threshold > 3 else 2)
    assert counters(session, thread_id) == recount(session, thread_id)


# Answering


def test_an_answer_closes_what_was_open_and_nothing_else(
    app: Flask, session: Session, makers: Makers
) -> None:
    actor = actor_of(makers.account(name="Marit"))
    comment, other = makers.comment(), makers.comment()
    report_from(app, comment, "one", "two")
    report_from(app, other, "one")
    answered = handle(app, comment, lambda one: answer_reports(one, actor, now=clock.now()))
    mine = [one for one in reports(session) if one.comment_id == comment.id]
    assert answered == [one.id for one in mine]
    assert {one.answered_by for one in mine} == {"Marit"}
    assert (comment.open_reports, comment.status, other.open_reports) == (0, Status.PUBLISHED, 1)
    assert handle(app, comment, lambda one: answer_reports(one, actor, now=clock.now())) == []


def test_an_answer_can_be_taken_back(app: Flask, session: Session, makers: Makers) -> None:
    actor, comment = actor_of(makers.account()), makers.comment()
    report_from(app, comment, "one", "two")
    answered = handle(app, comment, lambda one: answer_reports(one, actor, now=clock.now()))
    report_from(app, comment, "three")
    handle(app, comment, lambda one: reopen_reports(one, answered))
    found = handle(app, comment, lambda one: open_reports([one.id]))
    assert [one.network for one in found[comment.id]] == ["one", "two", "three"]
    session.expire_all()
    assert comment.open_reports == 3


def test_after_an_answer_only_new_reports_count(app: Flask, session: Session, makers: Makers) -> None:
    actor = actor_of(makers.account())
    comment = makers.comment(makers.thread(makers.site(report_threshold=2)))
    report_from(app, comment, "one", "two")
    handle(app, comment, lambda one: change_status(one, Status.PUBLISHED, now=clock.now()))
    handle(app, comment, lambda one: answer_reports(one, actor, now=clock.now()))
    report_from(app, comment, "one", "three")
    session.expire_all()
    assert (comment.open_reports, comment.status) == (1, Status.PUBLISHED)


@pytest.mark.parametrize("threshold", [1, 3])
def test_what_its_writer_takes_back_needs_no_answer(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, threshold: int
) -> None:
    comment = makers.comment(makers.thread(makers.site(report_threshold=threshold)))
    report_from(app, comment, "one")
    client.post(f"{own_link(app, comment)}/withdraw")
    [stored] = reports(session)
    assert stored.answered_at is not None
    assert (comment.open_reports, comment.status) == (0, Status.WITHDRAWN)
