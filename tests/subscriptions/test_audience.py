"""Who hears and who does not: over everything that can be true of somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.subscriptions.audience import Happening, Listener, Reason, reason_against
from board.subscriptions.models import Rate, Topic

NOW = datetime(2026, 3, 4, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(seconds=1)
WILLING = Listener(Topic.THREAD, since=BEFORE)
SEEN = Happening(NOW)

LISTENERS = st.builds(
    Listener,
    topic=st.sampled_from(Topic),
    rate=st.sampled_from(Rate),
    is_actor=st.booleans(),
    address_confirmed=st.booleans(),
    since=st.sampled_from([None, BEFORE, NOW, AFTER]),
    has_left=st.booleans(),
    is_suppressed=st.booleans(),
    is_blocked=st.booleans(),
    was_told=st.booleans(),
)
HAPPENINGS = st.builds(Happening, happened_at=st.just(NOW), holds=st.booleans(), is_hushed=st.booleans())


def test_who_asked_and_confirmed_hears() -> None:
    assert reason_against(WILLING, SEEN) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_actor": True}, Reason.OWN),
        ({"address_confirmed": False}, Reason.UNCONFIRMED),
        ({"since": None}, Reason.UNCONFIRMED),
        ({"since": AFTER}, Reason.LATER),
        ({"has_left": True}, Reason.UNSUBSCRIBED),
        ({"is_suppressed": True}, Reason.SUPPRESSED),
        ({"is_blocked": True}, Reason.BLOCKED),
        ({"rate": Rate.NEVER}, Reason.NEVER),
        ({"was_told": True}, Reason.TOLD),
    ],
)
def test_each_single_thing_against_it_is_enough_and_is_named(
    change: dict[str, object], reason: Reason
) -> None:
    assert reason_against(replace(WILLING, **change), SEEN) is reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("happening", "reason"),
    [(Happening(NOW, holds=False), Reason.NOT_SHOWN), (Happening(NOW, is_hushed=True), Reason.HUSHED)],
)
def test_what_is_not_so_or_not_to_be_told_is_told_to_nobody(happening: Happening, reason: Reason) -> None:
    assert reason_against(WILLING, happening) is reason


@given(LISTENERS, HAPPENINGS)
def test_whoever_hears_asked_confirmed_stayed_and_did_not_do_it_themselves(
    listener: Listener, happening: Happening
) -> None:
    hears = reason_against(listener, happening) is None
    may_hear = (
        happening.holds
        and not happening.is_hushed
        and listener.address_confirmed
        and listener.since is not None
        and listener.since <= happening.happened_at
        and listener.rate is not Rate.NEVER
        and not (listener.is_actor or listener.has_left or listener.was_told)
        and not (listener.is_suppressed or listener.is_blocked)
    )
    assert hears == may_hear


@given(
    LISTENERS,
    HAPPENINGS,
    st.sampled_from(["is_actor", "has_left", "is_suppressed", "is_blocked", "was_told"]),
)
def test_one_more_thing_against_somebody_never_makes_them_hear(
    listener: Listener, happening: Happening, name: str
) -> None:
    if reason_against(listener, happening) is not None:
        assert reason_against(replace(listener, **{name: True}), happening) is not None  # type: ignore[arg-type]
