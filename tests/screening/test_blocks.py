"""The page of blocks: what is added meets comments, what is lifted does not, and all of it is logged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.deeds import Deed
from board.comments.models import Block, BlockKind, Comment, Status
from board.foundation import clock
from board.foundation.permissions import Role
from board.readers.models import Reader
from board.sites.models import Policy, Site
from tests.moderation.desk import signed_in
from tests.support.applications import client_of
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, tree, words

BLOCKS = "/desk/blocks"


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(name="The Quiet Blog", policy=Policy.PUBLISH.value)


@pytest.fixture
def desk(app: Flask, makers: Makers, site: Site) -> FlaskClient:
    return signed_in(app, makers.account(name="Mia"))


def deeds(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    return [(one.act, one.subject) for one in session.scalars(select(Deed).order_by(Deed.id))]


def press(client: FlaskClient, page: str, part: str) -> str:
    """Press the first button of `page` whose form leads there; what is said then."""
    action, values = form_values(client.get(page), part)
    answer = client.post(action, data=values)
    assert answer.status_code == 303, part
    return words(client.get(answer.location))


def status_of_a_comment(app: Flask, session: Session, makers: Makers, site: Site, source: str) -> str:
    thread = makers.thread(site)
    fill_and_send(client_of(app), f"/t/{thread.id}", "/comments", name="Ada", source=source)
    session.expire_all()
    return str(session.scalars(select(Comment.status).where(Comment.thread_id == thread.id)).one())


def test_a_word_is_blocked_meets_comments_is_lifted_and_blocked_again(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    sent = {"kind": "word", "said": "Cheap Loans!", "site": str(site.id), "verdict": "spam", "span": "7"}
    answer = fill_and_send(desk, BLOCKS, BLOCKS, **sent, reason="Three of them today.")
    page = words(desk.get(answer.location))
    assert "Blocked from now on: cheap loans." in page
    assert "Three of them today." in page
    block = session.scalars(select(Block)).one()
    assert block.ends_at is not None
    assert timedelta(days=6) < block.ends_at - clock.now() <= timedelta(days=7)
    assert status_of_a_comment(app, session, makers, site, "I offer cheap loans to all.") == Status.SPAM
    assert "Blocked no more: cheap loans." in press(desk, BLOCKS, "/lift")
    assert status_of_a_comment(app, session, makers, site, "Cheap loans are no gift.") == Status.PUBLISHED
    assert deeds(session) == [("block_added", "cheap loans"), ("block_lifted", "cheap loans")]


def test_what_was_lifted_by_mistake_is_blocked_again_with_one_button(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.HOST, "shop.example", site)
    action, values = form_values(desk.get(BLOCKS), "/lift")
    back = desk.post(action, data=values).location
    action, values = form_values(desk.get(back), "/restore")
    assert "Blocked again: shop.example." in words(desk.get(desk.post(action, data=values).location))
    assert session.scalars(select(Block.lifted_at)).one() is None
    assert [act for act, _ in deeds(session)] == ["block_lifted", "block_restored"]


def test_the_same_thing_twice_is_one_block_with_the_later_words(
    desk: FlaskClient, session: Session, site: Site
) -> None:
    for reason, verdict in (("first", "hold"), ("second", "refuse")):
        sent = {"kind": "host", "said": "https://Shop.example/a", "site": str(site.id), "verdict": verdict}
        fill_and_send(desk, BLOCKS, BLOCKS, **sent, reason=reason)
    [block] = session.scalars(select(Block))
    assert (block.value, block.verdict, block.reason) == ("shop.example", "refuse", "second")


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"kind": "word", "said": "…"}, "at least one letter or digit"),
        ({"kind": "host", "said": "no host"}, None),
        ({"kind": "host", "said": "///"}, "Write the host as in shop.example."),
        ({"kind": "address", "said": "nobody"}, "Write the address as in"),
        ({"kind": "word", "said": ""}, "What is to be blocked?"),
        ({"kind": "word", "said": "x", "reason": "y" * 301}, "At most 300 characters"),
        ({"kind": "network", "said": "a" * 32}, "Not a valid choice"),
        ({"kind": "word", "said": "x", "site": "999999"}, "Not a valid choice"),
        ({"kind": "word", "said": "x", "verdict": "burn"}, "Not a valid choice"),
    ],
)
def test_mistakes_are_told_and_what_was_typed_is_kept(
    desk: FlaskClient, session: Session, site: Site, typed: dict[str, str], complaint: str | None
) -> None:
    answer = fill_and_send(desk, BLOCKS, BLOCKS, **{"site": str(site.id), **typed})
    if complaint is None:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert complaint in words(answer)
    assert tree(answer).cssselect("input[name=said]")[0].get("value", "") == typed["said"]
    assert session.scalars(select(Block)).all() == []


def test_only_who_decides_everywhere_blocks_everywhere(app: Flask, makers: Makers, site: Site) -> None:
    makers.block(BlockKind.WORD, "everywhere")
    makers.block(BlockKind.WORD, "here", site)
    moderator = signed_in(app, makers.account(Role.MODERATOR, site))
    page = moderator.get(BLOCKS)
    assert "here" in words(page)
    assert "everywhere" not in words(page)
    options = [one.get("value") for one in tree(page).cssselect("select[name=site] option")]
    assert options == [str(site.id)]
    answer = fill_and_send(moderator, BLOCKS, BLOCKS, kind="word", said="x", site="all")
    assert answer.status_code == 422


def test_what_is_over_is_not_shown(desk: FlaskClient, makers: Makers, site: Site) -> None:
    makers.block(BlockKind.WORD, "yesterday", site, ends_at=ago(minutes=1))
    makers.block(BlockKind.WORD, "gone", site, lifted_at=ago(minutes=1))
    makers.block(BlockKind.NETWORK, "f" * 32, site)
    page = words(desk.get(BLOCKS))
    assert "yesterday" not in page
    assert "gone" not in page
    assert "f" * 32 not in page, "a digest tells nobody anything"
    assert "a network" in page


def test_many_blocks_come_in_pages_at_the_same_cost(desk: FlaskClient, makers: Makers, site: Site) -> None:
    for number in range(53):
        makers.block(BlockKind.WORD, f"word{number}", site)
    first = desk.get(BLOCKS)
    [more] = tree(first).xpath("//a[contains(., 'Earlier ones')]/@href")
    shown = words(first) + words(desk.get(more))
    assert all(f"word{number}" in shown for number in range(53))
    assert len(tree(desk.get(more)).cssselect(".blocks__item")) == 3


def test_a_reader_is_trusted_no_more_and_trusted_again(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.reader(site, name="Nadia", trusted_at=ago(days=3))
    action, values = form_values(desk.get(BLOCKS), "/distrust")
    page = desk.get(desk.post(action, data=values).location)
    assert "Trusted no more: Nadia." in words(page)
    assert session.scalars(select(Reader.trusted_at)).one() is None
    action, values = form_values(page, "/trust")
    desk.post(action, data=values)
    session.expire_all()
    assert session.scalars(select(Reader.trusted_at)).one() is not None
    assert deeds(session) == [("reader_distrusted", "Nadia"), ("reader_trusted", "Nadia")]
