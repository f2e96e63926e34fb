"""Posts that get other addresses, discussions that go to another post, and all of it undone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.models import ChangeKind, Move, Remapping
from board.authoring.moving import AddressNeeded, AddressTaken
from board.authoring.recording import MergedAlready, NothingToMove
from board.sites.models import Site
from board.threads.addresses import AddressRefused
from board.threads.models import Post, Thread
from tests.authoring.remapping import Owner, address, keys, thread_of
from tests.support.makers import Makers

OLD, NEW = "https://blog.test/old-name", "https://blog.test/new-name/"


@pytest.fixture
def owner(app: Flask) -> Owner:
    return Owner(app)


@pytest.fixture
def post(makers: Makers, site: Site) -> Post:
    return makers.post(site, address=OLD)


def entry(session: Session, move: int) -> Remapping:
    return session.scalars(select(Remapping).where(Remapping.id == move)).one()


def test_a_post_that_moved_is_found_at_both_addresses(
    owner: Owner, client: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    thread = makers.thread(post=post)
    revision = thread.revision
    move = owner.give(post, NEW, stands=True)
    assert address(session, post) == NEW
    for name in (OLD, NEW):
        assert client.get(f"/d/blog?url={name}").location == f"/t/{thread.id}"
    assert NEW in client.get(f"/t/{thread.id}").text
    assert session.scalars(select(Thread.revision)).one() > revision
    told = entry(session, move)
    assert (told.move, told.actor_name, told.details["address"]) == (Move.NAME, "Mia", NEW)


def test_another_address_alone_changes_nothing_of_where_the_post_stands(
    owner: Owner, session: Session, post: Post
) -> None:
    owner.give(post, NEW)
    assert address(session, post) == OLD
    assert keys(session, post) == {OLD, NEW.rstrip("/")}


def test_a_given_address_is_taken_back(owner: Owner, session: Session, post: Post) -> None:
    move = owner.give(post, NEW, stands=True)
    assert owner.undo(move).kept == []
    assert (address(session, post), keys(session, post)) == (OLD, {OLD})
    assert entry(session, move).undone_by == "Mia"
    assert owner.undo(move).returned == 0


def test_an_address_at_which_the_post_was_read_since_stays(
    owner: Owner, session: Session, post: Post
) -> None:
    move = owner.give(post, NEW)
    owner.give(post, f"{NEW}?utm_source=feed", stands=True)
    undone = owner.undo(move)
    assert [(kept.kind, kept.names) for kept in undone.kept] == [(ChangeKind.NAMED, [NEW.rstrip("/")])]
    assert keys(session, post) == {OLD, NEW.rstrip("/")}


def test_what_moved_twice_is_undone_from_the_last_to_the_first(
    owner: Owner, session: Session, post: Post
) -> None:
    third = "https://blog.test/third"
    first, second = owner.give(post, NEW, stands=True), owner.give(post, third, stands=True)
    [kept] = owner.undo(first).kept
    assert (kept.kind, kept.by) == (ChangeKind.STANDS, second)
    assert (address(session, post), len(keys(session, post))) == (third, 3)
    assert owner.undo(second).kept == []
    assert owner.undo(first).kept == []
    assert (address(session, post), keys(session, post)) == (OLD, {OLD})


def test_what_cannot_be_an_address_of_the_post_is_refused(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    other = makers.post(site, address=NEW)
    with pytest.raises(AddressTaken) as taken:
        owner.give(post, "http://www.blog.test/new-name/index.html")
    assert taken.value.post_id == other.id
    with pytest.raises(NothingToMove):
        owner.give(post, f"{OLD}/")
    with pytest.raises(AddressRefused):
        owner.give(post, "javascript:alert(1)")
    merged = makers.post(site, merged_into_id=other.id)
    with pytest.raises(MergedAlready):
        owner.give(merged, "https://blog.test/fourth")
    assert session.scalars(select(Remapping)).all() == []


def test_the_same_address_may_belong_to_posts_of_two_sites(
    owner: Owner, session: Session, makers: Makers, post: Post
) -> None:
    makers.post(makers.site(), address=NEW)
    owner.give(post, NEW)
    assert NEW.rstrip("/") in keys(session, post)


def test_an_address_is_removed_and_comes_back(
    owner: Owner, client: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    thread = makers.thread(post=post)
    makers.name(post, NEW)
    move = owner.take(post, NEW.rstrip("/"))
    assert keys(session, post) == {OLD}
    assert owner.undo(move).kept == []
    assert client.get(f"/d/blog?url={NEW}").location == f"/t/{thread.id}"


def test_a_removed_address_that_another_post_has_by_now_stays_there(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    makers.name(post, NEW)
    move = owner.take(post, NEW.rstrip("/"))
    other = makers.post(site, address=NEW)
    assert [kept.kind for kept in owner.undo(move).kept] == [ChangeKind.UNNAMED]
    assert keys(session, other) == {NEW.rstrip("/")}


def test_the_address_at_which_a_post_stands_and_its_last_one_stay(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    makers.name(post, NEW)
    with pytest.raises(AddressNeeded):
        owner.take(post, OLD)
    lonely = makers.post(site, address="https://blog.test/lonely")
    lonely.address = "https://blog.test/elsewhere"
    session.commit()
    with pytest.raises(AddressNeeded):
        owner.take(lonely, "https://blog.test/lonely")


# Discussions


def test_a_discussion_goes_to_another_post_with_all_that_was_written(
    owner: Owner, client: FlaskClient, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    thread, other = makers.thread(post=post), makers.post(site)
    there = makers.thread(post=other, prompt="And here?")
    comment = makers.comment(thread)
    move = owner.move_thread(thread, other)
    order = session.scalars(select(Thread).where(Thread.post_id == other.id).order_by(Thread.position)).all()
    assert [one.id for one in order] == [there.id, thread.id]
    assert client.get(f"/c/{comment.id}").location == f"/t/{thread.id}#comment-{comment.id}"
    assert thread_of(session, comment) == thread.id
    assert owner.undo(move).kept == []
    assert session.scalars(select(Thread.post_id).where(Thread.id == thread.id)).one() == post.id


def test_a_place_that_was_taken_since_is_left_to_who_has_it(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    thread, other = makers.thread(post=post, position=0), makers.post(site)
    move = owner.move_thread(thread, other)
    newer = makers.thread(post=post, position=0)
    owner.undo(move)
    order = session.scalars(select(Thread).where(Thread.post_id == post.id).order_by(Thread.position)).all()
    assert [one.id for one in order] == [newer.id, thread.id]


def test_a_discussion_does_not_come_back_to_a_post_that_was_merged_since(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    thread, other, third = makers.thread(post=post), makers.post(site), makers.post(site)
    move = owner.move_thread(thread, other)
    merge = owner.merge_posts(post, third)
    [kept] = owner.undo(move).kept
    assert (kept.kind, kept.by, kept.names) == (ChangeKind.THREAD_MOVED, merge, [thread.heading])
    owner.undo(merge)
    assert owner.undo(move).kept == []
    assert session.scalars(select(Thread.post_id).where(Thread.id == thread.id)).one() == post.id


def test_a_number_that_was_given_again_is_not_taken_for_the_discussion_that_had_it(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    """SQLite gives the number of the last row again when that row is gone."""
    thread, other = makers.thread(post=post), makers.post(site)
    number = thread.id
    move = owner.move_thread(thread, other)
    session.delete(session.get_one(Thread, number))
    session.commit()
    makers.thread(post=other, id=number)
    assert owner.undo(move).kept == []
    assert session.scalars(select(Thread.post_id)).one() == other.id


def test_nothing_goes_to_where_it_is_or_to_another_site(
    owner: Owner, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    thread, merged = makers.thread(post=post), makers.post(site, merged_into_id=post.id)
    for target, reason in (
        (post, NothingToMove),
        (makers.post(makers.site()), NothingToMove),
        (merged, MergedAlready),
    ):
        with pytest.raises(reason):
            owner.move_thread(thread, target)
