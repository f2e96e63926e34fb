"""Who writes is what they can show, not what they type."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.foundation import clock
from board.readers.models import Reader
from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.browser.acts import write_comment
from tests.support.makers import Makers
from tests.support.pages import fill_and_send

ADDRESS = "ada@mail.example"
FIRST = "first_comments"


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(policy=Policy.HOLD_FIRST.value)


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    return makers.thread(site)


@pytest.fixture
def reader(makers: Makers, site: Site) -> Reader:
    return makers.reader(site, ADDRESS)


def keepsake(app: Flask, comment: Comment) -> str:
    with app.app_context():
        return link_token(comment)


def write(client: FlaskClient, thread: Thread, *keepsakes: str, source: str = "A new thought.", **typed: str):
    return fill_and_send(
        client,
        f"/t/{thread.id}",
        "/comments",
        **{"name": "Ada", "source": source, "keepsakes": " ".join(keepsakes), **typed},
    )


def latest(session: Session) -> Comment:
    session.expire_all()
    return session.scalars(select(Comment).order_by(Comment.id.desc())).first()  # type: ignore[return-value]


def codes(session: Session) -> list[str]:
    return [reason["code"] for reason in latest(session).reasons]


def test_a_beginner_waits_and_is_told_so_to_the_moderator(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    write(client, thread)
    assert latest(session).status == Status.PENDING
    assert latest(session).reasons == [{"code": FIRST, "count": 0, "needed": 1}]


def test_who_shows_an_approved_comment_of_theirs_is_published_at_once(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, thread: Thread, reader: Reader
) -> None:
    before = makers.comment(thread, reader_id=reader.id)
    write(client, thread, keepsake(app, before))
    assert (latest(session).status, latest(session).reasons) == (Status.PUBLISHED, [])
    assert latest(session).reader_id == reader.id


def test_an_address_that_is_only_typed_proves_nothing_and_the_moderator_is_warned(
    client: FlaskClient, session: Session, makers: Makers, thread: Thread, reader: Reader
) -> None:
    makers.comment(thread, reader_id=reader.id)
    write(client, thread, email="Ada@Mail.example", notify="y")
    assert latest(session).status == Status.PENDING
    assert codes(session) == [FIRST, "unproven_address"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.PENDING},
        {"status": Status.REMOVED},
        {"reader_id": None},
    ],
)
def test_a_comment_that_is_not_published_or_not_of_a_known_reader_shows_nothing(
    app: Flask,
    client: FlaskClient,
    session: Session,
    makers: Makers,
    thread: Thread,
    reader: Reader,
    fields: dict[str, Any],
) -> None:
    before = makers.comment(thread, **{"reader_id": reader.id, **fields})
    write(client, thread, keepsake(app, before))
    assert codes(session) == [FIRST]
    assert latest(session).reader_id is None


def test_an_address_that_was_never_confirmed_is_no_known_readers(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site, thread: Thread
) -> None:
    reader = makers.reader(site, ADDRESS, confirmed=False)
    before = makers.comment(thread, reader_id=reader.id)
    write(client, thread, keepsake(app, before), email=ADDRESS)
    assert codes(session) == [FIRST]


def test_a_comment_on_another_site_shows_nothing_here(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, thread: Thread
) -> None:
    elsewhere = makers.site()
    reader = makers.reader(elsewhere, ADDRESS, trusted_at=clock.now())
    before = makers.comment(makers.thread(elsewhere), reader_id=reader.id)
    write(client, thread, keepsake(app, before))
    assert codes(session) == [FIRST]


@pytest.mark.parametrize(
    "change", [lambda token: token[:-2] + "xx", lambda _: "nonsense", lambda _: "9" * 3000]
)
def test_a_forged_keepsake_shows_nothing(
    app: Flask,
    client: FlaskClient,
    session: Session,
    makers: Makers,
    thread: Thread,
    reader: Reader,
    change: Any,
) -> None:
    before = makers.comment(thread, reader_id=reader.id)
    write(client, thread, change(keepsake(app, before)))
    assert codes(session) == [FIRST]


def test_as_many_comments_must_be_shown_as_the_site_asks_for(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, reader: Reader, thread: Thread
) -> None:
    session.get_one(Site, thread.site_id).approvals_needed = 2
    session.commit()
    before = [makers.comment(thread, reader_id=reader.id) for _ in range(2)]
    shown = [keepsake(app, comment) for comment in before]
    write(client, thread, shown[0], shown[0])
    assert latest(session).reasons == [{"code": FIRST, "count": 1, "needed": 2}]
    write(client, thread, *shown, source="A second thought.")
    assert latest(session).status == Status.PUBLISHED


def test_who_shows_one_reader_and_types_another_is_neither(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, thread: Thread, reader: Reader
) -> None:
    makers.reader(makers.session.get_one(Site, thread.site_id), "eve@mail.example")
    before = makers.comment(thread, reader_id=reader.id)
    write(client, thread, keepsake(app, before), email="eve@mail.example")
    assert codes(session) == [FIRST, "unproven_address"]


def test_a_trusted_reader_is_published_where_all_others_wait_unless_something_else_speaks_against_it(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site, ADDRESS, trusted_at=clock.now())
    shown = keepsake(app, makers.comment(thread, reader_id=reader.id))
    write(client, thread, shown)
    assert latest(session).status == Status.PUBLISHED
    links = " ".join(f"[one](https://{name}.example/) of a few words" for name in ("a", "b", "c"))
    write(client, thread, shown, source=links)
    assert (latest(session).status, codes(session)) == (Status.PENDING, ["links"])
    write(client, thread, email=ADDRESS, source="Not from that browser.")
    assert codes(session) == ["policy_holds", "unproven_address"]


def test_what_was_published_at_once_may_be_corrected_and_what_was_approved_is_read_again(
    client: FlaskClient, app: Flask, session: Session, makers: Makers, thread: Thread, reader: Reader
) -> None:
    before = makers.comment(thread, reader_id=reader.id)
    own = write(client, thread, keepsake(app, before)).location
    fill_and_send(client, own, "/edit", source="A new thought, corrected.")
    assert latest(session).status == Status.PUBLISHED
    approved = makers.comment(thread, reasons=[{"code": FIRST, "count": 0, "needed": 1}])
    fill_and_send(client, f"/own/{keepsake(app, approved)}", "/edit", source="Something else.")
    session.expire_all()
    assert approved.status == Status.PENDING


@pytest.mark.databases("sqlite")
def test_a_browser_shows_by_itself_what_was_written_in_it(
    page: Page, live_server: str, session: Session, thread: Thread, makers: Makers
) -> None:
    page.goto(f"{live_server}/t/{thread.id}")
    write_comment(page, "My first thought here.", "Ada", ADDRESS)
    page.locator("[data-own] strong", has_text="waiting for approval").wait_for()
    first = latest(session)
    first.status, first.published_at = Status.PUBLISHED.value, clock.now()
    session.get_one(Reader, first.reader_id).confirmed_at = clock.now()
    session.commit()
    page.clock.install()
    page.goto(f"{live_server}/t/{thread.id}")
    page.clock.fast_forward(5000)  # or it would be sent too soon after the page was opened
    write_comment(page, "My second thought here.", "Ada")
    page.locator("[data-own] strong", has_text="Your comment is published.").wait_for()
    assert latest(session).reader_id == first.reader_id
