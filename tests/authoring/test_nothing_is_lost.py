"""Whatever owners do to posts and discussions, in whatever order: nothing a reader wrote is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from board.authoring.merging import merge_posts, merge_threads
from board.authoring.models import Remapping
from board.authoring.moving import give_address, move_thread, remove_address
from board.authoring.prefixes import prefixes
from board.authoring.recording import NothingToMove
from board.authoring.rules import begin_rule, go_on
from board.authoring.undoing import undo
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import BoardError
from board.foundation.permissions import Actor
from board.threads.addresses import canonical
from board.threads.models import Draft, Post, PostAddress, Thread, ThreadStatus
from board.threads.queries import merged_into, post_merged_into
from tests.moderation.desk import counters, recount
from tests.support.makers import Makers

OWNER = Actor(None, "Mia")
PLACES = ("https://blog.test", "https://blog.test/journal", "https://new.test", "https://www.new.test/j")
POSTS = 4
THREADS_EACH = (2, 1, 1, 0)
EXAMPLES = settings(  # they share the fixtures of one test, and each has a site of its own
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class World:
    """A site with posts, threads and comments, and what owners did there."""

    site_id: int
    posts: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    remappings: list[int] = field(default_factory=list)
    written: set[int] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)


def a_world(makers: Makers) -> World:
    site = makers.site(base_url=PLACES[0])
    world = World(site.id)
    for number in range(POSTS):
        post = makers.post(site, address=f"{PLACES[number % 2]}/post-{number}")
        world.posts.append(post.id)
        world.addresses.add(post.address)
        for thread_number in range(THREADS_EACH[number]):
            thread = makers.thread(post=post, prompt=f"Question {thread_number}?", stands_in=number == 1)
            makers.draft(post, thread_id=thread.id, state="accepted", prompt=thread.prompt)
            world.threads.append(thread.id)
            root = makers.comment(thread)
            world.written |= {root.id, makers.comment(thread, root, status=Status.PENDING).id}
            world.written.add(makers.comment(thread, status=Status.REMOVED).id)
    return world


def write(world: World, makers: Makers, act: str, number: int) -> None:
    """A reader writes below a thread, as its page leads them, or answers somebody there."""
    thread_id = merged_into(chosen(world.threads, number))
    roots = select(Comment).where(Comment.thread_id == thread_id, Comment.depth == 0).order_by(Comment.id)
    parent = makers.session.scalars(roots).first() if act == "answer" else None
    world.written.add(makers.comment(makers.session.get_one(Thread, thread_id), parent).id)


def do(app: Flask, world: World, act: str, one: int, other: int) -> None:
    """Something that an owner does, in a transaction of its own; what is refused changes nothing."""
    with app.app_context():
        try:
            remapping = OWNERS_ACTS[act](world, one, other)
            db.session.flush()
        except BoardError:
            return
        world.remappings.append(remapping.id)
        db.session.commit()


def chosen(some: Sequence[int], number: int) -> int:
    return some[number % len(some)]


def the_thread(world: World, number: int) -> Thread:
    return db.session.scalars(
        select(Thread).where(Thread.id == chosen(world.threads, number)).options(joinedload(Thread.post))
    ).one()


def the_post(world: World, number: int) -> Post:
    return db.session.get_one(Post, chosen(world.posts, number))


def remove_some_address(world: World, one: int, other: int) -> Remapping:
    """One that was given later: what led to a post at first is to lead there for ever."""
    post = the_post(world, one)
    query = select(PostAddress.id).where(
        PostAddress.post_id == post.id, PostAddress.address_key.not_in(world.addresses)
    )
    given = db.session.scalars(query.order_by(PostAddress.id)).all()
    return remove_address(post, chosen([*given, 0], other), OWNER, now=clock.now())


def apply_rule(world: World, one: int, other: int) -> Remapping:
    rule = prefixes(PLACES[one % len(PLACES)], PLACES[(one + 1 + other % 3) % len(PLACES)])
    remapping = begin_rule(world.site_id, rule, OWNER, merge=other % 2 > 0, now=clock.now())
    for _ in range(1 + other % 3):  # in portions, and perhaps not to the end
        go_on(remapping, now=clock.now(), limit=2)
    return remapping


def undo_one(world: World, one: int, _other: int) -> Remapping:
    remapping = db.session.get(Remapping, chosen([*world.remappings, 0], one))
    if remapping is None:
        raise NothingToMove
    undo(remapping, OWNER, now=clock.now())
    return remapping


OWNERS_ACTS: dict[str, Callable[[World, int, int], Remapping]] = {
    "merge threads": lambda world, one, other: merge_threads(
        the_thread(world, one), the_thread(world, other), OWNER, now=clock.now()
    ),
    "merge posts": lambda world, one, other: merge_posts(
        the_post(world, one), the_post(world, other), OWNER, join=one % 3 > 0, now=clock.now()
    ),
    "move thread": lambda world, one, other: move_thread(
        the_thread(world, one), the_post(world, other), OWNER, now=clock.now()
    ),
    "give": lambda world, one, other: give_address(
        the_post(world, one), f"{PLACES[other % 4]}/post-{other % 5}", OWNER, stands=other % 2 > 0, now=clock.now()
    ),
    "remove": remove_some_address,
    "rule": apply_rule,
    "undo": undo_one,
}  # fmt: skip
ACTS = st.lists(
    st.tuples(st.sampled_from([*OWNERS_ACTS, "write", "answer"]), st.integers(0, 11), st.integers(0, 11)),
    max_size=14,
)


def play(app: Flask, makers: Makers, acts: Sequence[tuple[str, int, int]]) -> World:
    world = a_world(makers)
    for act, one, other in acts:
        if act in {"write", "answer"}:
            write(world, makers, act, one)
        else:
            do(app, world, act, one, other)
    makers.session.commit()
    return world


@EXAMPLES
@given(acts=ACTS)
def test_every_comment_stays_below_what_it_answers_and_every_address_finds_a_post(
    app: Flask, session: Session, makers: Makers, acts: list[tuple[str, int, int]]
) -> None:
    world = play(app, makers, acts)
    threads = session.scalars(select(Thread).where(Thread.site_id == world.site_id)).all()
    comments = session.scalars(
        select(Comment).where(Comment.thread_id.in_([thread.id for thread in threads]))
    ).all()
    assert {comment.id for comment in comments} == world.written
    at = {comment.id: comment.thread_id for comment in comments}
    for comment in comments:
        for above in (comment.parent_id, comment.root_id):
            assert above is None or at[above] == comment.thread_id
    for thread in threads:
        assert counters(session, thread.id) == recount(session, thread.id)
        live = session.get_one(Thread, merged_into(thread.id))
        assert live.status == ThreadStatus.OPEN
        assert thread.id == live.id or thread.id not in at.values()
    addresses = owners(session, world)
    assert world.addresses <= set(addresses)
    for post in session.scalars(select(Post).where(Post.site_id == world.site_id)):
        live_id = post_merged_into(post.id)
        assert (post.id == live_id) == (post.id in addresses.values())
        assert post.id != live_id or addresses[canonical(post.address)] == post.id


@EXAMPLES
@given(acts=ACTS)
def test_undoing_everything_from_the_last_to_the_first_leads_back_to_the_beginning(
    app: Flask, session: Session, makers: Makers, acts: list[tuple[str, int, int]]
) -> None:
    world = play(app, makers, [])
    before = everything(session, world)
    for act, one, other in acts:
        if act in OWNERS_ACTS:
            do(app, world, act, one, other)
    for remapping in sorted(set(world.remappings), reverse=True):
        do(app, world, "undo", world.remappings.index(remapping), 0)
    assert everything(session, world) == before


def owners(session: Session, world: World) -> dict[str, int]:
    query = select(PostAddress.address_key, PostAddress.post_id).where(PostAddress.site_id == world.site_id)
    return dict(tuple(row) for row in session.execute(query))


def everything(session: Session, world: World) -> dict[str, Any]:
    """All that a remapping can change, but for the order of threads."""
    session.expire_all()
    mine = Thread.site_id == world.site_id
    threads = {
        one.id: (one.post_id, one.status, one.merged_into_id)
        for one in session.scalars(select(Thread).where(mine))
    }
    return {
        "threads": threads,
        "comments": {
            one.id: one.thread_id
            for one in session.scalars(select(Comment).where(Comment.thread_id.in_(threads)))
        },
        "posts": {
            one.id: (one.address, one.merged_into_id)
            for one in session.scalars(select(Post).where(Post.site_id == world.site_id))
        },
        "drafts": {
            one.id: (one.post_id, one.thread_id)
            for one in session.scalars(select(Draft).where(Draft.site_id == world.site_id))
        },
        "addresses": owners(session, world),
        "counters": {number: counters(session, number) for number in threads},
    }
