"""Two moderators in the same moment, each in a process of their own: no decision is lost, none counts twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board import text
from board.comments.drafting import Draft
from board.comments.models import Comment, CommentVersion, Status
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, Actor
from board.moderation.acts import Act
from board.moderation.doing import Said
from board.moderation.models import Decision
from board.moderation.outcomes import Outcome, Undone
from board.moderation.queries import comments_for
from board.moderation.reading import marks_of
from board.moderation.replying import Replied, reply
from tests.moderation.desk import actor_of, counters, decide_now, recount, statuses, undo_now
from tests.support.applications import SECRET
from tests.support.concurrency import at_once
from tests.support.makers import Makers, ago

ROUNDS = 6


@pytest.fixture
def ada(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Ada"))


@pytest.fixture
def bob(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Bob"))


def deciding(app: Flask, actor: Actor, act: Act, comment: int, words: str = "") -> Callable[[], Outcome]:
    """By somebody who read what the comment is now."""
    said = Said(words, text.render(words)) if words else None
    with app.app_context():
        read = marks_of(comments_for(Action.DECIDE, actor, [comment]))
    return lambda: decide_now(app, actor, act, [comment], read=read, said=said)


def replying(app: Flask, actor: Actor, comment: int, words: str) -> Callable[[], Replied]:
    draft = Draft(name=actor.name, source=words, rendered=text.render(words))
    with app.app_context():
        read = marks_of(comments_for(Action.DECIDE, actor, [comment]))

    def act() -> Replied:
        with app.app_context():
            db.session().expire_on_commit = False
            [answered] = comments_for(Action.DECIDE, actor, [comment])
            replied = reply(answered, draft, actor, read=read, secret=SECRET, now=clock.now())
            db.session.commit()
            return replied

    return act


def decisions(session: Session, comment: int) -> list[str]:
    query = select(Decision.actor_name).where(Decision.comment_id == comment).order_by(Decision.id)
    return list(session.scalars(query))


@pytest.mark.parametrize("other", [Act.REJECT, Act.SPAM, Act.PUBLISH, Act.RETURN])
def test_of_a_note_and_another_decision_exactly_one_counts(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor, other: Act
) -> None:
    thread = makers.thread()
    for _ in range(ROUNDS):
        comment = makers.comment(thread, status=Status.PENDING).id
        words = "And why?" if other is Act.RETURN else ""
        at_once(
            deciding(app, ada, Act.RETURN, comment, "Which silence?"),
            deciding(app, bob, other, comment, words),
        )
        [winner] = decisions(session, comment)
        session.expire_all()
        row = session.get_one(Comment, comment)
        if winner == "Ada":
            assert (row.status, row.note) == ("returned", "Which silence?")
        else:
            assert (row.status == "returned", row.note) == (other is Act.RETURN, words)
    assert counters(session, thread.id) == recount(session, thread.id)


def test_of_a_reply_and_a_rejection_exactly_one_counts(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    """A reply below a comment that nobody sees would be a strange sight."""
    thread = makers.thread()
    for _ in range(ROUNDS):
        comment = makers.comment(thread, status=Status.PENDING).id
        at_once(replying(app, ada, comment, "Indeed."), deciding(app, bob, Act.REJECT, comment))
        answers = session.scalars(select(func.count()).where(Comment.parent_id == comment)).one()
        assert (statuses(session, [comment]), answers) in ((["published"], 1), (["rejected"], 0))
    assert counters(session, thread.id) == recount(session, thread.id)


def test_of_two_who_answer_and_approve_one_approves_and_the_other_hears_of_it(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    for _ in range(ROUNDS):
        comment = makers.comment(status=Status.PENDING).id
        results = at_once(replying(app, ada, comment, "Indeed."), replying(app, bob, comment, "Oh."))
        replied = [one for one in results if isinstance(one, Replied)]
        assert sorted(len(one.approval.decided) for one in replied) == [0, 1]
        [late] = [one for one in replied if not one.approval.decided]
        assert late.reply is None
        assert [one.by is not None for one in late.approval.skipped] == [True]
        assert len(decisions(session, comment)) == 1


def test_a_reply_sent_by_a_double_click_is_published_once(
    app: Flask, session: Session, makers: Makers, ada: Actor
) -> None:
    for _ in range(ROUNDS):
        comment = makers.comment().id
        send = replying(app, ada, comment, "Indeed.")
        at_once(send, send)
        assert session.scalars(select(func.count()).where(Comment.parent_id == comment)).one() == 1


def test_of_two_edits_the_second_is_told_that_the_words_are_others_by_now(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    for _ in range(ROUNDS):
        comment = makers.comment(source="As it was.").id
        results = at_once(
            deciding(app, ada, Act.EDIT, comment, "By Ada."), deciding(app, bob, Act.EDIT, comment, "By Bob.")
        )
        outcomes = [one for one in results if isinstance(one, Outcome)]
        assert sorted((len(one.decided), len(one.reworded)) for one in outcomes) == [(0, 1), (1, 0)]
        query = select(CommentVersion.source).where(CommentVersion.comment_id == comment)
        assert session.scalars(query).all() == ["As it was."]


def test_of_two_pins_in_one_discussion_one_comment_stands_first(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    for _ in range(ROUNDS):
        thread = makers.thread()
        ids = [makers.comment(thread).id for _ in range(2)]
        at_once(deciding(app, ada, Act.PIN, ids[0]), deciding(app, bob, Act.PIN, ids[1]))
        pinned = select(func.count()).where(Comment.thread_id == thread.id, Comment.pinned_at.is_not(None))
        assert session.scalars(pinned).one() == 1


def test_of_an_undo_and_a_new_decision_neither_is_lost(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    """Whichever comes first: either the removal stands, or it had nothing to remove any more."""
    thread = makers.thread()
    for _ in range(ROUNDS):
        comment = makers.comment(thread, status=Status.PENDING, created_at=ago(hours=1)).id
        batch = decide_now(app, ada, Act.PUBLISH, [comment]).batch
        results = at_once(lambda: undo_now(app, batch, ada), deciding(app, bob, Act.REMOVE, comment))  # noqa: B023
        [undone] = [one for one in results if isinstance(one, Undone)]
        [removal] = [one for one in results if isinstance(one, Outcome)]
        assert len(undone.restored) + len(removal.decided) == 1
        assert statuses(session, [comment]) == ["pending" if undone.restored else "removed"]
    assert counters(session, thread.id) == recount(session, thread.id)
