"""Following a discussion or a blog: nothing begins until the address's owner said so, each time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage
from board.readers.registration import AddressUnusable
from board.sites.models import Site
from board.subscriptions.consent import follow
from board.subscriptions.models import Subscription
from board.threads.models import Thread
from tests.mail.letters import work
from tests.subscriptions.journeys import ADA, link_in, set_all
from tests.support.applications import commit_so_far
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, words
from tests.support.smtp import SmtpServer


def ask_to_follow(app: Flask, site: Site, thread: Thread | None = None, email: str = ADA) -> None:
    site_id, thread_id = site.id, thread.id if thread else None
    commit_so_far()
    with app.app_context():
        about = db.session.get_one(Thread, thread_id) if thread_id else None
        follow(db.session.get_one(Site, site_id), email, thread=about, now=clock.now())
        db.session.commit()


def active(session: Session) -> list[bool]:
    session.rollback()
    found = session.scalars(select(Subscription).order_by(Subscription.id)).all()
    return [one.is_active for one in found]


def test_a_discussion_and_a_blog_are_followed_from_the_button_on(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site(name="The Quiet Desk")
    ask_to_follow(app, site, makers.thread(site, heading="What keeps you calm?"))
    ask_to_follow(app, site)
    work(app)
    [mail] = smtp.messages
    assert mail.recipients == (ADA,)
    assert "What keeps you calm?" in mail.text
    assert "What keeps you calm?" in mail.html
    path = link_in(mail.text, "/confirm/")
    page = words(client.get(path))
    assert "What keeps you calm?" in page
    assert "new questions to the readers of The Quiet Desk" in page
    assert active(session) == [False, False]
    fill_and_send(client, path, "/confirm/")
    assert active(session) == [True, True]


def test_who_follows_already_is_not_asked_again(app: Flask, session: Session, makers: Makers) -> None:
    site = makers.site()
    thread = makers.thread(site)
    makers.subscription(makers.reader(site, ADA), thread)
    ask_to_follow(app, site, thread)
    assert active(session) == [True]
    assert session.scalars(select(OutboxMessage)).all() == []


def test_a_typed_address_begins_nothing_even_where_it_is_known(
    app: Flask, smtp: SmtpServer, session: Session, makers: Makers
) -> None:
    site = makers.site()
    makers.reader(site, ADA)
    ask_to_follow(app, site, makers.thread(site))
    assert active(session) == [False]
    work(app)
    assert len(smtp.messages_to(ADA)) == 1


def test_who_stopped_may_begin_again_and_is_asked(app: Flask, session: Session, makers: Makers) -> None:
    site = makers.site()
    thread = makers.thread(site)
    makers.subscription(makers.reader(site, ADA), thread, ended_at=ago(days=1), created_at=ago(days=30))
    ask_to_follow(app, site, thread)
    [subscription] = session.scalars(select(Subscription)).all()
    assert (subscription.ended_at, subscription.confirmed_at) == (None, None)
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_one_mail_a_day_to_an_address_that_was_never_confirmed(
    app: Flask, session: Session, makers: Makers
) -> None:
    site = makers.site()
    for _ in range(5):
        ask_to_follow(app, site, makers.thread(site))
    assert len(session.scalars(select(OutboxMessage)).all()) == 1
    session.rollback()
    set_all(session, OutboxMessage, created_at=ago(days=1, hours=1), dedupe_key="yesterday's")
    ask_to_follow(app, site, makers.thread(site))
    assert len(session.scalars(select(OutboxMessage)).all()) == 2


@pytest.mark.parametrize("confirmed", [False, True])
def test_nobody_gets_more_than_three_such_mails_a_day_from_all_blogs_together(
    app: Flask, session: Session, makers: Makers, confirmed: bool
) -> None:
    sites = [makers.site() for _ in range(3)]
    for site in sites:
        makers.reader(site, ADA, confirmed=confirmed)
    for site in sites * 3:
        ask_to_follow(app, site, makers.thread(site))
    assert len(session.scalars(select(OutboxMessage)).all()) == 3


def test_what_is_asked_anew_is_kept_a_week_however_old_the_first_wish(
    app: Flask, session: Session, makers: Makers
) -> None:
    site = makers.site()
    thread = makers.thread(site)
    makers.subscription(makers.reader(site, ADA), thread, ended_at=ago(days=20), created_at=ago(days=30))
    ask_to_follow(app, site, thread)
    [subscription] = session.scalars(select(Subscription)).all()
    assert clock.now() - subscription.asked_at < timedelta(minutes=1)
    assert clock.now() - subscription.created_at > timedelta(days=29), "links in old mails still end it"


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a@b.c\r\nBcc: x@y.z", "a b@example.com"])
def test_what_is_no_address_is_refused(app: Flask, session: Session, makers: Makers, email: str) -> None:
    site = makers.site()
    with pytest.raises(AddressUnusable):
        ask_to_follow(app, site, email=email)
    assert session.scalars(select(Subscription)).all() == []
