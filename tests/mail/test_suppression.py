"""What is dead or does not want our mail gets none, and no address is kept for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from board.extensions import db
from board.foundation import clock
from board.mail import suppression
from board.mail.models import OutboxMessage, SoftBounce, Suppression, SuppressionReason
from tests.mail.letters import letter, work, write_down
from tests.support.makers import ago

ADA, BEN = "ada@example.test", "ben@example.test"


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()


def suppress(address: str = ADA) -> bool:
    return suppression.suppress(address, SuppressionReason.HARD_BOUNCE, "5.1.1", clock.now())


def soft(number: int, address: str = ADA, days: float = 0) -> bool:
    return suppression.count_soft(address, f"mail:{number}", ago(days=days))


def test_an_address_is_suppressed_until_that_is_lifted(inside: None) -> None:
    assert suppression.is_suppressed(ADA) is None
    assert suppress()
    assert not suppress()
    assert suppression.is_suppressed("Ada@Example.test") is SuppressionReason.HARD_BOUNCE
    assert suppression.suppressed_among([ADA, BEN]) == {ADA}
    assert suppression.lift(ADA)
    assert not suppression.lift(ADA)
    assert suppression.is_suppressed(ADA) is None


def test_the_address_itself_is_not_kept(inside: None) -> None:
    suppress()
    soft(1)
    rows = [*db.session.scalars(select(Suppression)), *db.session.scalars(select(SoftBounce))]
    told = repr([{name: value for name, value in vars(row).items() if name[0] != "_"} for row in rows])
    assert len(rows) == 2
    assert "ada" not in told
    assert "example.test" not in told


def test_three_different_mails_that_came_back_in_a_week_are_one_too_often(inside: None) -> None:
    assert not soft(1, days=6)
    assert not soft(1)
    assert not soft(2)
    assert suppression.is_suppressed(ADA) is None
    assert soft(3)
    assert suppression.is_suppressed(ADA) is SuppressionReason.SOFT_BOUNCES


def test_what_came_back_long_ago_or_from_another_does_not_count(inside: None) -> None:
    soft(1, days=8)
    soft(2)
    assert not soft(3)
    assert not soft(4, BEN)
    suppression.forget_soft(clock.now())
    assert len(db.session.scalars(select(SoftBounce)).all()) == 3


def test_lifting_forgets_what_came_back(inside: None) -> None:
    for number in range(3):
        soft(number)
    suppression.lift(ADA)
    assert not soft(4)


def test_the_counts_tell_reasons_and_dates(inside: None) -> None:
    suppress(ADA)
    suppression.suppress(BEN, SuppressionReason.HARD_BOUNCE, "", ago(days=3))
    suppression.suppress("c@example.test", SuppressionReason.STAFF, "", ago(days=1))
    first, second = suppression.counts()
    assert (first.reason, first.number, second.reason, second.number) == ("hard_bounce", 2, "staff", 1)
    assert first.last_at - first.first_at > timedelta(days=2)


def test_a_former_secret_still_knows_who_was_suppressed(make_app: Callable[..., Flask]) -> None:
    with make_app().app_context():
        former = make_app().config["BOARD"].secret
        suppress()
        db.session.commit()
    with make_app(BOARD_SECRET="n" * 64, BOARD_SECRET_FALLBACKS=former).app_context():
        assert suppression.is_suppressed(ADA) is SuppressionReason.HARD_BOUNCE
        assert not suppress()
        assert suppression.lift(ADA)
        db.session.commit()


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("test", "cancelled"),
        ("password_changed", "sent"),
        ("second_factor", "sent"),
        ("new_sign_in", "sent"),
        ("desk_of_a_test", "sent"),
    ],
)
def test_mail_to_a_suppressed_address_is_cancelled_unless_staff_need_it(
    app: Flask, session: Session, kind: str, state: str
) -> None:
    with app.app_context():
        suppress("reader1@example.test")
        db.session.commit()
    write_down(app, letter(kind=kind))
    work(app)
    message = session.scalars(select(OutboxMessage).options(selectinload(OutboxMessage.attempts))).one()
    assert message.state == state
    assert (message.attempts[0].detail == "suppressed") == (state == "cancelled")
