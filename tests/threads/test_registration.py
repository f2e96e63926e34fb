"""A post is one post under all its names, however often it is read, and its discussion goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.sites.models import Site
from board.threads.drafts import dismiss
from board.threads.models import Draft, DraftState, Post, PostAddress, Thread, ThreadStatus
from board.threads.registration import register, stand_in
from tests.support.makers import Makers
from tests.support.statements import counted_statements
from tests.threads.registering import (
    KETTLE,
    MENDED,
    MENDED_ANEW,
    WORKERS,
    Take,
    Taken,
    count,
    prompt,
    seen,
    stood_in,
)


def test_a_sure_prompt_opens_its_thread_and_an_unsure_one_waits(take: Take, session: Session) -> None:
    early = prompt("Which kettle do you own?", confidence=0.6, closes=False)
    taken = take(seen(early, prompt()))
    [thread] = session.scalars(select(Thread))
    assert ([thread.id], thread.prompt) == (taken.opened, MENDED)
    [draft] = session.scalars(select(Draft).where(Draft.state == DraftState.WAITING))
    assert ([draft.id], draft.prompt) == (taken.waiting, "Which kettle do you own?")


@pytest.mark.parametrize(
    ("confidence", "opens_from", "opens"),
    [(0.8, 0.8, True), (0.79, 0.8, False), (1.0, None, False), (0.0, 0.0, True)],
)
def test_the_site_says_from_which_confidence_threads_open_by_themselves(
    take: Take, confidence: float, opens_from: float | None, opens: bool
) -> None:
    taken = take(seen(prompt(confidence=confidence)), opens_from)
    assert (bool(taken.opened), bool(taken.waiting)) == (opens, not opens)


def test_reading_again_changes_nothing(take: Take, session: Session) -> None:
    first = take(seen(prompt(), prompt("Which one?", confidence=0.3, closes=False)))
    again = take(seen(prompt(), prompt("Which one?", confidence=0.3, closes=False)))
    assert again == Taken(first.post_id, [], [])
    assert take(seen(prompt(), prompt("Which one?", closes=False), content_hash="")).opened == []
    assert (count(session, Thread), count(session, Draft), count(session, PostAddress)) == (1, 2, 1)


def test_unchanged_words_cost_a_few_looks_and_no_write(app: Flask, take: Take) -> None:
    read = seen(prompt(), names=[KETTLE])
    take(read)
    with counted_statements(app) as statements:
        take(read)
    assert len(statements) <= 6
    assert all(statement.startswith("SELECT") for statement in statements)


def test_what_the_author_dismissed_does_not_come_back(app: Flask, take: Take, session: Session) -> None:
    [draft_id] = take(seen(prompt(confidence=0.5))).waiting
    with app.app_context():
        dismiss(db.session.get_one(Draft, draft_id), now=clock.now())
        db.session.commit()
    shouted = prompt(MENDED.upper() + "  ")
    assert take(seen(shouted, title="On kettles, revised")) == Taken(
        session.get_one(Draft, draft_id).post_id, [], []
    )


def test_a_prompt_that_went_is_gone_and_waits_when_it_is_back(take: Take, session: Session) -> None:
    [draft_id] = take(seen(prompt(confidence=0.5))).waiting
    states = []
    for read in (seen(title="Cut"), seen(prompt(confidence=0.5), title="Restored")):
        take(read)
        states.append(session.scalars(select(Draft.state).where(Draft.id == draft_id)).one())
    assert states == [DraftState.GONE, DraftState.WAITING]


def test_a_thread_whose_prompt_went_from_the_post_stays(take: Take, session: Session) -> None:
    take(seen(prompt()))
    take(seen(title="Cut"))
    assert session.scalars(select(Thread.status)).all() == [ThreadStatus.OPEN]


def test_changed_words_keep_their_thread_and_wait_for_the_author(take: Take, session: Session) -> None:
    first = take(seen(prompt()))
    again = take(seen(prompt(MENDED_ANEW)))
    assert again.opened == []
    [draft] = session.scalars(select(Draft).where(Draft.id.in_(again.waiting)))
    assert (draft.thread_id, draft.is_renewal) == (first.opened[0], True)
    assert session.scalars(select(Thread.prompt)).all() == [MENDED]


def test_the_closing_prompt_renews_the_closing_prompt_and_others_what_they_are_like(
    take: Take, session: Session
) -> None:
    early, closing = "Ask me anything about kettles and their lids.", MENDED
    first = take(seen(prompt(early, closes=False, kind="question_call"), prompt(closing)))
    quite_another = "Whom do you miss?"
    again = take(
        seen(prompt("Ask me anything about kettles and their spouts.", closes=False), prompt(quite_another))
    )
    renewed = {
        draft.prompt: draft.thread_id
        for draft in session.scalars(select(Draft).where(Draft.id.in_(again.waiting)))
    }
    assert renewed == {
        "Ask me anything about kettles and their spouts.": first.opened[0],
        quite_another: first.opened[1],
    }


def test_a_new_question_beside_an_old_one_is_a_thread_of_its_own(take: Take, session: Session) -> None:
    take(seen(prompt()))
    again = take(seen(prompt("Which tool do you reach for first?", closes=False), prompt()))
    assert len(again.opened) == 1
    assert count(session, Thread) == 2


def test_a_hidden_or_merged_thread_is_not_renewed(take: Take, session: Session, makers: Makers) -> None:
    [thread_id] = take(seen(prompt())).opened
    thread = session.get_one(Thread, thread_id)
    thread.status = ThreadStatus.HIDDEN.value
    session.commit()
    assert take(seen(prompt(MENDED_ANEW))).opened != []


def test_the_stand_in_thread_takes_the_closing_prompts_words_and_keeps_its_comments(
    app: Flask, take: Take, session: Session, makers: Makers, site: Site
) -> None:
    thread_id = stood_in(app, site, KETTLE)
    comment = makers.comment(session.get_one(Thread, thread_id))
    revision = session.get_one(Thread, thread_id).revision
    taken = take(seen(prompt("Which lid?", closes=False, confidence=0.5), prompt(heading="Your turn")))
    assert taken.opened == [thread_id]
    thread = session.scalars(select(Thread)).one()
    assert (thread.prompt, thread.heading, thread.stands_in) == (MENDED, "Your turn", False)
    assert thread.revision > revision
    assert session.scalars(select(Comment.thread_id)).all() == [thread_id]
    assert session.get_one(Comment, comment.id).is_published
    assert session.get_one(Post, taken.post_id).title == "On kettles"


def test_a_second_reader_of_an_unread_post_meets_the_first(app: Flask, session: Session, site: Site) -> None:
    thread_id = stood_in(app, site, KETTLE)
    assert stood_in(app, site, "http://www.blog.test/kettle/?utm_source=mail#comments") == thread_id
    [post] = session.scalars(select(Post))
    assert (post.address, session.get_one(Thread, thread_id).prompt) == (KETTLE, site.default_prompt)


def test_where_nobody_wants_a_discussion_none_stands_in(
    app: Flask, take: Take, session: Session, makers: Makers, site: Site
) -> None:
    [thread_id] = take(seen(prompt())).opened
    session.get_one(Thread, thread_id).status = ThreadStatus.HIDDEN.value
    site.default_prompt = ""
    session.commit()
    for address in (KETTLE, "https://blog.test/unread"):
        with pytest.raises(NotFound):
            stood_in(app, site, address)
    assert (count(session, Post), count(session, Thread)) == (1, 1)


def test_below_a_post_whose_thread_was_merged_its_readers_are_led_on(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    live = makers.thread(site)
    post = makers.post(site, address=KETTLE)
    makers.thread(post=post, status=ThreadStatus.HIDDEN, merged_into_id=live.id)
    assert stood_in(app, site, KETTLE) == live.id


def test_many_who_read_the_same_post_at_once_make_one(app: Flask, session: Session, site: Site) -> None:
    site_id, start = site.id, Barrier(WORKERS)

    def take_it(worker: int) -> int:
        with app.app_context():
            here = db.session.get_one(Site, site_id)
            db.session.commit()
            start.wait()
            if worker % 2:
                post_id = stand_in(
                    here, f"http://www.blog.test/kettle/?utm_source={worker}", now=clock.now()
                ).post_id
            else:
                read = seen(prompt(), names=[f"https://blog.test/kettle/index.html?fbclid={worker}"])
                post_id = register(here, read, opens_from=0.5, now=clock.now()).post.id
            db.session.commit()
            return post_id

    with ThreadPoolExecutor(WORKERS) as pool:
        ids = set(pool.map(take_it, range(WORKERS)))
    assert len(ids) == 1
    assert (count(session, Post), count(session, PostAddress)) == (1, 1)
    assert session.scalars(select(Thread.prompt)).all() == [MENDED]
