"""Every act is taken back: all is as it was before, except what somebody changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from board import text
from board.comments.drafting import Draft
from board.comments.models import Comment, CommentVersion, Status
from board.comments.searching import ids_with, terms_of
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Actor
from board.moderation.acts import Act
from board.moderation.doing import Said
from board.moderation.models import Decision, Report
from tests.moderation.desk import (
    actor_of,
    counters,
    decide_now,
    recount,
    signed_in,
    statuses,
    undo_now,
)
from tests.moderation.reports import report_from, reports
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, words


@pytest.fixture
def ada(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Ada"))


@pytest.fixture
def bob(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Bob"))


def row(session: Session, comment_id: int) -> Mapping[str, object]:
    """All that is stored of a comment, but for when it was first shown, which stays known."""
    session.expire_all()
    comment = session.get_one(Comment, comment_id)
    return {
        column.key: getattr(comment, column.key)
        for column in inspect(Comment).columns
        if column.key != "published_at"
    }


def versions(session: Session) -> list[str]:
    return list(session.scalars(select(CommentVersion.source).order_by(CommentVersion.id)))


WORDS = "I count to ten."
FORMER_NOTE = {"note": "Which drawer?", "returned_at": ago(days=3), "edited_at": ago(days=2)}
MARKED = {"pinned_at": ago(days=1), "highlighted_at": ago(days=1)}
ACTED = [
    (Act.PUBLISH, Status.PENDING, {}),
    (Act.REJECT, Status.RETURNED, FORMER_NOTE),
    (Act.SPAM, Status.PUBLISHED, {}),
    (Act.REMOVE, Status.PUBLISHED, MARKED),
    (Act.RESTORE, Status.SPAM, {}),
    (Act.RETURN, Status.PENDING, {}),
    (Act.RETURN, Status.PENDING, FORMER_NOTE),
    (Act.RETURN, Status.PUBLISHED, {}),
    (Act.EDIT, Status.PENDING, {}),
    (Act.EDIT, Status.PUBLISHED, {"staff_edited_at": ago(days=1)}),
    (Act.PIN, Status.PUBLISHED, {}),
    (Act.UNPIN, Status.PUBLISHED, MARKED),
    (Act.HIGHLIGHT, Status.PUBLISHED, {}),
    (Act.UNHIGHLIGHT, Status.PUBLISHED, MARKED),
]


@pytest.mark.parametrize(("act", "status", "fields"), ACTED)
def test_all_is_as_it_was_before(  # one case of a table
    app: Flask,
    session: Session,
    makers: Makers,
    ada: Actor,
    *,
    act: Act,
    status: Status,
    fields: dict[str, object],
) -> None:
    digest = Draft("Ada", WORDS, text.render(WORDS)).text_digest
    written = {"source": WORDS, "text_digest": digest, "created_at": ago(days=5), **fields}
    comment = makers.comment(status=status, **written)
    if fields.get("staff_edited_at"):
        makers._keep(
            CommentVersion(
                comment_id=comment.id, author_name="Ada", source="At first.", replaced_at=ago(days=1)
            )
        )
    number, thread = comment.id, comment.thread_id
    before, before_versions = row(session, number), versions(session)
    outcome = decide_now(app, ada, act, [number], knowingly=True)
    assert [one.id for one in outcome.decided] == [number]
    assert row(session, number) != before, "the act did something"
    undone = undo_now(app, outcome.batch, ada)
    assert [one.id for one in undone.restored] == [number]
    after = dict(row(session, number))
    if fields.get("staff_edited_at"):  # when exactly the former edit was made is told by its version
        assert after["staff_edited_at"] is not None
        after["staff_edited_at"] = before["staff_edited_at"]
    assert (after, versions(session)) == (before, before_versions)
    assert counters(session, thread) == recount(session, thread)


@pytest.mark.parametrize("act", [Act.ANSWER, Act.REMOVE, Act.RETURN, Act.SPAM])
def test_reports_that_were_answered_are_open_again(
    app: Flask, session: Session, makers: Makers, ada: Actor, act: Act
) -> None:
    comment = makers.comment()
    number = comment.id
    report_from(app, comment, "a", "b")
    outcome = decide_now(app, ada, act, [number], knowingly=True)
    assert [one.answered_by for one in reports(session)] == ["Ada", "Ada"]
    undo_now(app, outcome.batch, ada)
    assert [one.answered_by for one in reports(session)] == [None, None]
    assert row(session, number)["open_reports"] == 2


def test_a_report_that_came_after_the_act_stays_open_and_is_counted(
    app: Flask, session: Session, makers: Makers, ada: Actor
) -> None:
    comment = makers.comment()
    number = comment.id
    report_from(app, comment, "a")
    outcome = decide_now(app, ada, Act.ANSWER, [number])
    report_from(app, comment, "b")
    undo_now(app, outcome.batch, ada)
    assert session.scalars(select(Report.answered_at)).all() == [None, None]
    assert row(session, number)["open_reports"] == 2


def test_what_stood_first_before_stands_first_again(
    app: Flask, session: Session, makers: Makers, ada: Actor
) -> None:
    thread = makers.thread()
    former = makers.comment(thread, pinned_at=ago(days=1)).id
    new = makers.comment(thread).id
    outcome = decide_now(app, ada, Act.PIN, [new])
    assert row(session, former)["pinned_at"] is None
    undo_now(app, outcome.batch, ada)
    assert (row(session, former)["pinned_at"] is None, row(session, new)["pinned_at"]) == (False, None)


def test_unpinning_is_not_undone_where_another_comment_stands_first_by_now(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    thread = makers.thread()
    first, second = makers.comment(thread, pinned_at=ago(days=1)).id, makers.comment(thread).id
    outcome = decide_now(app, ada, Act.UNPIN, [first])
    decide_now(app, bob, Act.PIN, [second])
    undone = undo_now(app, outcome.batch, ada)
    assert ([one.comment.id for one in undone.kept], undone.restored) == ([first], [])
    assert row(session, first)["pinned_at"] is None


def test_an_edit_is_not_undone_when_the_words_were_replaced_once_more(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    comment = makers.comment(source="First.").id
    edits = []
    for actor, source in ((ada, "Second."), (bob, "Third.")):
        said = Said(source, text.render(source))
        edits.append(decide_now(app, actor, Act.EDIT, [comment], said=said).batch)
    assert undo_now(app, edits[0], ada).restored == []
    assert row(session, comment)["source"] == "Third."
    undo_now(app, edits[1], bob)
    undo_now(app, edits[0], ada)
    assert (row(session, comment)["source"], versions(session)) == ("First.", [])


def test_the_former_words_are_found_again_and_the_others_are_not(
    app: Flask, makers: Makers, ada: Actor
) -> None:
    comment = makers.comment(source="A kettle.").id
    said = Said("A cup.", text.render("A cup."))
    outcome = decide_now(app, ada, Act.EDIT, [comment], said=said)
    undo_now(app, outcome.batch, ada)
    with app.app_context():
        found = [db.session.scalars(ids_with(terms_of(word))).all() for word in ("kettle", "cup")]
    assert found == [[comment], []]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.PENDING, "Published the comment and your reply."),
        (Status.PUBLISHED, "Published your reply."),
    ],
)
def test_a_reply_and_its_approval_are_taken_back_together(
    app: Flask, session: Session, makers: Makers, *, status: Status, said: str
) -> None:
    comment = makers.comment(status=status)
    number, thread = comment.id, comment.thread_id
    desk = signed_in(app, makers.account(name="Ada"))
    path = f"/desk/comments/{number}/reply"
    page = desk.get(fill_and_send(desk, path, path, source="And then?").location)
    assert said in words(page)
    [reply] = session.scalars(select(Comment.id).where(Comment.parent_id == number))
    assert statuses(session, [number, reply]) == ["published", "published"]
    assert counters(session, thread) == recount(session, thread)
    action, values = form_values(page, "/desk/undo")
    undone = desk.post(action, data=values)
    assert "Undone: your reply is taken back." in words(desk.get(undone.location))
    assert statuses(session, [number, reply]) == [status, "removed"]
    assert counters(session, thread) == recount(session, thread)


def test_an_act_of_many_is_undone_but_for_what_somebody_decided_since(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    thread = makers.thread()
    ids = [makers.comment(thread, status=Status.PENDING).id for _ in range(3)]
    outcome = decide_now(app, ada, Act.REJECT, ids)
    decide_now(app, bob, Act.RESTORE, ids[:1])
    decide_now(app, bob, Act.SPAM, ids[:1])
    undone = undo_now(app, outcome.batch, ada)
    assert [one.id for one in undone.restored] == ids[1:]
    assert [one.by.actor_name for one in undone.kept if one.by] == ["Bob"]
    assert statuses(session, ids) == ["spam", "pending", "pending"]


def test_the_log_undoes_for_a_day_and_says_who_did(
    app: Flask, session: Session, makers: Makers, ada: Actor
) -> None:
    desk = signed_in(app, makers.account(name="Mia"))
    comment = makers.comment(status=Status.PENDING).id
    for days in (0, 2):
        outcome = decide_now(app, ada, Act.REJECT, [comment], now=clock.now() - timedelta(days=days))
        page = desk.get("/desk/log").get_data(as_text=True)
        assert (outcome.batch in page) is (days == 0)
        if days == 0:
            fill_and_send(desk, "/desk/log", "/desk/undo")
    assert session.scalars(select(Decision.undone_by).order_by(Decision.id)).all() == ["Mia", None]
