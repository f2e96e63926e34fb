"""Two posts that are one: their addresses, threads and drafts, and all of it taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.merging import twins
from board.authoring.models import ChangeKind
from board.sites.models import Site
from board.threads.models import Draft, Post, Thread
from tests.authoring.remapping import Owner, fresh, keys, thread_of
from tests.support.makers import Makers


@pytest.fixture
def owner(app: Flask) -> Owner:
    return Owner(app)


def test_a_merged_post_gives_all_its_addresses_and_threads(
    owner: Owner, client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    source = makers.post(site, address="https://blog.test/old", key="old-key")
    makers.name(source, "https://blog.test/older")
    target = makers.post(site, address="https://blog.test/new")
    thread, there = makers.thread(post=source), makers.thread(post=target, prompt="Something else?")
    comment = makers.comment(thread)
    owner.merge_posts(source, target)
    assert keys(session, target) == {f"https://blog.test/{name}" for name in ("old", "older", "new")}
    assert [one.id for one in session.scalars(select(Thread).order_by(Thread.position))] == [
        thread.id,
        there.id,
    ]
    for asked in ("url=https://blog.test/old", "url=https://blog.test/older", "key=old-key"):
        assert client.get(f"/d/blog?{asked}").location == f"/p/{target.id}"
    assert client.get(f"/p/{source.id}").location == f"/p/{target.id}"
    assert client.get(f"/c/{comment.id}").status_code == 302


def test_discussions_that_ask_the_same_become_one_unless_that_is_not_wanted(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    source, target = makers.post(site), makers.post(site)
    thread, there = makers.thread(post=source), makers.thread(post=target)
    comment = makers.comment(thread)
    move = owner.merge_posts(source, target)
    assert thread_of(session, comment) == there.id
    owner.undo(move)
    assert thread_of(session, comment) == thread.id
    assert fresh(session, thread).post_id == source.id
    owner.merge_posts(source, target, join=False)
    assert thread_of(session, comment) == thread.id
    assert fresh(session, thread).post_id == target.id


def test_a_merged_post_is_two_again_with_its_threads_in_their_places(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    source, target = makers.post(site), makers.post(site)
    threads = [makers.thread(post=source, position=place, prompt=f"{place}?") for place in (0, 1, 5)]
    draft = makers.draft(source)
    before = keys(session, source)
    owner.undo(owner.merge_posts(source, target))
    found = session.scalars(select(Thread).order_by(Thread.position)).all()
    assert [(one.id, one.post_id, one.position) for one in found] == [
        (thread.id, source.id, place) for thread, place in zip(threads, (0, 1, 5), strict=True)
    ]
    assert keys(session, source) == before
    assert session.scalars(select(Post.merged_into_id).where(Post.id == source.id)).one() is None
    assert session.scalars(select(Draft.post_id).where(Draft.id == draft.id)).one() == source.id


def test_what_both_posts_asked_stays_found_once(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    source, target = makers.post(site), makers.post(site)
    both = [makers.draft(post, prompt="The same?") for post in (source, target)]
    owner.undo(owner.merge_posts(source, target))
    owner.merge_posts(source, target)
    query = select(Draft.post_id).where(Draft.id.in_([draft.id for draft in both])).order_by(Draft.id)
    assert list(session.scalars(query)) == [source.id, target.id]


def test_an_address_at_which_the_other_post_stands_by_now_stays_there(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    source = makers.post(site, address="https://blog.test/a")
    makers.name(source, "https://blog.test/b")
    target = makers.post(site, address="https://blog.test/c")
    move = owner.merge_posts(source, target)
    owner.give(target, "https://blog.test/b", stands=True)
    undone = owner.undo(move)
    assert [(kept.kind, kept.names) for kept in undone.kept] == [
        (ChangeKind.NAME_MOVED, ["https://blog.test/b"])
    ]
    assert keys(session, source) == {"https://blog.test/a"}
    assert keys(session, target) == {"https://blog.test/b", "https://blog.test/c"}


def a_thread(number: int, prompt: str, *, stands_in: bool = False, status: str = "open") -> Thread:
    return Thread(id=number, heading="", prompt=prompt, stands_in=stands_in, status=status)


@pytest.mark.parametrize(
    ("theirs", "ours", "pairs"),
    [
        ([], [], []),
        ([a_thread(1, "A?")], [a_thread(2, "B?")], []),
        ([a_thread(1, "A?")], [a_thread(2, " a? ")], [(1, 2)]),
        ([a_thread(1, "A?"), a_thread(2, "B?")], [a_thread(3, "B?"), a_thread(4, "A?")], [(1, 4), (2, 3)]),
        ([a_thread(1, "X", stands_in=True)], [a_thread(2, "B?"), a_thread(3, "C?")], [(1, 3)]),
        ([a_thread(1, "B?"), a_thread(2, "C?")], [a_thread(3, "X", stands_in=True)], [(3, 2)]),
        ([a_thread(1, "X", stands_in=True)], [a_thread(2, "X", stands_in=True)], [(1, 2)]),
        ([a_thread(1, "A?", status="hidden")], [a_thread(2, "A?")], []),
        ([a_thread(1, "A?")], [a_thread(2, "A?", status="hidden")], []),
        ([a_thread(1, "A?")], [a_thread(2, "A?", status="closed")], [(1, 2)]),
        ([a_thread(1, "A?"), a_thread(2, "X", stands_in=True)], [a_thread(3, "A?")], [(1, 3), (2, 3)]),
    ],
)  # fmt: skip
def test_which_threads_of_two_posts_ask_the_same(
    theirs: list[Thread], ours: list[Thread], pairs: list[tuple[int, int]]
) -> None:
    assert [(source.id, target.id) for source, target in twins(theirs, ours)] == pairs
