"""Deciding about drafts, when others do so at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.acts import Act
from board.authoring.deciding import accept_from, decide, undo
from board.comments.models import Status
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Actor
from board.moderation.acts import Act as Moderation
from board.prompts import Prompt
from board.sites.queries import site_by_slug
from board.threads.models import Draft, DraftState, Thread
from board.threads.registration import PostRead, register
from tests.authoring.page import states
from tests.moderation.desk import actor_of, decide_now
from tests.support.concurrency import at_once
from tests.support.makers import Makers


@pytest.fixture
def ada(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Ada"))


@pytest.fixture
def bob(makers: Makers) -> Actor:
    return actor_of(makers.account(name="Bob"))


def committed(app: Flask, act: Callable[[], object]) -> Callable[[], object]:
    """The act in a context of its own, committed as a request would."""

    def done() -> object:
        with app.app_context():
            result = act()
            db.session.commit()
            return result

    return done


def say(app: Flask, actor: Actor, act: Act, ids: Iterable[int]) -> Callable[[], object]:
    wanted = list(ids)
    return committed(app, lambda: decide(wanted, act, actor, now=clock.now()))


def test_of_two_authors_at_once_exactly_one_decides(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    for _ in range(6):
        post = makers.post()
        ids = [makers.draft(post).id for _ in range(4)]
        at_once(say(app, ada, Act.ACCEPT, ids), say(app, bob, Act.DISMISS, reversed(ids)))
        deciders = set(session.scalars(select(Draft.decided_by).where(Draft.id.in_(ids))))
        assert len(deciders) == 1
        opened = session.scalars(select(Thread).where(Thread.post_id == post.id)).all()
        assert len(opened) == states(session, ids).count("accepted")


def test_threads_of_one_post_opened_at_once_have_places_of_their_own(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    """Both asked for the last place, and the second was refused by the database."""
    for _ in range(6):
        post = makers.post()
        ids = [makers.draft(post).id for _ in range(4)]
        at_once(say(app, ada, Act.ACCEPT, ids[:2]), say(app, bob, Act.ACCEPT, ids[2:]))
        places = session.scalars(select(Thread.position).where(Thread.post_id == post.id))
        assert sorted(places) == [0, 1, 2, 3]


def test_authors_readers_of_posts_and_moderators_never_wait_in_a_circle(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    site = makers.site(slug="blog")
    posts = [makers.post(site, address=f"https://blog.test/{number}") for number in range(3)]
    for turn in range(6):
        threads = [
            [makers.thread(post=post, position=100 * turn + place) for place in (1, 2)] for post in posts
        ]
        held = [makers.comment(first, status=Status.PENDING).id for first, _ in threads]
        renewals = [
            makers.draft(post, thread_id=second.id, prompt=f"New words {turn}?").id
            for post, (_, second) in reversed(list(zip(posts, threads, strict=True)))
        ]
        fresh = [Prompt("", f"What of {turn} and {number}?", "reaction", 0.9) for number in range(2)]

        def read(fresh: list[Prompt] = fresh) -> object:
            blog = site_by_slug("blog")
            reads = [PostRead(f"https://blog.test/{number}", "", fresh) for number in (2, 0, 1)]
            return [register(blog, one, opens_from=0.8, now=clock.now()) for one in reads]

        at_once(
            say(app, ada, Act.ACCEPT, renewals),
            lambda held=held: decide_now(app, bob, Moderation.PUBLISH, reversed(held)),  # type: ignore[misc]
            committed(app, read),
        )
        assert set(states(session, renewals)) <= {"accepted", "gone"}


def test_an_undo_takes_back_what_was_done_at_that_moment_alone(
    app: Flask, session: Session, makers: Makers, ada: Actor, bob: Actor
) -> None:
    ids = [makers.draft().id for _ in range(3)]
    now = clock.now()
    for actor, draft in ((ada, ids[0]), (bob, ids[1])):
        committed(app, lambda actor=actor, draft=draft: decide([draft], Act.ACCEPT, actor, now=now))()  # type: ignore[misc]
    say(app, ada, Act.ACCEPT, ids[2:])()
    committed(app, lambda: undo(now, ada, now=clock.now()))()
    assert states(session, ids) == ["waiting", "accepted", "accepted"]


def test_words_for_one_discussion_are_taken_back_in_their_order(
    app: Flask, session: Session, makers: Makers, ada: Actor
) -> None:
    post = makers.post()
    thread = makers.thread(post=post, prompt="First words?")
    ids = [
        makers.draft(post, thread_id=thread.id, prompt=f"{which} words?", block=block).id
        for which, block in (("Second", 9), ("Third", 2))
    ]
    now = clock.now()
    committed(app, lambda: decide(ids, Act.ACCEPT, ada, now=now))()
    assert session.scalars(select(Thread.prompt)).one() == "Third words?"
    committed(app, lambda: undo(now, ada, now=clock.now()))()
    assert states(session, ids) == [DraftState.WAITING] * 2
    assert session.scalars(select(Thread.prompt)).one() == "First words?"


def test_accepting_all_stops_at_what_was_on_the_page(
    app: Flask, session: Session, makers: Makers, ada: Actor
) -> None:
    ids = [makers.draft(confidence=0.9).id for _ in range(3)]
    committed(app, lambda: accept_from(0.9, ada, site_id=None, newest=ids[1], now=clock.now()))()
    assert states(session, ids) == ["accepted", "accepted", "waiting"]
