"""A comment's way to Akismet and back: nothing is published before it answered."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.foundation import clock
from board.moderation.acts import Act
from board.moderation.models import SpamTaskState
from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.moderation.akismet.checking import BROWSER, checks, codes, send, the_comment, work
from tests.moderation.desk import actor_of, decide_now
from tests.support.akismet import KEY, SPAMMER, SURE_SPAMMER, AkismetServer, Call, Said
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send


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
