"""Pages that wait to be read: asked for by anybody, read once, given up in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.sites.models import Site
from board.sources.blogs import NotOurs
from board.sources.models import Reading, ReadingState, Why
from board.sources.queries import site_with_id
from board.sources.waiting import (
    AGAIN_AFTER,
    DELAYS,
    FORGET_AFTER,
    LEASE,
    MAX_TRIES,
    Claim,
    Problem,
    ask_for,
    claim,
    forget,
    settle,
)  # fmt: skip
from board.threads.addresses import AddressRefused
from tests.support.makers import Makers

NOW = clock.now()
AWAY = Problem("the server answered 503")
T = TypeVar("T")


@pytest.fixture
def blog(makers: Makers) -> Site:
    return makers.site(base_url="https://blog.test/essays", origin="https://www.essays.test")


@pytest.fixture
def do(app: Flask) -> Callable[[Callable[[], T]], T]:
    """Does something in a process's own context and commits it."""

    def done(work: Callable[[], T]) -> T:
        with app.app_context():
            answer = work()
            db.session.commit()
            return answer

    return done


def ask(do: Callable, site: Site, path: str = "/a", why: Why = Why.FEED, now: datetime = NOW, **more) -> bool:
    site_id = site.id
    return do(lambda: ask_for(site_with_id(site_id), f"https://blog.test{path}", why, now, **more))


def take(do: Callable, now: datetime = NOW, limit: int = 1) -> list[Claim]:
    return do(lambda: claim(limit, now))


def row(session: Session) -> Reading:
    return session.scalars(select(Reading)).one()


def test_a_page_waits_once_under_all_its_names(do: Callable, blog: Site, session: Session) -> None:
    assert ask(do, blog, "/a/?utm_source=x")
    assert not ask(do, blog, "/a")
    assert session.scalar(select(func.count()).select_from(Reading)) == 1


@pytest.mark.parametrize(
    "address", ["https://blog.test/a", "http://www.blog.test/a", "https://essays.test/b"]
)
def test_pages_of_the_blogs_own_hosts_may_wait(do: Callable, blog: Site, address: str) -> None:
    site_id = blog.id
    assert do(lambda: ask_for(site_with_id(site_id), address, Why.FIRST_VIEW, NOW))


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.test/a", "https://blog.test.elsewhere.test/", "http://169.254.169.254/", "https://blog.test:8443/",
     "https://blog.test@elsewhere.test/", "file:///etc/passwd", "", "https://sub.blog.test/"],
)  # fmt: skip
def test_no_page_of_anybody_else_waits(do: Callable, blog: Site, session: Session, address: str) -> None:
    site_id = blog.id
    with pytest.raises(AddressRefused):
        do(lambda: ask_for(site_with_id(site_id), address, Why.FIRST_VIEW, NOW))
    assert session.scalars(select(Reading)).all() == []


def test_a_stranger_is_told_from_a_mistake(do: Callable, blog: Site) -> None:
    site_id = blog.id
    with pytest.raises(NotOurs, match=r"elsewhere\.test is no host of this blog"):
        do(lambda: ask_for(site_with_id(site_id), "https://elsewhere.test/a", Why.FEED, NOW))


def test_what_somebody_looks_at_comes_before_what_is_merely_listed(do: Callable, blog: Site) -> None:
    ask(do, blog, "/listed", Why.SITEMAP, NOW - timedelta(hours=1))
    ask(do, blog, "/seen", Why.FIRST_VIEW)
    ask(do, blog, "/later", Why.SITEMAP, due_at=NOW + timedelta(hours=1))
    assert [one.address for one in take(do, limit=9)] == [
        "https://blog.test/seen",
        "https://blog.test/listed",
    ]


def test_a_page_that_waits_for_its_turn_is_brought_forward_by_a_reader(do: Callable, blog: Site) -> None:
    ask(do, blog, why=Why.SITEMAP, due_at=NOW + timedelta(hours=1))
    assert take(do) == []
    assert ask(do, blog, why=Why.FIRST_VIEW)
    assert [one.why for one in take(do)] == [Why.FIRST_VIEW]


def test_two_workers_never_read_the_same_page(app: Flask, do: Callable, blog: Site) -> None:
    for number in range(40):
        ask(do, blog, f"/{number}")
    taken: list[str] = []

    def work() -> None:
        with app.app_context():
            while claims := claim(3, NOW):
                db.session.commit()
                taken.extend(one.address for one in claims)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(taken) == len(set(taken)) == 40


def test_a_page_of_a_killed_worker_is_due_again_and_the_dead_settle_nothing(
    do: Callable, blog: Site, session: Session
) -> None:
    ask(do, blog)
    [first] = take(do)
    assert take(do, NOW + LEASE / 2) == []
    [second] = take(do, NOW + LEASE)
    assert not do(lambda: settle(first, None, NOW))
    assert do(lambda: settle(second, None, NOW))
    assert row(session).state == ReadingState.DONE


def test_a_page_that_ends_every_worker_is_given_up(do: Callable, blog: Site, session: Session) -> None:
    ask(do, blog)
    moments = [NOW + LEASE * number for number in range(MAX_TRIES + 1)]
    assert [len(take(do, now)) for now in moments] == [1] * MAX_TRIES + [0]
    assert (row(session).state, row(session).said) == (
        ReadingState.FAILED,
        "whoever read it did not come back",
    )


def test_a_page_that_cannot_be_had_is_tried_ever_later_and_given_up(
    do: Callable, blog: Site, session: Session
) -> None:
    ask(do, blog)
    now = NOW
    for delay in DELAYS:
        [one] = take(do, now)
        do(lambda one=one, now=now: settle(one, AWAY, now))
        assert take(do, now + delay * 0.99) == []
        now += delay * 1.2
    [last] = take(do, now)
    do(lambda: settle(last, AWAY, now))
    assert (row(session).state, row(session).said) == (ReadingState.FAILED, "the server answered 503")


def test_what_will_never_work_is_given_up_at_once_and_patience_is_kept(
    do: Callable, blog: Site, session: Session
) -> None:
    ask(do, blog, "/a")
    [one] = take(do)
    do(lambda: settle(one, Problem("it is image/png", is_final=True), NOW))
    assert row(session).state == ReadingState.FAILED
    ask(do, blog, "/b")
    [other] = take(do)
    do(lambda: settle(other, Problem("the server answered 429", wait=timedelta(hours=5)), NOW))
    assert take(do, NOW + timedelta(hours=4)) == []
    assert len(take(do, NOW + timedelta(hours=5))) == 1


@pytest.mark.parametrize(("why", "after", "is_read_again"), [
    (Why.FIRST_VIEW, AGAIN_AFTER / 2, False), (Why.FIRST_VIEW, AGAIN_AFTER, True), (Why.AGAIN, timedelta(0), True), (Why.SITEMAP, timedelta(0), True),
])  # fmt: skip
@pytest.mark.parametrize("problem", [None, Problem("it is image/png", is_final=True)])
def test_a_page_is_read_again_after_a_while_or_when_staff_want_it(
    do: Callable, blog: Site, problem: Problem | None, why: Why, after: timedelta, is_read_again: bool
) -> None:
    ask(do, blog)
    [one] = take(do)
    do(lambda: settle(one, problem, NOW))
    assert ask(do, blog, why=why, now=NOW + after) is is_read_again
    assert len(take(do, NOW + after)) == int(is_read_again)


def test_staff_need_not_wait_for_the_next_try(do: Callable, blog: Site) -> None:
    ask(do, blog)
    [one] = take(do)
    do(lambda: settle(one, AWAY, NOW))
    assert not ask(do, blog, why=Why.FIRST_VIEW)
    assert ask(do, blog, why=Why.AGAIN)
    assert len(take(do)) == 1


def test_what_is_over_is_forgotten_in_time(do: Callable, blog: Site, session: Session) -> None:
    ask(do, blog, "/waits", now=NOW - FORGET_AFTER * 2, due_at=NOW + timedelta(days=1))
    ask(do, blog, "/over", now=NOW)
    [one] = take(do)
    do(lambda: settle(one, None, NOW))
    do(lambda: forget(NOW + FORGET_AFTER))
    assert row(session).address == "https://blog.test/waits"


@pytest.mark.parametrize("limit", [0, 101])
def test_a_claim_has_its_bounds(do: Callable, blog: Site, limit: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        take(do, limit=limit)
