"""Blocking what a comment shows, and trusting its writer, from the comment itself."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Block, Comment, Status
from board.readers.models import Reader
from board.sites.models import Site
from tests.moderation.desk import press_undo, signed_in
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, tree, words

SPAM = "Look at [this](https://www.shop.example/a) and pills.example!"


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site()


@pytest.fixture
def desk(app: Flask, makers: Makers, site: Site) -> FlaskClient:
    return signed_in(app, makers.account(name="Mia"))


@pytest.fixture
def comment(makers: Makers, site: Site) -> Comment:
    reader = makers.reader(site, "spam@mail.example", name="Bo")
    thread = makers.thread(site)
    return makers.comment(thread, status=Status.PENDING, source=SPAM, reader_id=reader.id, author_name="Bo")


def place(comment: Comment) -> str:
    return f"/desk/comments/{comment.id}/block"


def test_what_a_comment_shows_can_be_chosen(desk: FlaskClient, comment: Comment) -> None:
    boxes = tree(desk.get(place(comment))).cssselect("input[name=what]")
    assert [box.get("value") for box in boxes] == [
        "address:spam@mail.example",
        "host:pills.example",
        "host:shop.example",
        "host:www.shop.example",
        f"network:{comment.network}",
    ]


def test_one_act_blocks_a_host_and_marks_the_comment_and_undo_takes_the_mark_back(
    desk: FlaskClient, session: Session, comment: Comment, site: Site
) -> None:
    sent = {"what": "host:shop.example", "verdict": "spam", "as_spam": "y"}
    answer = fill_and_send(desk, place(comment), "/block", **sent)
    assert "Blocked from now on: shop.example." in words(desk.get("/desk"))
    [block] = session.scalars(select(Block))
    assert (block.kind, block.value, block.verdict) == ("host", "shop.example", "spam")
    assert block.site_id == site.id
    session.refresh(comment)
    assert comment.status == Status.SPAM
    answer = fill_and_send(desk, place(comment), "/block", what="host:pills.example")
    assert answer.status_code == 303


def test_the_mark_alone_is_taken_back_by_undo(desk: FlaskClient, session: Session, comment: Comment) -> None:
    answer = fill_and_send(desk, place(comment), "/block", what="host:shop.example", as_spam="y")
    press_undo(desk, answer)
    session.refresh(comment)
    assert comment.status == Status.PENDING
    assert session.scalars(select(Block.lifted_at)).one() is None


def test_only_what_the_comment_shows_can_be_blocked_here(
    desk: FlaskClient, session: Session, comment: Comment
) -> None:
    for what in ("host:good.example", "word:the", "", "address:"):
        assert fill_and_send(desk, place(comment), "/block", what=what).status_code == 422
    assert session.scalars(select(Block)).all() == []


def test_a_network_is_forgotten_after_two_days_and_staff_show_nothing(
    desk: FlaskClient, makers: Makers, site: Site
) -> None:
    old = makers.comment(makers.thread(site), created_at=ago(days=3))
    staff = makers.comment(makers.thread(site), account_id=makers.account().id)
    for comment in (old, staff):
        page = desk.get(place(comment))
        assert "nothing that could be blocked" in words(page)
        assert tree(page).cssselect("input[name=what]") == []


def test_a_reader_with_a_confirmed_address_can_be_trusted_from_a_comment(
    desk: FlaskClient, session: Session, comment: Comment, makers: Makers, site: Site
) -> None:
    action, values = form_values(desk.get(place(comment)), "/trust")
    assert "Trusted from now on: Bo." in words(desk.get(desk.post(action, data=values).location))
    assert session.scalars(select(Reader.trusted_at)).one() is not None
    assert "trusted since" in words(desk.get(place(comment)))
    typed = makers.reader(site, "typed@mail.example", confirmed=False)
    unproven = makers.comment(makers.thread(site), reader_id=typed.id)
    assert "Trust this reader" not in words(desk.get(place(unproven)))


def test_the_queue_leads_here_and_one_comes_back_to_the_same_place(
    desk: FlaskClient, comment: Comment
) -> None:
    page = desk.get("/desk?q=this")
    [link] = tree(page).xpath("//a[starts-with(normalize-space(), 'Block or trust')]/@href")
    answer = fill_and_send(desk, link, "/block", what="host:shop.example")
    assert answer.location == "/desk?q=this"


def test_the_log_says_that_a_network_was_blocked_without_naming_it(
    desk: FlaskClient, session: Session, comment: Comment
) -> None:
    fill_and_send(desk, place(comment), "/block", what=f"network:{comment.network}")
    page = words(desk.get("/desk/log"))
    assert "Mia blocked a network." in page
    assert str(comment.network) not in page
    assert session.scalars(select(Block.value)).one() == comment.network
