"""What Akismet hears of where moderators decide otherwise, and what it says about keys."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.comments.models import Status
from board.foundation import clock
from board.moderation.acts import Act
from board.moderation.akismet_keys import KeyDeed, key_state, set_key, try_keys
from board.moderation.models import SpamTask
from board.moderation.spam_checks import GRACE
from board.sites.models import Site
from board.threads.models import Thread
from tests.moderation.akismet.checking import BROWSER, checks, send, the_comment, work
from tests.moderation.desk import actor_of, decide_now
from tests.support.akismet import KEY, SPAMMER, AkismetServer, Call, Said
from tests.support.makers import Makers


def test_akismet_hears_of_spam_that_a_moderator_published(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, thread: Thread
) -> None:
    send(board, thread, name=SPAMMER)
    work(board)
    decide_now(board, actor_of(makers.account()), Act.PUBLISH, [the_comment(session).id], knowingly=True)
    work(board)
    assert akismet.called("submit-ham") == []  # it may be taken back
    work(board, seconds=GRACE.total_seconds() + 60)
    [told] = akismet.called("submit-ham")
    assert (told["comment_author"], told["user_ip"]) == (SPAMMER, "0.0.0.0")
    assert BROWSER not in told.values()


def test_akismet_hears_of_ham_that_a_moderator_took_for_spam_and_of_a_change_of_mind(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, thread: Thread
) -> None:
    actor = actor_of(makers.account())
    send(board, thread)
    work(board)
    comment = the_comment(session).id
    decide_now(board, actor, Act.SPAM, [comment], knowingly=True)
    work(board, hours=1)
    assert len(akismet.called("submit-spam")) == 1
    decide_now(board, actor, Act.PUBLISH, [comment], knowingly=True)
    work(board, hours=1)
    assert len(akismet.called("submit-ham")) == 1
    assert [one.task for one in checks(session)] == [SpamTask.CHECK, SpamTask.SPAM, SpamTask.HAM]


def test_what_was_taken_back_in_time_or_agrees_is_not_told(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, thread: Thread
) -> None:
    actor = actor_of(makers.account())
    send(board, thread, name=SPAMMER)
    work(board)
    comment = the_comment(session).id
    decide_now(board, actor, Act.PUBLISH, [comment], knowingly=True)
    decide_now(board, actor, Act.SPAM, [comment], knowingly=True)
    work(board, hours=1)
    assert [call.name for call in akismet.calls] == ["comment-check"]


def test_a_moderator_who_was_quicker_than_akismet_is_believed(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, thread: Thread
) -> None:
    send(board, thread, name=SPAMMER)
    actor, comment = actor_of(makers.account()), the_comment(session).id

    def decide_meanwhile(call: Call) -> None:
        if call.name == "comment-check":
            decide_now(board, actor, Act.PUBLISH, [comment], knowingly=True)

    akismet.mood = decide_meanwhile
    work(board)
    assert the_comment(session).status == Status.PUBLISHED
    work(board, hours=1)
    assert len(akismet.called("submit-ham")) == 1


def test_a_new_key_is_tried_by_the_worker_and_the_result_is_logged_without_the_key(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers
) -> None:
    good, bad = makers.site(), makers.site()
    actor = actor_of(makers.account())
    set_key(good, KEY, actor, clock.now())
    set_key(bad, "wrong0000000", actor, clock.now())
    session.commit()
    assert [key_state(one).last for one in (good, bad)] == [KeyDeed.SET, KeyDeed.SET]  # type: ignore[union-attr]
    akismet.mood = lambda _: Said("", 500)
    with board.app_context():
        try_keys(clock.now())
    assert key_state(good).last is KeyDeed.SET  # type: ignore[union-attr]
    akismet.mood = lambda _: None
    with board.app_context():
        try_keys(clock.now())
        try_keys(clock.now())
    assert [key_state(one).last for one in (good, bad)] == [KeyDeed.TAKEN, KeyDeed.REFUSED]  # type: ignore[union-attr]
    assert len(akismet.called("verify-key")) == 3
    assert KEY not in str([deed.detail for deed in session.scalars(select(Deed))])


def test_what_akismet_wants_the_owner_to_know_is_told_once(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, site: Site, thread: Thread
) -> None:
    alert = {"X-akismet-alert-code": "10003", "X-akismet-alert-msg": "Your plan ends soon."}
    akismet.mood = lambda _: Said("false", headers=alert)
    set_key(site, KEY, actor_of(makers.account()), clock.now())
    session.commit()
    for number in range(2):
        send(board, thread, source=f"Thought {number}.")
        work(board)
    deeds = session.scalars(select(Deed).where(Deed.act == "akismet_alert")).all()
    assert [deed.detail for deed in deeds] == [{"code": "10003", "said": "Your plan ends soon."}]
    assert key_state(site).alert == "Your plan ends soon. 10003"  # type: ignore[union-attr]
