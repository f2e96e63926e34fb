"""Who hears of what happens on the board, and of what nobody hears."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.comments.lifecycle import change_statuses
from board.comments.models import Block, Comment, Status
from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage
from board.mail.outbox import Result
from board.prompts import Prompt
from board.readers.models import Reader
from board.sites.models import Site
from board.subscriptions.forgetting import forget_old
from board.subscriptions.models import News, Preference
from board.threads.models import Thread
from board.threads.registration import PostRead, register
from tests.mail.letters import work
from tests.moderation.desk import press, signed_in
from tests.subscriptions.journeys import ADA, answer_to, decide, everything, last_comment, write
from tests.support.applications import commit_so_far
from tests.support.makers import Makers, ago
from tests.support.passing import time_passes
from tests.support.smtp import SmtpServer

PROMPT = Prompt(
    heading="What is your reaction?", text="When did you last wait?", kind="reaction", confidence=1.0
)


@pytest.fixture
def site(makers: Makers) -> Site:
    site: Site = makers.site(name="The Quiet Desk")
    return site


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    return makers.thread(post=makers.post(site, title="On listening"))


@pytest.fixture
def follower(makers: Makers, site: Site, thread: Thread) -> Reader:
    reader: Reader = makers.reader(site, ADA)
    makers.subscription(reader, thread)
    makers.subscription(reader, None)
    return reader


def publish(app: Flask, comments: list[Comment]) -> None:
    ids = [comment.id for comment in comments]
    commit_so_far()
    with app.app_context():
        found = db.session.scalars(select(Comment).where(Comment.id.in_(ids))).all()
        change_statuses(found, Status.PUBLISHED, now=clock.now())
        db.session.commit()


def open_post(app: Flask, site: Site, *, days_old: int | None = 0, is_archive: bool = False) -> None:
    """The blog has a new post, with a prompt."""
    site_id, address = site.id, f"{site.base_url}/waiting"
    commit_so_far()
    with app.app_context():
        published = None if days_old is None else clock.now() - timedelta(days=days_old)
        read = PostRead(address, "On waiting", [PROMPT], published_at=published)
        register(
            db.session.get_one(Site, site_id), read, opens_from=0, now=clock.now(), is_archive=is_archive
        )
        db.session.commit()


def test_a_new_prompt_is_told_to_who_asked_for_it(
    app: Flask, smtp: SmtpServer, site: Site, thread: Thread, follower: Reader
) -> None:
    open_post(app, site)
    assert work(app) == {Result.SENT: 1}
    [mail] = smtp.messages_to(ADA)
    assert mail["Subject"] == "The Quiet Desk asks: What is your reaction?"
    assert "When did you last wait?" in mail.text
    assert "On waiting" in mail.html
    assert mail["List-Id"] == f"<site-{thread.site_id}.board.test>"
    assert work(app) == {}


@pytest.mark.parametrize(
    ("post", "hushed"),
    [
        ({"days_old": 30}, "old_post"),
        ({"days_old": None}, "old_post"),
        ({"is_archive": True}, "archive"),
    ],
)
def test_old_posts_and_imports_are_no_news(
    app: Flask,
    session: Session,
    site: Site,
    thread: Thread,
    follower: Reader,
    post: dict[str, int],
    hushed: str,
) -> None:
    open_post(app, site, **post)  # type: ignore[arg-type]
    assert work(app) == {}
    assert session.scalars(select(News.hushed)).all() == [hushed]


def test_who_follows_another_blog_hears_nothing(
    app: Flask, makers: Makers, thread: Thread, follower: Reader
) -> None:
    open_post(app, makers.site())
    assert work(app) == {}


def test_old_comments_that_are_published_together_are_told_to_nobody(
    app: Flask, makers: Makers, thread: Thread, follower: Reader
) -> None:
    old = [makers.comment(thread, status=Status.PENDING, created_at=ago(days=30)) for _ in range(2)]
    publish(app, old)
    assert work(app) == {}


def test_fresh_ones_published_together_and_an_old_one_alone_are_told(
    app: Flask, session: Session, makers: Makers, thread: Thread, follower: Reader
) -> None:
    publish(app, [makers.comment(thread, status=Status.PENDING) for _ in range(2)])
    assert work(app) == {Result.SENT: 1}
    session.execute(update(OutboxMessage).values(state="sent"))
    session.commit()
    publish(app, [makers.comment(thread, status=Status.PENDING, created_at=ago(days=30))])
    assert session.scalars(select(News.hushed)).all() == [""] * 3


def test_what_had_been_shown_long_ago_is_no_news_when_it_is_shown_again(
    app: Flask, session: Session, makers: Makers, thread: Thread, follower: Reader
) -> None:
    comment = makers.comment(thread, created_at=ago(days=30))
    decide(app, comment, Status.PENDING)
    decide(app, comment, Status.PUBLISHED)
    assert session.scalars(select(News.hushed)).all() == ["shown_again"]
    assert work(app) == {}


def test_what_was_told_long_ago_is_forgotten_and_what_waits_is_not(
    app: Flask, session: Session, makers: Makers, thread: Thread, follower: Reader
) -> None:
    publish(app, [makers.comment(thread, status=Status.PENDING)])
    work(app)
    time_passes(app, days=100)
    publish(app, [makers.comment(thread, status=Status.PENDING)])
    commit_so_far()
    with app.app_context():
        forget_old(clock.now())
    session.rollback()
    assert len(session.scalars(select(News)).all()) == 1
    assert work(app) == {Result.SENT: 1}


def test_a_writer_hears_that_a_comment_was_published_by_a_moderator_and_taken_down(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
    site: Site,
    thread: Thread,
) -> None:
    makers.reader(site, ADA)
    write(client, thread)
    comment = last_comment(session)
    desk = signed_in(app, makers.account(name="Mia"))
    press(desk, "/desk", one=f"publish:{comment.id}")
    assert work(app) == {Result.SENT: 1}
    assert smtp.messages[-1]["Subject"] == "Your comment on “On listening” is published"
    assert f"/c/{comment.id}" in smtp.messages[-1].text
    press(desk, "/desk?view=published", one=f"remove:{comment.id}")
    assert work(app) == {Result.SENT: 1}
    assert smtp.messages[-1]["Subject"] == "Your comment on “On listening” was taken down"
    assert "/own/" in smtp.messages[-1].text


def test_opening_every_link_of_every_mail_changes_nothing(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
    site: Site,
    thread: Thread,
    follower: Reader,
) -> None:
    """Scanners open every link, some by HEAD: of a followed discussion, a new prompt, a decision, a digest."""
    write(client, thread)
    desk, comment = signed_in(app, makers.account(name="Mia")), last_comment(session)
    press(desk, "/desk", one=f"publish:{comment.id}")
    publish(app, [makers.comment(thread, status=Status.PENDING)])
    open_post(app, site)
    work(app)
    session.add(Preference(reader_id=follower.id, topic="thread", rate="daily"))
    session.commit()
    publish(app, [makers.comment(thread, status=Status.PENDING)])
    time_passes(app, days=2)
    work(app)
    said = " ".join(mail.text + mail.html + mail["List-Unsubscribe"] for mail in smtp.messages)
    links = sorted(set(re.findall(r"http://board\.test(/[^\s<>\"]*)", said)))
    assert {link.split("/")[1] for link in links} >= {"c", "t", "unsubscribe"}
    before = everything(session)
    for link in links:
        assert client.get(link).status_code in {200, 302}, link
        assert client.head(link).status_code in {200, 302}, link
    assert everything(session) == before


@pytest.mark.parametrize("act", ["spam", "reject"])
def test_of_spam_and_of_what_never_stood_there_nobody_hears(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site, thread: Thread, act: str
) -> None:
    makers.reader(site, ADA)
    write(client, thread)
    press(signed_in(app, makers.account()), "/desk", one=f"{act}:{last_comment(session).id}")
    assert work(app) == {}


@pytest.mark.parametrize("against", ["block", "staff", "namesake", "later"])
def test_not_told_are_the_blocked_the_writer_under_any_hat_and_who_asked_later(
    app: Flask,
    client: FlaskClient,
    session: Session,
    makers: Makers,
    site: Site,
    thread: Thread,
    against: str,
) -> None:
    reader = makers.reader(site, ADA)
    parent = makers.comment(thread, author_name="Ben", reader_id=reader.id)
    subscription = makers.subscription(reader, parent)
    answer_to(client, parent)
    reply = last_comment(session)
    if against == "block":
        block = {"kind": "address", "value": ADA, "actor_name": "Mod", "created_at": ago(days=1)}
        session.add(Block(site_id=thread.site_id, **block))
    elif against == "staff":
        reply.account_id = makers.account(email=ADA).id
    elif against == "namesake":
        parent.network = reply.network
    else:
        subscription.confirmed_at = clock.now() + timedelta(hours=1)
    session.commit()
    decide(app, reply, Status.PUBLISHED)
    assert work(app) == {}
