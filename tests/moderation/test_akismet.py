"""Akismet is asked by the worker, and nothing is published before it answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.accounts.deeds import Deed
from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.config import Settings
from board.extensions import db
from board.foundation import clock
from board.moderation.acts import Act
from board.moderation.akismet import Akismet, KeyRefused, Opinion, Silent, akismet_of, is_on_trial
from board.moderation.akismet_keys import KeyDeed, key_state, set_key, try_keys
from board.moderation.models import SpamCheck, SpamTask, SpamTaskState
from board.moderation.reasons import reason_in_words
from board.moderation.spam_checks import GRACE
from board.moderation.spam_checks_asking import ask_akismet
from board.moderation.spam_checks_rows import DELAYS, KEPT, LEASE, claim, forget
from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.moderation.desk import actor_of, decide_now
from tests.support.akismet import KEY, SPAMMER, SURE_SPAMMER, AkismetServer, Call, Said, running_akismet
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send

BROWSER = "Mozilla/5.0 (a test)"


@pytest.fixture
def akismet() -> Iterator[AkismetServer]:
    with running_akismet() as server:
        yield server


@pytest.fixture
def board(make_app: Callable[..., Flask], akismet: AkismetServer) -> Flask:
    return make_app(**akismet.environ)


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(policy=Policy.PUBLISH.value, akismet_key=KEY, base_url="https://blog.test")


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    return makers.thread(site)


def send(board: Flask, thread: Thread, **typed: str) -> TestResponse:
    client = client_of(board)
    client.environ_base["HTTP_USER_AGENT"] = BROWSER
    typed = {"name": "Ada", "source": "I count to ten, slowly.", **typed}
    answer = fill_and_send(client, f"/t/{thread.id}", "/comments", **typed)
    assert answer.status_code == 303
    return answer


def work(board: Flask, **later: float) -> None:
    """What the worker does, so much later."""
    with board.app_context():
        ask_akismet(clock.now() + timedelta(**later))


def the_comment(session: Session) -> Comment:
    session.expire_all()
    return session.scalars(select(Comment)).one()


def checks(session: Session) -> list[SpamCheck]:
    session.expire_all()
    return list(session.scalars(select(SpamCheck).order_by(SpamCheck.id)))


def codes(session: Session) -> list[str]:
    return [reason["code"] for reason in the_comment(session).reasons]


# The contract


def speaker(akismet: AkismetServer, **fields: Any) -> Akismet:
    return Akismet(akismet.origin, "A test/1.0", allow=lambda _: True, **{"seconds": 2.0, **fields})


FIELDS = {
    "api_key": KEY,
    "blog": "https://blog.test",
    "user_ip": "192.0.2.1",
    "comment_content": "Ünï & co=?",
}


def test_a_key_is_tried_before_it_is_used(akismet: AkismetServer) -> None:
    assert speaker(akismet).takes_key(KEY, "https://blog.test") is True
    assert speaker(akismet).takes_key("another", "https://blog.test") is False
    assert akismet.calls[0].fields["key"] == akismet.calls[0].fields["api_key"] == KEY


@pytest.mark.parametrize(
    ("author", "opinion"), [("Ada", Opinion.HAM), (SPAMMER, Opinion.SPAM), (SURE_SPAMMER, Opinion.DISCARD)]
)
def test_a_comment_is_ham_spam_or_surely_spam(akismet: AkismetServer, author: str, opinion: Opinion) -> None:
    assert speaker(akismet).opinion({**FIELDS, "comment_author": author}) == (opinion, None)
    [call] = akismet.calls
    assert call.fields["comment_content"] == "Ünï & co=?"
    assert call.headers["User-Agent"] == "A test/1.0"
    assert "is_test" not in call.fields


def test_on_trial_nothing_is_to_be_learnt(akismet: AkismetServer) -> None:
    speaker(akismet, is_test=True).tell("submit-spam", FIELDS)
    assert akismet.called("submit-spam") == [{**FIELDS, "is_test": "1"}]


@pytest.mark.parametrize(
    ("host", "on_trial"),
    [
        ("board.test", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("192.168.1.2", True),
        ("8.8.8.8", False),
        ("board.blog.net", False),
    ],
)
def test_a_board_that_nobody_else_reaches_is_on_trial(host: str, on_trial: bool) -> None:
    assert is_on_trial(host) is on_trial


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (Said("", 500), "the status 500"),
        (Said("Service unavailable", 503), "the status 503"),
        (Said("true", 302, {"Location": "http://127.0.0.1:9/"}), "the status 302"),
        (Said("maybe"), "no answer: maybe"),
        (Said(""), "no answer: nothing"),
        (Said("x" * 100_000), "no answer: xxx"),
        (Said("\x00\x1b[31mtrue\n"), "no answer"),
        (Said(hangs_up=True), "could not be reached"),
        (Said(dribbles=True), "longer than 0.3 seconds"),
        (
            Said("", 429, {"X-akismet-alert-code": "10505", "X-akismet-alert-msg": "Over the limit"}),
            "the status 429 (Over the limit 10505)",
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_whatever_is_no_answer_is_said_in_plain_words(akismet: AkismetServer, mood: Said, words: str) -> None:
    akismet.mood = lambda _: mood
    asking = speaker(akismet, seconds=0.3 if mood.dribbles else 5.0)
    for ask in (
        lambda: asking.opinion(FIELDS),
        lambda: asking.takes_key(KEY, "https://blog.test"),
        lambda: asking.tell("submit-ham", FIELDS),
    ):
        with pytest.raises(Silent) as silence:
            ask()
        assert words in str(silence.value)
        assert len(str(silence.value)) < 300
        assert str(silence.value).isprintable()


def test_a_key_that_is_not_taken_any_more_is_told_with_akismets_own_help(akismet: AkismetServer) -> None:
    akismet.keys.clear()
    with pytest.raises(KeyRefused, match="The API key was not recognized"):
        speaker(akismet).opinion(FIELDS)


def test_a_server_that_is_not_there_is_no_answer(akismet: AkismetServer) -> None:
    with pytest.raises(Silent, match="could not be reached"):
        replace(speaker(akismet), origin="http://127.0.0.1:1").opinion(FIELDS)


def test_akismet_is_a_host_of_the_open_internet_unless_the_owner_names_another(
    akismet: AkismetServer,
) -> None:
    with pytest.raises(Silent, match="not on the public internet"):
        Akismet(akismet.origin, "A test/1.0").opinion(FIELDS)
    usual = akismet_of(Settings.from_environ({"BOARD_SECRET": "x" * 64}))
    assert usual.origin == "https://rest.akismet.com"
    assert not usual.allow("127.0.0.1")


# A comment's way


def test_a_site_without_a_key_asks_nobody(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers
) -> None:
    send(board, makers.thread(makers.site(policy=Policy.PUBLISH.value)))
    work(board)
    assert the_comment(session).status == Status.PUBLISHED
    assert checks(session) == []
    assert akismet.calls == []


def test_a_comment_waits_for_the_answer_and_is_published_with_it(
    board: Flask, akismet: AkismetServer, session: Session, thread: Thread
) -> None:
    send(board, thread)
    assert akismet.calls == []  # a reader never waits for it
    assert (the_comment(session).status, codes(session)) == (Status.PENDING, ["akismet_pending"])
    [waiting] = checks(session)
    assert (waiting.user_ip, waiting.user_agent) == ("127.0.0.1", BROWSER)
    work(board)
    comment = the_comment(session)
    assert (comment.status, comment.reasons) == (Status.PUBLISHED, [])
    assert session.get_one(Thread, thread.id).published_count == 1
    [answered] = checks(session)
    assert (answered.state, answered.said) == (SpamTaskState.DONE, "ham")
    assert (answered.user_ip, answered.user_agent) == ("", "")


def test_akismet_is_shown_what_its_contract_names_and_the_address_only_if_it_was_given(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, site: Site
) -> None:
    thread = makers.thread(post=makers.post(site, address="https://blog.test/on-listening"))
    parent = makers.comment(thread)
    reply = f"/t/{thread.id}/reply/{parent.id}"
    client = client_of(board)
    client.environ_base["HTTP_USER_AGENT"] = BROWSER
    typed = {"name": "Ada", "source": "So do *I*.", "email": "ada@mail.example", "notify": "y"}
    fill_and_send(client, reply, "/comments", **typed)
    send(board, thread, email="eve@mail.example", source="No mail, please.")
    work(board)
    first, second = akismet.called("comment-check")
    assert {**first, "comment_date_gmt": ""} == {
        "api_key": KEY,
        "blog": "https://blog.test",
        "user_ip": "127.0.0.1",
        "user_agent": BROWSER,
        "permalink": "https://blog.test/on-listening",
        "comment_type": "reply",
        "comment_author": "Ada",
        "comment_author_email": "ada@mail.example",
        "comment_content": "So do *I*.",
        "comment_date_gmt": "",
        "blog_lang": "en",
        "blog_charset": "UTF-8",
        "is_test": "1",
    }
    assert first["comment_date_gmt"].endswith("Z")
    assert second["comment_type"] == "comment"
    assert "comment_author_email" not in second


@pytest.mark.parametrize(("author", "code"), [(SPAMMER, "akismet_spam"), (SURE_SPAMMER, "akismet_discard")])
def test_what_akismet_takes_for_spam_goes_to_spam_with_its_reason(
    board: Flask, session: Session, thread: Thread, author: str, code: str
) -> None:
    send(board, thread, name=author)
    work(board)
    assert (the_comment(session).status, codes(session)) == (Status.SPAM, [code])
    assert session.get_one(Thread, thread.id).pending_count == 0


def test_what_waits_for_a_moderator_anyway_still_waits_after_a_good_answer(
    board: Flask, session: Session, makers: Makers
) -> None:
    send(board, makers.thread(makers.site(akismet_key=KEY)))
    assert codes(session) == ["policy_holds", "akismet_pending"]
    work(board)
    assert (the_comment(session).status, codes(session)) == (Status.PENDING, ["policy_holds"])


def test_nobody_is_asked_about_what_is_spam_already_or_comes_from_a_trusted_reader(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, site: Site, thread: Thread
) -> None:
    reader = makers.reader(site, trusted_at=clock.now())
    before = makers.comment(thread, reader_id=reader.id)
    with board.app_context():
        keepsake = link_token(before)
    send(board, thread, website="https://robot.test")
    send(board, thread, keepsakes=keepsake, source="I am known here.")
    work(board)
    assert akismet.calls == []
    statuses = list(session.scalars(select(Comment.status).order_by(Comment.id)))
    assert statuses == [Status.PUBLISHED, Status.SPAM, Status.PUBLISHED]


def test_words_that_were_taken_back_or_decided_about_are_shown_to_nobody(
    board: Flask, akismet: AkismetServer, session: Session, makers: Makers, thread: Thread
) -> None:
    own = send(board, thread).location
    fill_and_send(client_of(board), own, "/withdraw")
    second = send(board, thread, source="Another thought.")
    assert second.status_code == 303
    pending = session.scalars(select(Comment.id).where(Comment.status == Status.PENDING.value)).one()
    decide_now(board, actor_of(makers.account()), Act.PUBLISH, [pending])
    work(board)
    assert akismet.calls == []
    assert [(one.state, one.user_ip) for one in checks(session)] == [(SpamTaskState.DONE, "")] * 2
    assert session.get_one(Comment, pending).reasons == []


def test_other_words_are_asked_about_anew(
    board: Flask, akismet: AkismetServer, session: Session, thread: Thread
) -> None:
    own = send(board, thread).location
    fill_and_send(client_of(board), own, "/edit", source="Buy my pills.", name=SPAMMER)
    work(board)
    [asked] = akismet.called("comment-check")
    assert (asked["comment_content"], asked["recheck_reason"]) == ("Buy my pills.", "edit")
    assert the_comment(session).status == Status.SPAM


def test_an_answer_to_words_that_were_replaced_meanwhile_counts_for_nothing(
    board: Flask, akismet: AkismetServer, session: Session, thread: Thread
) -> None:
    own = send(board, thread, name=SPAMMER).location

    def replaced(call: Call) -> Said | None:
        if len(akismet.called("comment-check")) == 1:
            fill_and_send(client_of(board), own, "/edit", source="Better words.", name="Ada")
        return None

    akismet.mood = replaced
    work(board)
    work(board, minutes=1)
    assert [one["comment_content"] for one in akismet.called("comment-check")][1:] == ["Better words."]
    assert (the_comment(session).status, codes(session)) == (Status.PUBLISHED, [])


# When it does not answer


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


# Where it was wrong


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


# Keys


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
