"""Words, hosts, addresses and networks that a moderator does not want here any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from board.comments.lookalikes import imitated
from board.comments.models import Block, BlockKind, BlockVerdict, Comment, Status
from board.foundation import clock
from board.foundation.networks import network_digest
from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.support.applications import SECRET, client_of
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, words
from tests.support.statements import counted_statements

HERE = "127.0.0.1"


def send(client: FlaskClient, thread: Thread, **typed: str) -> Any:
    typed = {"name": "Ada", "source": "I count to ten, slowly.", **typed}
    return fill_and_send(client, f"/t/{thread.id}", "/comments", **typed)


def sent(session: Session) -> list[tuple[str, list[str]]]:
    """The status of each comment and the codes of its reasons."""
    session.expire_all()
    query = select(Comment).order_by(Comment.id)
    return [(one.status, [reason["code"] for reason in one.reasons]) for one in session.scalars(query)]


@pytest.fixture
def site(makers: Makers) -> Site:
    """It publishes whatever nothing speaks against."""
    return makers.site(policy=Policy.PUBLISH.value)


# Names


@pytest.mark.parametrize(
    "name",
    ["Ada Lovelace", "ada  lovelace", "Ada LoveIace", "АdaLovelace", "Ada Lovelace (real)", "Adа L0velace"],
)
def test_a_name_that_reads_as_a_staff_members_is_told(name: str) -> None:
    assert imitated(name, ["Ada Lovelace"]) == "Ada Lovelace"


@pytest.mark.parametrize(
    "name",
    [
        "Admin",
        "ADMlN",
        "аdmin",
        "Adrnin",
        "@dm!n",
        "A d m i n",
        "The Moderator",
        "m0derator",
        "管理人",
        "Админ",
    ],
)
def test_a_name_that_reads_as_an_office_is_told(name: str) -> None:
    assert imitated(name, []) != ""


@pytest.mark.parametrize("name", ["Ada", "Lovelace", "Stafford", "Modesta", "Joan", "Adam", "", "…"])
def test_other_names_are_nobodys(name: str) -> None:
    assert imitated(name, ["Ada Lovelace", "The Quiet Blog"]) == ""


def test_of_a_first_name_only_the_whole_name_is_protected() -> None:
    assert imitated("Ada", ["Ada"]) == "Ada"
    assert imitated("Ada from Turin", ["Ada"]) == ""


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3))
def test_no_name_breaks_the_comparison(name: str, protected: list[str]) -> None:
    assert imitated(name, protected) is not None


def test_a_name_like_a_staff_members_waits(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.account(name="Ada Lovelace", site=site)
    makers.account(name="Grace Hopper", site=makers.site())
    thread = makers.thread(site)
    send(client, thread, name="Ada LoveIace")
    send(client, thread, name="Grace Hopper", source="Something else.")
    send(client, thread, name=site.name, source="A third word.")
    assert sent(session) == [("pending", ["lookalike"]), ("published", []), ("pending", ["lookalike"])]


# Blocks in force


@pytest.mark.parametrize(
    ("verdict", "status"),
    [(BlockVerdict.HOLD, Status.PENDING), (BlockVerdict.SPAM, Status.SPAM)],
)
def test_a_block_holds_a_comment_or_takes_it_for_spam(
    client: FlaskClient,
    session: Session,
    makers: Makers,
    site: Site,
    verdict: BlockVerdict,
    status: Status,
) -> None:
    makers.block(BlockKind.WORD, "pills", site, verdict=verdict.value)
    send(client, makers.thread(site), source="My P1LLS are good for you.")
    assert sent(session) == [(status, ["blocked_word"])]


def test_a_refused_comment_is_told_in_plain_words_and_stays_in_the_form(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.HOST, "spam.example", site, verdict=BlockVerdict.REFUSE.value)
    thread, source = makers.thread(site), "Look at https://www.spam.example/x and think."
    answer = send(client, thread, source=source)
    assert answer.status_code == 422
    assert "This site does not accept this comment as it stands." in words(answer)
    assert "spam.example" not in words(answer).replace(source, "")  # what is minded is not told
    assert form_values(answer, "/comments")[1]["source"].strip() == source
    assert sent(session) == []
    assert session.get_one(Thread, thread.id).revision == 0


def test_a_refused_reply_stays_in_the_form(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.WORD, "pills", verdict=BlockVerdict.REFUSE.value)
    parent = makers.comment(makers.thread(site))
    page = f"/t/{parent.thread_id}/reply/{parent.id}"
    answer = fill_and_send(client, page, "/comments", name="Ben", source="Take pills.")
    assert answer.status_code == 422
    assert form_values(answer, f"/comments/{parent.id}")[1]["source"].strip() == "Take pills."
    assert len(sent(session)) == 1


def test_an_edit_that_is_refused_changes_nothing_and_keeps_the_words(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.WORD, "pills", site, verdict=BlockVerdict.REFUSE.value)
    own = send(client, makers.thread(site)).location
    answer = fill_and_send(client, own, "/edit", source="Take pills.")
    assert answer.status_code == 422
    assert form_values(answer, "/edit")[1]["source"].strip() == "Take pills."
    [comment] = session.scalars(select(Comment))
    assert (comment.source, comment.status) == ("I count to ten, slowly.", Status.PUBLISHED)


@pytest.mark.parametrize(
    "typed", [{"email": "Eve+x@Spam.example"}, {"email": "eve+y@spam.example", "notify": "y"}]
)
def test_an_address_is_judged_whether_mail_is_wanted_or_not(
    client: FlaskClient, session: Session, makers: Makers, site: Site, typed: dict[str, str]
) -> None:
    makers.block(BlockKind.ADDRESS, "eve@spam.example", site)
    send(client, makers.thread(site), **typed)
    assert sent(session) == [("pending", ["blocked_address"])]


def test_a_blocked_host_is_met_in_an_address(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.HOST, "spam.example", site)
    send(client, makers.thread(site), email="eve@mail.spam.example")
    assert sent(session) == [("pending", ["blocked_host"])]


@pytest.mark.parametrize("days_ago", [0, 1])
def test_a_blocked_network_is_known_again_today_and_tomorrow(
    client: FlaskClient, session: Session, makers: Makers, site: Site, days_ago: int
) -> None:
    digest = network_digest(HERE, secret=SECRET, at=ago(days=days_ago))
    makers.block(BlockKind.NETWORK, digest, site)
    makers.block(BlockKind.NETWORK, network_digest(HERE, secret=SECRET, at=ago(days=2)))
    send(client, makers.thread(site))
    [(status, codes)] = sent(session)
    assert (status, codes) == ("pending", ["blocked_network"])
    assert digest not in str(session.scalars(select(Comment.reasons)).one())


def test_blocks_of_other_sites_and_those_that_are_over_are_not_met(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.WORD, "pills", makers.site())
    makers.block(BlockKind.WORD, "pills", site, lifted_at=clock.now())
    makers.block(BlockKind.WORD, "pills", site, ends_at=ago(minutes=1))
    send(client, makers.thread(site), source="No pills at all.")
    assert sent(session) == [("published", [])]


def test_a_block_on_all_sites_and_one_that_ends_later_are_met(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.block(BlockKind.WORD, "pills")
    later = clock.now() + timedelta(days=1)
    makers.block(BlockKind.WORD, "casino", site, ends_at=later, verdict=BlockVerdict.SPAM.value)
    send(client, makers.thread(site), source="Pills, casino, love.")
    assert sent(session) == [("spam", ["blocked_word"])]


def test_the_number_of_blocks_changes_no_number_of_statements(
    app: Flask, session: Session, makers: Makers, site: Site
) -> None:
    thread, client = makers.thread(site), client_of(app)
    send(client, thread, source="One word to warm up.")
    with counted_statements(app) as few:
        send(client, thread, source="A word of mine.")
    rows = [
        {"site_id": site.id, "kind": "word", "value": f"word{number}", "verdict": "hold"}
        | {"reason": "", "actor_name": "Mod", "created_at": clock.now()}
        for number in range(2000)
    ]
    session.execute(insert(Block), rows)
    session.commit()
    with counted_statements(app) as many:
        send(client, thread, source="Another word1999 of mine.")
    assert len(many) == len(few) - 1, "what is held back is no news, and that is all that differs"
    assert sent(session)[-1] == ("pending", ["blocked_word"])


def test_a_text_that_shows_as_much_as_a_text_can_is_judged(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    """A statement takes so many values and no more."""
    source = " ".join(f"{number:x}a1.b!c" for number in range(4096, 5200))[:9990]
    assert send(client, makers.thread(site), source=source).status_code == 303
    assert len(sent(session)) == 1
