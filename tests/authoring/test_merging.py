"""Discussions and posts that become one, and two again: nothing a reader wrote is lost by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.authoring.models import ChangeKind, Remapping
from board.authoring.recording import HiddenThere, MergedAlready, NothingToMove
from board.authoring.undoing import Kept
from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.foundation.errors import BoardError
from board.sites.models import Site
from board.subscriptions.models import Subscription
from board.subscriptions.unsubscribing import unsubscribe_token
from board.threads.models import Draft, DraftState, Post, Thread, ThreadStatus
from tests.authoring.remapping import Owner, fresh, thread_of
from tests.moderation.desk import counters, recount
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words
from tests.support.statements import counted_statements


@pytest.fixture
def owner(app: Flask) -> Owner:
    return Owner(app)


@pytest.fixture
def two(makers: Makers, site: Site) -> tuple[Thread, Thread]:
    """Threads of two posts: one with comments of every status and depth, one with a single comment."""
    source, target = makers.thread(site), makers.thread(site)
    root = makers.comment(source, created_at=ago(hours=3))
    deep = makers.comment(source, makers.comment(source, root), created_at=ago(minutes=1))
    makers.comment(source, deep, status=Status.PENDING)
    for status in (Status.REJECTED, Status.SPAM, Status.WITHDRAWN, Status.REMOVED):
        makers.comment(source, status=status)
    makers.comment(target, created_at=ago(hours=2))
    return source, target


def in_thread(session: Session, thread: Thread) -> int:
    return session.scalars(select(func.count()).where(Comment.thread_id == thread.id)).one()


def test_all_comments_go_over_and_every_counter_is_true(
    owner: Owner, session: Session, two: tuple[Thread, Thread]
) -> None:
    source, target = two
    revisions = source.revision, target.revision
    owner.merge_threads(source, target)
    assert (in_thread(session, source), in_thread(session, target)) == (0, 9)
    for thread in two:
        assert counters(session, thread.id) == recount(session, thread.id)
    goes, stays = (fresh(session, thread) for thread in two)
    assert (goes.status, goes.merged_into_id, goes.published_count) == ("hidden", target.id, 0)
    assert (stays.published_count, stays.pending_count) == (4, 1)
    assert goes.revision > revisions[0]
    assert stays.revision > revisions[1]


def test_readers_come_by_their_old_links_and_find_everything(
    owner: Owner,
    app: Flask,
    client: FlaskClient,
    session: Session,
    makers: Makers,
    two: tuple[Thread, Thread],
) -> None:
    source, target = two
    comment = makers.comment(source, source="The lid, of all things.")
    with app.app_context():
        own = f"/own/{link_token(comment)}"
    owner.merge_threads(source, target)
    assert client.get(f"/t/{source.id}").location == f"/t/{target.id}"
    assert client.get(f"/c/{comment.id}").location == f"/t/{target.id}#comment-{comment.id}"
    assert "The lid, of all things." in words(client.get(f"/t/{target.id}"))
    assert "The lid, of all things." in words(client.get(own))
    assert "The lid, of all things." in client.get(f"/t/{target.id}/feed.atom").text
    assert client.get("/s/blog/feed.atom").text.count("<entry>") == 5


def test_subscriptions_stay_with_their_comments_and_leaving_works(
    owner: Owner, app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site, two
) -> None:
    source, target = two
    comment = makers.comment(source)
    subscription = makers.subscription(makers.reader(site), comment)
    with app.app_context():
        leaving = f"/unsubscribe/{unsubscribe_token(subscription)}"
    owner.merge_threads(source, target)
    assert session.scalars(select(Subscription.comment_id)).one() == comment.id
    assert fill_and_send(client, leaving, "/unsubscribe").status_code in {200, 303}
    assert session.scalars(select(Subscription.ended_at)).one() is not None


def test_merging_costs_the_same_for_two_comments_and_for_sixty(
    owner: Owner, app: Flask, makers: Makers, site: Site
) -> None:
    numbers = []
    for size in (2, 60):
        source, target = makers.thread(site), makers.thread(site)
        for _ in range(size):
            makers.comment(source)
        with counted_statements(app) as statements:
            owner.merge_threads(source, target)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1] <= 20


def test_undoing_brings_back_what_was_there_and_what_was_answered_since(
    owner: Owner, session: Session, makers: Makers, two: tuple[Thread, Thread]
) -> None:
    source, target = two
    root = makers.comment(source)
    move = owner.merge_threads(source, target)
    answer = makers.comment(target, root)
    later = makers.comment(target)
    answer_to_later = makers.comment(target, later)
    undone = owner.undo(move)
    assert undone.kept == []
    assert thread_of(session, root) == thread_of(session, answer) == source.id
    assert thread_of(session, later) == thread_of(session, answer_to_later) == target.id
    assert (in_thread(session, source), in_thread(session, target)) == (10, 3)
    for thread in two:
        assert counters(session, thread.id) == recount(session, thread.id)
    back = fresh(session, source)
    assert (back.status, back.merged_into_id) == ("open", None)


def test_undoing_twice_does_nothing_the_second_time(
    owner: Owner, session: Session, makers: Makers, two: tuple[Thread, Thread]
) -> None:
    source, target = two
    move = owner.merge_threads(source, target)
    owner.undo(move)
    later = owner.merge_threads(source, target)
    assert owner.undo(move).returned == 0
    assert in_thread(session, source) == 0
    owner.undo(later)
    assert in_thread(session, source) == 8


def test_a_closed_thread_is_closed_again_and_a_hidden_one_hidden(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    for status in (ThreadStatus.CLOSED, ThreadStatus.HIDDEN):
        source, target = makers.thread(site, status=status), makers.thread(site)
        makers.comment(source)
        owner.undo(owner.merge_threads(source, target))
        assert fresh(session, source).status == status


def test_what_was_moved_on_stays_until_that_is_undone_first(
    owner: Owner, session: Session, makers: Makers, site: Site, two: tuple[Thread, Thread]
) -> None:
    source, target = two
    third = makers.thread(site)
    first = owner.merge_threads(source, target)
    second = owner.merge_threads(target, third)
    refused = owner.undo(first)
    assert (refused.returned, refused.kept) == (0, [Kept(ChangeKind.ROOT_MOVED, 5, second, [])])
    assert in_thread(session, third) == 9
    assert owner.undo(second).kept == []
    assert owner.undo(first).kept == []
    assert [in_thread(session, thread) for thread in (source, target, third)] == [8, 1, 0]


def test_an_empty_thread_merges_and_comes_back(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    source, target = makers.thread(site), makers.thread(site)
    owner.undo(owner.merge_threads(source, target))
    assert fresh(session, source).merged_into_id is None


def test_drafts_are_about_the_thread_that_stays(
    owner: Owner, session: Session, makers: Makers, site: Site, two: tuple[Thread, Thread]
) -> None:
    source, target = two
    post = session.get_one(Post, source.post_id)
    draft = makers.draft(post, thread_id=source.id, state=DraftState.ACCEPTED)
    query = select(Draft.thread_id).where(Draft.id == draft.id)
    move = owner.merge_threads(source, target)
    assert session.scalars(query).one() == target.id
    owner.undo(move)
    assert session.scalars(query).one() == source.id


def test_nothing_is_merged_into_itself_or_twice_or_out_of_sight(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    one, other, third = makers.thread(site), makers.thread(site), makers.thread(site)
    foreign, hidden = makers.thread(makers.site()), makers.thread(site, status=ThreadStatus.HIDDEN)
    owner.merge_threads(one, other)
    refused: list[tuple[type[BoardError], Thread, Thread]] = [
        (NothingToMove, third, third),
        (NothingToMove, third, foreign),
        (MergedAlready, one, third),
        (MergedAlready, third, one),
        (HiddenThere, third, hidden),
    ]
    for reason, source, target in refused:
        with pytest.raises(reason):
            owner.merge_threads(source, target)
    assert session.scalars(select(func.count()).select_from(Remapping)).one() == 1


def test_two_who_merge_crosswise_at_once_make_one(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    one, other = makers.thread(site), makers.thread(site)
    for thread in (one, other):
        makers.comment(thread)
    pairs, start = [(one.id, other.id), (other.id, one.id)], Barrier(2)
    session.commit()

    def merge(pair: tuple[int, int]) -> str:
        start.wait()
        try:
            Owner(app).merge_threads(Thread(id=pair[0]), Thread(id=pair[1]))
        except MergedAlready:
            return "too late"
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(merge, pairs)) == ["merged", "too late"]
    assert sorted(in_thread(session, thread) for thread in (one, other)) == [0, 2]
