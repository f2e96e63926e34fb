"""The storage is asked through the library's strategies, as Flask-Limiter asks it."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from limits import RateLimitItemPerHour, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter
from sqlalchemy import select, update

from board.extensions import db
from board.foundation import clock
from board.foundation.ratelimits import DatabaseStorage, RateHit, sweep

STRATEGIES = [FixedWindowRateLimiter, SlidingWindowCounterRateLimiter]


@pytest.fixture
def storage(app: Flask) -> Iterator[DatabaseStorage]:
    with app.app_context():
        yield storage_from_string("board://")
        db.session.rollback()


@pytest.fixture(params=STRATEGIES)
def limiter(request, storage):
    return request.param(storage)


def keys_now() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.scalars(select(RateHit.key)))


def let_every_window_end() -> None:
    with db.engine.begin() as connection:
        connection.execute(update(RateHit).values(expires_at=clock.now()))


def test_so_many_hits_are_allowed_and_no_more(limiter):
    limit = RateLimitItemPerHour(3)
    assert [limiter.hit(limit, "someone") for _ in range(5)] == [True, True, True, False, False]
    assert not limiter.test(limit, "someone")
    assert limiter.get_window_stats(limit, "someone").remaining == 0


def test_one_persons_hits_are_not_anothers(limiter):
    limit = RateLimitItemPerHour(1)
    assert limiter.hit(limit, "someone")
    assert limiter.hit(limit, "someone else")
    assert limiter.hit(RateLimitItemPerHour(2), "someone")


def test_a_hit_may_cost_more_than_one(limiter):
    limit = RateLimitItemPerHour(5)
    assert limiter.hit(limit, "someone", cost=4)
    assert not limiter.hit(limit, "someone", cost=2)
    assert not limiter.hit(limit, "someone else", cost=6)


def test_the_stats_tell_what_is_left_and_until_when(limiter):
    limit = RateLimitItemPerHour(5)
    limiter.hit(limit, "someone")
    stats = limiter.get_window_stats(limit, "someone")
    assert stats.remaining == 4
    assert time.time() <= stats.reset_time <= time.time() + 3600


def test_clearing_one_key_forgets_that_one(limiter):
    limit = RateLimitItemPerHour(1)
    limiter.hit(limit, "someone")
    limiter.hit(limit, "someone else")
    limiter.clear(limit, "someone")
    assert limiter.test(limit, "someone")
    assert not limiter.test(limit, "someone else")


def test_resetting_forgets_everything_and_tells_how_much(storage):
    storage.incr("a", 60)
    storage.incr("b", 60)
    assert storage.reset() == 2
    assert keys_now() == []


def test_a_fixed_window_begins_anew_when_it_is_over(storage):
    assert [storage.incr("a", 60), storage.incr("a", 60)] == [1, 2]
    let_every_window_end()
    assert storage.get("a") == 0
    assert storage.get_expiry("a") == pytest.approx(time.time(), abs=2)
    assert storage.incr("a", 60) == 1
    assert storage.get_expiry("a") == pytest.approx(time.time() + 60, abs=2)


def put_into_window_before(storage, key, expiry, hits):
    previous, _ = storage.sliding_window_keys(key, expiry, time.time())
    storage.incr(previous, 2 * expiry, amount=hits)


def test_the_window_before_weighs_as_much_as_it_overlaps(storage):
    expiry = 1_000_000_000
    put_into_window_before(storage, "a", expiry, 100)
    left = expiry - time.time() % expiry
    carried = int(100 * left / expiry)
    allowed = [storage.acquire_sliding_window_entry("a", carried + 2, expiry) for _ in range(3)]
    assert allowed == [True, True, False]
    previous, weighs_for, current, gone_in = storage.get_sliding_window("a", expiry)
    assert (previous, current) == (100, 2)
    assert weighs_for == pytest.approx(left, abs=5)
    assert gone_in == pytest.approx(left + expiry, abs=5)


def test_a_full_window_before_may_leave_nothing(storage):
    put_into_window_before(storage, "a", 1_000_000_000, 1_000_000)
    assert not storage.acquire_sliding_window_entry("a", 5, 1_000_000_000)


def test_a_refused_hit_of_a_sliding_window_is_not_counted(storage):
    storage.acquire_sliding_window_entry("a", 1, 3600)
    storage.acquire_sliding_window_entry("a", 1, 3600)
    assert storage.get_sliding_window("a", 3600)[2] == 1


def test_sweeping_forgets_what_no_longer_counts_and_nothing_else(storage):
    storage.incr("old", 60)
    storage.incr("new", 600)
    assert sweep(clock.now() + timedelta(seconds=120)) == 1
    assert keys_now() == ["new"]


def test_a_key_longer_than_the_column_counts_as_itself(storage):
    long = "k" * 5000
    assert [storage.incr(long, 60), storage.incr(long, 60), storage.incr(long + "x", 60)] == [1, 2, 1]


def test_the_storage_says_that_it_is_well(storage):
    assert storage.check()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_of_many_at_once_exactly_as_many_are_let_in_as_the_limit_says(app, strategy):
    limit = parse("20 per 1000 days")  # a window that does not end during the test
    together = threading.Barrier(8)

    def hit_ten_times(_: int) -> int:
        with app.app_context():
            limiter = strategy(storage_from_string("board://"))
            together.wait(timeout=30)
            return sum(limiter.hit(limit, "everyone") for _ in range(10))

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(hit_ten_times, range(8))) == 20


def test_a_hit_counts_even_when_the_request_is_rolled_back(app, storage):
    with app.test_request_context(method="POST"):
        storage.incr("a", 60)
        db.session.rollback()
    assert storage.get("a") == 1


def test_a_page_that_only_reads_may_be_limited_after_its_first_statement(app, storage):
    with app.test_request_context(method="GET"):
        db.session.execute(select(RateHit)).all()
        assert storage.incr("a", 60) == 1
        db.session.rollback()


@pytest.mark.databases("sqlite")
def test_a_limit_asked_too_late_says_so_instead_of_waiting_for_its_own_lock(app, storage):
    with app.test_request_context(method="POST"):
        db.session.execute(select(RateHit)).all()
        with pytest.raises(RuntimeError, match="before the first database statement"):
            storage.incr("a", 60)
        db.session.rollback()
