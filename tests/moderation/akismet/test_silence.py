"""When Akismet does not answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.moderation.models import SpamTaskState
from board.moderation.reasons import reason_in_words
from board.moderation.spam_checks_rows import DELAYS, KEPT, LEASE, claim, forget
from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.moderation.akismet.checking import checks, codes, send, the_comment, work
from tests.support.akismet import AkismetServer, Said
from tests.support.makers import Makers


@pytest.mark.parametrize(
    "mood", [Said("", 500), Said("nonsense"), Said(hangs_up=True)], ids=["broken", "nonsense", "hangs up"]
)
def test_without_an_answer_a_comment_waits_says_why_and_is_asked_about_again(
    board: Flask, akismet: AkismetServer, session: Session, thread: Thread, mood: Said
) -> None:
    send(board, thread)
    akismet.mood = lambda _: mood
    work(board)
    assert (the_comment(session).status, codes(session)) == (Status.PENDING, ["akismet_silent"])
    with board.test_request_context():
        assert "is asked again: Akismet " in reason_in_words(the_comment(session).reasons[0])
    work(board, seconds=30)
    assert len(akismet.calls) == 1  # it is left alone for a while
    akismet.mood = lambda _: None
    work(board, seconds=90)
    assert (the_comment(session).status, codes(session)) == (Status.PUBLISHED, [])


def test_after_the_last_try_a_moderator_has_to_look_and_nothing_is_kept_of_the_writer(
    board: Flask, akismet: AkismetServer, session: Session, thread: Thread
) -> None:
    send(board, thread)
    akismet.mood = lambda _: Said("", 503)
    for days in range(len(DELAYS) + 3):
        work(board, days=2 * days)
    assert len(akismet.calls) == len(DELAYS) + 1
    assert (the_comment(session).status, codes(session)) == (Status.PENDING, ["akismet_failed"])
    [check] = checks(session)
    assert (check.state, check.user_ip, check.user_agent) == (SpamTaskState.FAILED, "", "")


def test_in_one_round_a_silent_akismet_is_asked_once(
    board: Flask, akismet: AkismetServer, thread: Thread
) -> None:
    for number in range(3):
        send(board, thread, source=f"Thought {number}.")
    akismet.mood = lambda _: Said("", 500)
    work(board)
    assert len(akismet.calls) == 1


def test_a_key_that_is_refused_is_written_down_once_and_other_sites_go_on(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, thread: Thread
) -> None:
    bad = makers.site(policy=Policy.PUBLISH.value, akismet_key="expired00000")
    refused = makers.thread(bad)
    for number in range(2):
        send(board, refused, source=f"Thought {number}.")
    send(board, thread)
    work(board)
    session.expire_all()
    statuses = session.scalars(select(Comment.status).order_by(Comment.id)).all()
    assert statuses == [Status.PENDING, Status.PENDING, Status.PUBLISHED]
    [deed] = session.scalars(select(Deed))
    assert (deed.site_id, deed.act, deed.detail["key"]) == (bad.id, "akismet_key_refused", "…000")
    assert "not recognized" in deed.detail["said"]


def test_a_site_that_gives_its_key_up_lets_its_comments_wait_for_a_moderator(
    board: Flask, akismet: AkismetServer, session: Session, site: Site, thread: Thread
) -> None:
    send(board, thread)
    site.akismet_key = ""
    session.commit()
    work(board)
    assert akismet.calls == []
    assert (the_comment(session).status, codes(session)) == (Status.PENDING, ["akismet_failed"])
    assert checks(session)[0].user_ip == ""


def test_of_two_workers_one_asks_and_what_a_dead_one_left_is_asked_again(
    board: Flask, session: Session, thread: Thread
) -> None:
    send(board, thread)
    now = clock.now() + timedelta(seconds=1)
    with board.app_context():
        assert claim(now) is not None
        assert claim(now) is None
        db.session.commit()
        assert claim(now + LEASE + timedelta(seconds=1)) is not None
        db.session.rollback()


def test_answers_are_forgotten_after_a_while(board: Flask, session: Session, thread: Thread) -> None:
    send(board, thread)
    work(board)
    kept = []
    for days in (-1, 1):
        with board.app_context():
            forget(clock.now() + KEPT + timedelta(days=days))
            db.session.commit()
        kept.append(len(checks(session)))
    assert kept == [1, 0]
