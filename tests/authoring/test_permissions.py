"""Who may see prompts and decide about them: owners and authors of the site, and nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation.permissions import Role
from board.sites.models import Site
from board.threads.models import Draft, Post, Thread
from tests.authoring.page import notice, press, shown, states, threads, token
from tests.moderation.desk import signed_in
from tests.support.makers import Makers

WORDS = {"heading": "", "text": "And you?", "kind": "reaction"}


@pytest.fixture
def foreign(makers: Makers) -> Draft:
    """A draft of somebody else's blog, in a post that has a thread already."""
    post = makers.post(makers.site(origin="https://other.test"), address="https://other.test/post")
    makers.thread(post=post)
    return makers.draft(post)


@pytest.fixture
def own(makers: Makers) -> Site:
    return makers.site(name="My blog")


def pages(draft: Draft) -> list[str]:
    return [
        f"/desk/prompts?site={draft.site_id}",
        f"/desk/prompts/{draft.id}/edit",
        f"/desk/prompts/post/{draft.post_id}",
        f"/desk/prompts/add?post={draft.post_id}",
    ]


@pytest.mark.parametrize("role", [Role.OWNER, Role.AUTHOR])
def test_an_author_of_one_site_finds_nothing_of_another(
    app: Flask, session: Session, makers: Makers, foreign: Draft, own: Site, role: Role
) -> None:
    mine = makers.draft(makers.post(own))
    thread = session.scalars(select(Thread.id)).one()
    client = signed_in(app, makers.account(role, own))
    assert shown(client.get("/desk/prompts")) == [mine.id]
    assert shown(client.get(f"/desk/prompts?from={foreign.id + 1}")) == [mine.id]
    assert [client.get(path).status_code for path in pages(foreign)] == [404] * 4
    form = token(client)
    assert press(client, "/desk/prompts", one=f"accept:{foreign.id}").status_code == 404
    for path, sent in (
        (f"{foreign.id}/edit", WORDS),
        (f"post/{foreign.post_id}/order", {"up": str(thread)}),
        (f"post/{foreign.post_id}/status", {"set": f"hidden:{thread}"}),
    ):
        assert client.post(f"/desk/prompts/{path}", data={**form, **sent}).status_code == 404, path
    site = {"site": str(foreign.site_id), "address": "https://other.test/new"}
    assert client.post("/desk/prompts/add", data={**form, **WORDS, **site}).status_code == 422
    answer = press(client, "/desk/prompts", bulk="accept", selected=[str(mine.id), str(foreign.id)])
    assert notice(client, answer) == "Opened 1 discussion. 1 prompt was not found. Undo"
    assert states(session, [foreign.id]) == ["waiting"]


def test_accepting_all_and_undo_reach_ones_own_sites_alone(
    app: Flask, session: Session, makers: Makers, foreign: Draft, own: Site
) -> None:
    mine = [makers.draft(makers.post(own)).id for _ in range(2)]
    both = makers.account(Role.AUTHOR)
    press(signed_in(app, both), "/desk/prompts", one=f"dismiss:{foreign.id}")
    at = session.scalars(select(Draft.decided_at).where(Draft.id == foreign.id)).one()
    client = signed_in(app, makers.account(Role.AUTHOR, own))
    sent = {**token(client), "confidence": "0.0", "newest": "1000"}
    assert client.post("/desk/prompts/all", data={**sent, "site": str(foreign.site_id)}).status_code == 303
    assert states(session, mine) == ["waiting"] * 2
    client.post("/desk/prompts/all", data=sent)
    assert states(session, mine) == ["accepted"] * 2
    assert at is not None
    answer = client.post("/desk/prompts/undo", data={**token(client), "at": at.isoformat()})
    assert notice(client, answer) == "That was undone before."
    assert states(session, [foreign.id]) == ["dismissed"]


def test_a_moderator_has_no_prompts(app: Flask, session: Session, makers: Makers, foreign: Draft) -> None:
    client = signed_in(app, makers.account(Role.MODERATOR))
    assert "/desk/prompts" not in client.get("/desk").get_data(as_text=True)
    assert [client.get(path).status_code for path in ["/desk/prompts", *pages(foreign)]] == [404] * 5
    form = token(client)
    for path, sent in (
        ("decide", {"one": f"accept:{foreign.id}"}),
        ("all", {"confidence": "0.0", "newest": "9"}),
        ("undo", {"at": "2026-01-01T00:00:00+00:00"}),
        (f"{foreign.id}/edit", WORDS),
        ("add", {**WORDS, "address": "https://other.test/x", "site": str(foreign.site_id)}),
        (f"post/{foreign.post_id}/order", {"up": "1"}),
        (f"post/{foreign.post_id}/status", {"set": "hidden:1"}),
    ):
        assert client.post(f"/desk/prompts/{path}", data={**form, **sent}).status_code == 404, path
    assert len(threads(session)) == 1


def test_a_stranger_is_led_to_sign_in(client: FlaskClient, foreign: Draft) -> None:
    for path in pages(foreign):
        answer = client.get(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")


def test_an_author_begins_with_the_prompts(app: Flask, makers: Makers, own: Site) -> None:
    """The name of the board led authors to the queue, which does not exist for them."""
    client = signed_in(app, makers.account(Role.AUTHOR, own))
    page = client.get("/account").get_data(as_text=True)
    assert 'class="deskbar__name" href="/desk/prompts"' in page
    assert client.get("/sign-in").location == "/desk/prompts"


def test_a_post_of_nobody_is_not_found(app: Flask, session: Session, makers: Makers) -> None:
    client = signed_in(app, makers.account())
    for number in (0, 1, 2**31, 10**18):
        for path in (f"post/{number}", f"{number}/edit"):
            assert client.get(f"/desk/prompts/{path}").status_code == 404
    assert session.scalars(select(Post)).all() == []
