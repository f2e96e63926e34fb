"""What comes back of our mail closes an address only when it is surely about that address and surely ours."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from board.inbound.outcomes import Outcome
from board.mail.models import SuppressionReason
from board.mail.suppression import is_suppressed
from board.subscriptions.models import Subscription
from tests.inbound.post import ADA, answer, bounce, complaint, hand_over, outcome, sent_mail
from tests.support.makers import Makers

BEN = "ben@example.com"
FREE = """From: Mail Delivery Subsystem <mailer-daemon@old.example>
To: {to}
Subject: failure notice
Message-ID: <free@old.example>

Hi. This is the mail program at old.example.

<{who}>:
192.0.2.1 does not like recipient.
Remote host said: 550 {code} No such user here

--- Below this line is a copy of the message.
"""


def suppressed(app: Flask, address: str = ADA) -> SuppressionReason | None:
    with app.app_context():
        return is_suppressed(address)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])
def test_an_address_that_does_not_exist_gets_no_more_mail(
    reading_app: Flask, session: Session, status: str
) -> None:
    _, to = sent_mail(reading_app, session)
    assert outcome(reading_app, bounce(to, status=status)) is Outcome.HARD_BOUNCE
    assert suppressed(reading_app) is SuppressionReason.HARD_BOUNCE


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("5.7.1", "failed"),  # policy
        ("5.7.26", "failed"),
        ("5.3.4", "failed"),  # size
        ("5.6.1", "failed"),
        ("5.0.0", "failed"),
        ("4.4.1", "delayed"),
        ("5.1.1", "delayed"),
        ("2.1.5", "delivered"),
        ("2.0.0", "relayed"),
        ("nonsense", "failed"),
    ],
)
def test_what_says_nothing_about_the_address_closes_nothing(
    reading_app: Flask, session: Session, status: str, action: str
) -> None:
    _, to = sent_mail(reading_app, session)
    assert (
        outcome(reading_app, bounce(to, status=status, action=action, diagnostic="smtp; no"))
        is Outcome.REPORT
    )
    assert suppressed(reading_app) is None


def test_a_general_status_is_explained_by_what_the_server_said(reading_app: Flask, session: Session) -> None:
    _, to = sent_mail(reading_app, session)
    said = "smtp; 550-5.1.1 The email account that you tried to reach does not exist."
    assert outcome(reading_app, bounce(to, status="5.0.0", diagnostic=said)) is Outcome.HARD_BOUNCE


@pytest.mark.parametrize("status", ["4.2.2", "5.2.2", "4.4.7", "5.4.4"])
def test_three_mails_that_came_back_for_now_are_too_many(
    reading_app: Flask, session: Session, status: str
) -> None:
    for number in (1, 2, 3):
        assert suppressed(reading_app) is None
        _, to = sent_mail(reading_app, session, number)
        assert outcome(reading_app, bounce(to, status=status, number=number)) is Outcome.SOFT_BOUNCE
    assert suppressed(reading_app) is SuppressionReason.SOFT_BOUNCES


def test_several_reports_of_one_mail_count_once(reading_app: Flask, session: Session) -> None:
    _, to = sent_mail(reading_app, session)
    for number in (1, 2, 3, 4):
        assert outcome(reading_app, bounce(to, status="4.2.2", number=number)) is Outcome.SOFT_BOUNCE
    assert suppressed(reading_app) is None


def test_a_report_to_an_address_that_we_did_not_make_is_not_believed(
    reading_app: Flask, session: Session
) -> None:
    message, to = sent_mail(reading_app, session)
    other, _ = sent_mail(reading_app, session, 2, BEN)
    forged = re.sub(r"\+b\d+-", f"+b{other.id}-", to)
    assert outcome(reading_app, bounce(forged)) is Outcome.FORGED
    assert outcome(reading_app, bounce(to.replace(f"b{message.id}-", "b999999-"))) is Outcome.FORGED
    assert outcome(reading_app, bounce("board@mail.example")) is Outcome.NOT_FOR_US
    assert (
        outcome(reading_app, bounce("board+b9999999999-aaaaaaaaaaaaaaaa@mail.example")) is Outcome.NOT_FOR_US
    )
    assert suppressed(reading_app) is None
    assert suppressed(reading_app, BEN) is None


def test_a_mail_whose_number_went_to_another_is_not_its_bounce(reading_app: Flask, session: Session) -> None:
    message, to = sent_mail(reading_app, session)
    message.recipient = BEN
    session.commit()
    assert outcome(reading_app, bounce(to)) is Outcome.FORGED


def test_whoever_was_reached_by_another_way_is_not_dead(reading_app: Flask, session: Session) -> None:
    _, to = sent_mail(reading_app, session)
    second = b"\nFinal-Recipient: rfc822; ada@elsewhere.example\nAction: relayed\nStatus: 2.0.0\n"
    raw = bounce(to).replace(
        b"\n--B1\nContent-Type: message/rfc822", second + b"\n--B1\nContent-Type: message/rfc822"
    )
    assert outcome(reading_app, raw) is Outcome.REPORT


@pytest.mark.parametrize(
    ("who", "code", "expected"),
    [
        (ADA, "5.1.1", Outcome.HARD_BOUNCE),
        (ADA.upper(), "5.1.1", Outcome.HARD_BOUNCE),
        (ADA, "5.2.2", Outcome.SOFT_BOUNCE),
        (ADA, "5.7.1", Outcome.REPORT),
        (BEN, "5.1.1", Outcome.AUTOMATIC),  # about somebody else
        (ADA, "", Outcome.AUTOMATIC),  # no code: not sure
    ],
)
def test_a_bounce_in_free_words_is_believed_only_where_it_is_sure(
    reading_app: Flask, session: Session, who: str, code: str, expected: Outcome
) -> None:
    _, to = sent_mail(reading_app, session)
    raw = FREE.format(to=to, who=who, code=code).encode()
    assert outcome(reading_app, raw) is expected


def test_free_words_of_somebody_who_is_no_mail_server_are_nothing(
    reading_app: Flask, session: Session
) -> None:
    _, to = sent_mail(reading_app, session)
    raw = FREE.format(to=to, who=ADA, code="5.1.1").replace("mailer-daemon@", "ada@").encode()
    assert outcome(reading_app, raw) is Outcome.AUTOMATIC
    assert suppressed(reading_app) is None


def test_a_holiday_notice_to_the_envelopes_sender_is_no_bounce(reading_app: Flask, session: Session) -> None:
    _, to = sent_mail(reading_app, session)
    assert outcome(reading_app, answer(to, "I am away.", Auto_Submitted="auto-replied")) is Outcome.AUTOMATIC
    assert suppressed(reading_app) is None


@pytest.mark.parametrize("way", ["mail from", "enclosed", "addressed"])
def test_a_complaint_ends_everything_for_that_address_on_all_blogs(
    reading_app: Flask, session: Session, makers: Makers, way: str
) -> None:
    for origin in ("https://one.test", "https://two.test"):
        site = makers.site(origin=origin)
        makers.subscription(makers.reader(site, ADA), makers.thread(site))
        makers.subscription(makers.reader(site, BEN), None)
    _, sender = sent_mail(reading_app, session)
    raw = complaint(
        sender if way == "addressed" else "abuse@mail.example",
        sender if way == "mail from" else "",
        enclosed=sender if way == "enclosed" else "",
    )
    assert outcome(reading_app, raw) is Outcome.COMPLAINT
    assert suppressed(reading_app) is SuppressionReason.COMPLAINT
    assert suppressed(reading_app, BEN) is None
    session.expire_all()
    wishes = session.query(Subscription).all()
    assert [wish.is_active for wish in wishes if wish.topic == "thread"] == [False, False]
    assert [wish.is_active for wish in wishes if wish.topic == "prompts"] == [True, True]


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_what_is_no_complaint_ends_nothing(reading_app: Flask, session: Session, kind: str) -> None:
    _, sender = sent_mail(reading_app, session)
    assert outcome(reading_app, complaint("abuse@mail.example", sender, kind=kind)) is Outcome.NOT_FOR_US
    assert suppressed(reading_app) is None


def test_a_complaint_about_a_mail_that_is_not_ours_ends_nothing(reading_app: Flask, session: Session) -> None:
    _, sender = sent_mail(reading_app, session)
    forged = re.sub(r"-\w{4}", "-aaaa", sender)
    assert outcome(reading_app, complaint("abuse@mail.example", forged)) is Outcome.FORGED
    assert suppressed(reading_app) is None


def test_what_is_told_to_staff_names_nobody(reading_app: Flask, session: Session) -> None:
    message, to = sent_mail(reading_app, session)
    verdict = hand_over(reading_app, bounce(to))
    assert verdict is not None
    assert verdict.detail == f"#{message.id} 5.1.1"


def test_without_a_mailbox_nothing_is_a_bounce(
    app: Flask, make_app: Callable[..., Flask], session: Session
) -> None:
    _, to = sent_mail(make_app(BOARD_MAIL_INBOX_ADDRESS="board@mail.example"), session)
    assert outcome(app, bounce(to)) is Outcome.NOT_FOR_US
