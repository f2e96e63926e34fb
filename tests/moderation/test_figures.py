"""The figures of the desk: pictures, and the same as tables."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from board.foundation import clock
from board.foundation.permissions import Role
from board.moderation.acts import Act
from board.moderation.charts import bars
from board.moderation.figures import figures_of
from board.moderation.figures_views import in_words
from board.moderation.spans import Span, Step, place_of, steps_of
from tests.moderation.desk import actor_of, decide_now, signed_in
from tests.support.makers import Makers, ago
from tests.support.statements import counted_statements

NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.MONTH, (datetime(2026, 2, 3, tzinfo=UTC), datetime(2026, 2, 4, tzinfo=UTC)), (datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC))),
        (Span.QUARTER, (datetime(2025, 12, 8, tzinfo=UTC), datetime(2025, 12, 15, tzinfo=UTC)), (datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))),
        (Span.YEAR, (datetime(2025, 4, 1, tzinfo=UTC), datetime(2025, 5, 1, tzinfo=UTC)), (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))),
    ],
)  # fmt: skip
def test_a_span_is_cut_as_the_calendar_is(
    span: Span, first: tuple[datetime, datetime], last: tuple[datetime, datetime]
) -> None:
    steps = steps_of(span, NOW)
    assert (steps[0], steps[-1]) == (Step(*first), Step(*last))


@given(st.integers(1_000_000_000, 4_000_000_000), st.sampled_from(Span))
def test_steps_leave_no_moment_out_and_none_twice(seconds: int, span: Span) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    steps = steps_of(span, now)
    assert all(one.end == other.start for one, other in itertools.pairwise(steps))
    assert place_of(now, steps) == len(steps) - 1
    assert place_of(steps[0].start - timedelta(microseconds=1), steps) is None


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_bars_stay_in_the_picture_and_keep_their_order_of_height(values: list[int]) -> None:
    drawn = bars(values, width=640, height=160)
    assert [bar.value for bar in drawn] == values
    for bar in drawn:
        assert 0 <= bar.x <= bar.x + bar.width <= 640.1
        assert 0 <= bar.y <= 160
        assert bar.height == 0 if bar.value == 0 else bar.height >= 1
    heights = [bar.height for bar in sorted(drawn, key=lambda bar: bar.value)]
    assert heights == sorted(heights)


def test_figures_count_what_came_and_what_became_of_it(app: Flask, makers: Makers) -> None:
    thread = makers.thread()
    makers.comment(thread, author_name="Ada")
    makers.comment(thread, author_name="Ada", created_at=ago(days=8))
    makers.comment(thread, author_name="Bob", status="spam")
    waiting = makers.comment(thread, status="pending", created_at=ago(hours=3))
    makers.comment(thread, created_at=ago(days=200))
    owner = actor_of(makers.account())
    decide_now(app, owner, Act.PUBLISH, [waiting.id])
    with app.app_context():
        figures = figures_of(owner, steps_of(Span.QUARTER, clock.now()))
    assert (figures.arrived, figures.published) == (4, 3)
    assert sum(flow.held_back for flow in figures.flows) == 1
    [talk] = figures.talks
    assert (talk.comments, talk.writers, sum(talk.by_step)) == (3, 1, 3)
    assert figures.flows[-1].median_seconds is not None
    assert abs(figures.flows[-1].median_seconds - 3 * 3600) < 60


def test_figures_of_another_site_are_nobodys_business(app: Flask, makers: Makers) -> None:
    own, other = makers.site(name="Own"), makers.site(name="Other")
    makers.comment(makers.thread(own, prompt="What do you mend?", heading=""))
    makers.comment(makers.thread(other, prompt="What do you hide?", heading=""))
    client = signed_in(app, makers.account(Role.AUTHOR, own))
    page = client.get("/desk/figures").text
    assert "What do you mend?" in page
    assert "What do you hide?" not in page
    assert client.get(f"/desk/figures?site={other.id}").status_code == 404


def test_the_number_of_statements_does_not_grow(app: Flask, makers: Makers) -> None:
    actor = actor_of(makers.account())
    steps = steps_of(Span.YEAR, clock.now())
    makers.comment()
    with counted_statements(app) as few, app.app_context():
        figures_of(actor, steps)
    for _ in range(3):
        thread = makers.thread()
        for _ in range(5):
            makers.comment(thread)
    with counted_statements(app) as many, app.app_context():
        figures_of(actor, steps)
    assert len(few) == len(many) == 5


def test_a_board_without_comments_says_so_kindly(app: Flask, makers: Makers) -> None:
    client = signed_in(app, makers.account())
    for span in Span:
        assert "No comment arrived in this time." in client.get(f"/desk/figures?span={span}").text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (20, "under a minute"),
        (90 * 60, "90 minutes"),
        (30 * 3600, "30 hours"),
        (3 * 86_400, "3 days"),
    ],
)
def test_waiting_is_told_in_the_unit_that_says_something(app: Flask, seconds: int | None, words: str) -> None:
    with app.test_request_context():
        assert in_words(seconds) == words
