"""Deciding, deciding at the same time, and taking decisions back."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.foundation.errors import NotFound
from board.foundation.permissions import Actor, Role
from board.moderation.acts import ACTS, Act
from board.moderation.models import Decision
from board.moderation.outcomes import Undone
from board.moderation.undoing import UndoTooLate
from board.threads.models import Thread
from tests.moderation.desk import actor_of, counters, decide_now, recount, statuses, undo_now
from tests.support.concurrency import at_once
from tests.support.makers import Makers


@pytest.fixture
def owner(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Ada"))


ALLOWED = [(act, old) for act, change in ACTS.items() for old in sorted(change.old)]
REFUSED = [(act, old) for act, change in ACTS.items() for old in Status if old not in change.old]


@pytest.mark.parametrize(("act", "old"), ALLOWED)
def test_an_act_changes_the_status_and_is_logged(
    app: Flask, session: Session, makers: Makers, owner: Actor, *, act: Act, old: Status
) -> None:
    comment = makers.comment(status=old)
    outcome = decide_now(app, owner, act, [comment.id])
    assert [one.id for one in outcome.decided] == [comment.id]
    assert statuses(session, [comment.id]) == [ACTS[act].new]
    decision = session.scalars(select(Decision)).one()
    assert (decision.act, decision.old_status, decision.new_status) == (act, old, ACTS[act].new)
    assert (decision.actor_name, decision.account_id, decision.batch) == (
        "Ada",
        owner.account_id,
        outcome.batch,
    )
    assert counters(session, comment.thread_id) == recount(session, comment.thread_id)


@pytest.mark.parametrize(("act", "old"), REFUSED)
def test_an_act_that_does_not_fit_changes_nothing(
    app: Flask, session: Session, makers: Makers, owner: Actor, *, act: Act, old: Status
) -> None:
    comment = makers.comment(status=old)
    outcome = decide_now(app, owner, act, [comment.id])
    assert (outcome.decided, [one.comment.id for one in outcome.skipped]) == ([], [comment.id])
    assert statuses(session, [comment.id]) == [old]
    assert session.scalars(select(Decision)).all() == []


def test_a_reader_sees_that_the_thread_has_changed(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    comment = makers.comment(status=Status.PENDING)
    revision = select(Thread.revision).where(Thread.id == comment.thread_id)
    before = session.scalars(revision).one()
    decide_now(app, owner, Act.PUBLISH, [comment.id])
    assert session.scalars(revision).one() > before


def test_comments_decided_together_are_undone_together(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    thread = makers.thread()
    ids = [makers.comment(thread, status=Status.PENDING).id for _ in range(3)]
    outcome = decide_now(app, owner, Act.PUBLISH, ids)
    assert statuses(session, ids) == ["published"] * 3
    undone = undo_now(app, outcome.batch, owner)
    assert [comment.id for comment in undone.restored] == ids
    assert statuses(session, ids) == ["pending"] * 3
    assert counters(session, thread.id) == recount(session, thread.id)
    assert all(session.scalars(select(Decision.undone_at)))


def test_undoing_twice_does_nothing_the_second_time(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    comment = makers.comment(status=Status.PENDING)
    outcome = decide_now(app, owner, Act.SPAM, [comment.id])
    undo_now(app, outcome.batch, owner)
    decide_now(app, owner, Act.PUBLISH, [comment.id])
    assert undo_now(app, outcome.batch, owner) == Undone()
    assert statuses(session, [comment.id]) == ["published"]


def test_whoever_comes_second_hears_who_decided_before(app: Flask, makers: Makers, owner: Actor) -> None:
    bob = actor_of(makers.account(name="Bob"))
    comment = makers.comment(status=Status.PENDING)
    decide_now(app, owner, Act.REJECT, [comment.id])
    [skipped] = decide_now(app, bob, Act.PUBLISH, [comment.id]).skipped
    assert skipped.by is not None
    assert (skipped.by.actor_name, skipped.by.act) == ("Ada", "reject")


def test_nobody_is_named_where_nobody_decided(app: Flask, makers: Makers, owner: Actor) -> None:
    comment = makers.comment(status=Status.WITHDRAWN)
    [skipped] = decide_now(app, owner, Act.PUBLISH, [comment.id]).skipped
    assert skipped.by is None


def test_undo_leaves_alone_what_somebody_changed_since(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    bob = actor_of(makers.account(name="Bob"))
    ids = [makers.comment(status=Status.PENDING).id for _ in range(2)]
    outcome = decide_now(app, owner, Act.PUBLISH, ids)
    decide_now(app, bob, Act.REMOVE, ids[:1])
    undone = undo_now(app, outcome.batch, owner)
    assert [comment.id for comment in undone.restored] == ids[1:]
    [kept] = undone.kept
    assert kept.by is not None
    assert kept.by.actor_name == "Bob"
    assert statuses(session, ids) == ["removed", "pending"]


def test_undo_leaves_alone_what_came_to_the_same_status_by_another_way(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    comment = makers.comment(status=Status.PENDING)
    first = decide_now(app, owner, Act.REJECT, [comment.id])
    decide_now(app, owner, Act.RESTORE, [comment.id])
    decide_now(app, owner, Act.REJECT, [comment.id])
    assert undo_now(app, first.batch, owner).restored == []
    assert statuses(session, [comment.id]) == ["rejected"]


@pytest.mark.parametrize(("hours", "works"), [(23.9, True), (24.1, False)])
def test_a_decision_can_be_undone_for_a_day(
    app: Flask, session: Session, makers: Makers, owner: Actor, *, hours: float, works: bool
) -> None:
    comment = makers.comment(status=Status.PENDING)
    outcome = decide_now(app, owner, Act.REJECT, [comment.id])
    if works:
        undo_now(app, outcome.batch, owner, hours=hours)
    else:
        with pytest.raises(UndoTooLate):
            undo_now(app, outcome.batch, owner, hours=hours)
    assert statuses(session, [comment.id]) == ["pending" if works else "rejected"]


def test_only_the_part_of_a_batch_on_ones_own_site_is_undone(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    mine, other = makers.site(), makers.site()
    ids = [makers.comment(makers.thread(site), status=Status.PENDING).id for site in (mine, other)]
    outcome = decide_now(app, owner, Act.PUBLISH, ids)
    moderator = actor_of(makers.account(Role.MODERATOR, mine), Role.MODERATOR, mine.id)
    undo_now(app, outcome.batch, moderator)
    assert statuses(session, ids) == ["pending", "published"]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUTHOR])
def test_who_may_not_decide_there_may_not_undo(
    app: Flask, session: Session, makers: Makers, owner: Actor, role: Role
) -> None:
    comment = makers.comment(status=Status.PENDING)
    outcome = decide_now(app, owner, Act.PUBLISH, [comment.id])
    site = makers.site()  # another one for the moderator, and an author decides nowhere
    actor = actor_of(makers.account(role, site), role, site.id)
    with pytest.raises(NotFound):
        undo_now(app, outcome.batch, actor)
    assert statuses(session, [comment.id]) == ["published"]


def test_of_two_moderators_at_once_exactly_one_decides(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    bob = actor_of(makers.account(name="Bob"))
    thread = makers.thread()
    root = makers.comment(thread)
    for _ in range(8):
        ids = [makers.comment(thread, root, status=Status.PENDING).id for _ in range(3)]
        ids.append(makers.comment(thread, status=Status.PENDING).id)
        at_once(
            lambda ids=ids: decide_now(app, owner, Act.PUBLISH, ids),  # type: ignore[misc]
            lambda ids=ids: decide_now(app, bob, Act.REJECT, reversed(ids)),  # type: ignore[misc]
        )
        decisions = session.scalars(select(Decision).where(Decision.comment_id.in_(ids))).all()
        assert sorted(decision.comment_id for decision in decisions) == ids
        assert len({decision.batch for decision in decisions}) == 1
        assert counters(session, thread.id) == recount(session, thread.id)


def test_decisions_on_comments_that_hang_together_never_wait_in_a_circle(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    """A reply's publication counts on its root, so both rows are wanted by either decision."""
    threads = [makers.thread() for _ in range(2)]
    for _ in range(8):
        roots = [makers.comment(thread) for thread in threads]
        pairs = zip(threads, roots, strict=True)
        replies = [makers.comment(thread, root, status=Status.PENDING).id for thread, root in pairs][::-1]
        ids = [root.id for root in roots]
        at_once(
            lambda ids=ids: decide_now(app, owner, Act.REMOVE, ids),  # type: ignore[misc]
            lambda replies=replies: decide_now(app, owner, Act.PUBLISH, replies),  # type: ignore[misc]
        )
    for thread in threads:
        assert counters(session, thread.id) == recount(session, thread.id)


def test_an_undo_pressed_twice_at_once_counts_once(
    app: Flask, session: Session, makers: Makers, owner: Actor
) -> None:
    comment = makers.comment(status=Status.PENDING)
    outcome = decide_now(app, owner, Act.PUBLISH, [comment.id])
    results = at_once(*[lambda: undo_now(app, outcome.batch, owner)] * 2)
    assert sorted(len(result.restored) for result in results if isinstance(result, Undone)) == [0, 1]
    assert counters(session, comment.thread_id) == recount(session, comment.thread_id)


STEPS = st.lists(
    st.tuples(
        st.sampled_from([*(act for act in Act if act is not Act.REPLY), "undo"]),
        st.sets(st.integers(0, 6), min_size=1, max_size=7),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_counters_stay_true_whatever_is_decided_and_undone(
    app: Flask, session: Session, makers: Makers, owner: Actor, steps: list[tuple[Act | str, set[int]]]
) -> None:
    thread = makers.thread()
    roots = [
        makers.comment(thread, status=status) for status in (Status.PUBLISHED, Status.PENDING, Status.SPAM)
    ]
    replies = [makers.comment(thread, roots[0], status=Status.PENDING) for _ in range(3)]
    deep = makers.comment(thread, replies[0], status=Status.PENDING)
    ids = [comment.id for comment in (*roots, *replies, deep)]
    batches: list[str] = []
    for step, chosen in steps:
        if not isinstance(step, Act):
            if batches:
                undo_now(app, batches[min(chosen) % len(batches)], owner)
            continue
        outcome = decide_now(app, owner, step, [ids[number] for number in chosen])
        if outcome.decided:
            batches.append(outcome.batch)
    assert counters(session, thread.id) == recount(session, thread.id)
    last = session.scalars(select(Comment).where(Comment.id.in_(ids), Comment.status == "published")).all()
    assert all(comment.published_at is not None for comment in last)
