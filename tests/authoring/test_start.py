"""The first steps of an owner, through their front door, with a blog on this machine."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.foundation import clock
from board.foundation.permissions import Role
from board.sites.models import OPENS_FROM, Site
from board.sources.models import Reading, Why
from board.threads.models import Draft, Thread
from tests.authoring.blog import POSTS, START, as_shown, begin, begun, serve, site_of, ticked, work
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words
from tests.support.web import WebServer


def test_an_owner_without_a_site_begins_here_and_others_do_not(
    board: Flask, owner: FlaskClient, makers: Makers
) -> None:
    answer = owner.get("/desk")
    assert (answer.status_code, answer.location) == (303, START)
    assert signed_in(board, makers.account(Role.MODERATOR)).get("/desk").status_code == 200
    site = makers.site()
    assert owner.get("/desk").status_code == 200
    assert signed_in(board, makers.account(Role.OWNER, site)).get(START).status_code == 404
    for role in (Role.MODERATOR, Role.AUTHOR):
        client = signed_in(board, makers.account(role))
        for path in (START, f"{START}/{site.slug}", f"{START}/{site.slug}/snippet"):
            assert client.get(path).status_code == 404


def test_another_sites_owner_finds_nothing_here(board: Flask, makers: Makers) -> None:
    mine, other = makers.site(), makers.site()
    client = signed_in(board, makers.account(Role.OWNER, mine))
    for ending in ("", "/snippet"):
        assert client.get(f"{START}/{mine.slug}{ending}").status_code == 200
        assert client.get(f"{START}/{other.slug}{ending}").status_code == 404
    _, values = form_values(client.get("/account"), "/sign-out")
    for ending in ("", "/again", "/page"):
        answer = client.post(f"{START}/{other.slug}{ending}", data={**values, "address": "https://x.test"})
        assert answer.status_code == 404


def test_an_address_makes_the_site_and_asks_the_worker_to_look(owner: FlaskClient, session: Session) -> None:
    answer = begin(owner, "Blog.Example/notes/")
    site = site_of(session)
    assert (site.base_url, site.name, site.slug) == (
        "https://blog.example/notes",
        "blog.example",
        "blog-example",
    )
    assert (site.opens_from, answer.location) == (None, "/desk/start/blog-example")
    [reading] = session.scalars(select(Reading))
    assert (reading.address, reading.why, reading.site_id) == (site.base_url, Why.START, site.id)


def test_the_same_blog_again_goes_on_where_one_was(owner: FlaskClient, session: Session) -> None:
    first = begin(owner, "blog.example")
    for address in ("https://www.blog.example/", "http://blog.example", "blog.example/index.html"):
        assert begin(owner, address).location == first.location
    assert site_of(session).base_url == "https://blog.example"


def test_two_blogs_of_one_host_have_names_of_their_own(owner: FlaskClient, session: Session) -> None:
    for path in ("ada", "ben", "cy"):
        begin(owner, f"example.test/{path}")
    slugs = session.scalars(select(Site.slug).order_by(Site.id)).all()
    assert slugs == ["example-test", "example-test-2", "example-test-3"]


def test_the_page_waits_until_the_worker_has_read_and_says_how_far_it_is(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    serve(web_server)
    place = begin(owner, web_server.address).location
    page = owner.get(place)
    assert "Reading your blog" in words(page)
    assert web_server.asked == [], "only the worker fetches"
    [refresh] = tree(page).cssselect("noscript meta[http-equiv=refresh]")
    assert refresh.get("content") == f"2;url={place}"
    assert "Nothing has happened for a while" not in words(page)
    session.execute(update(Reading).values(due_at=clock.now() - timedelta(minutes=1)))
    assert "Nothing has happened for a while" in words(owner.get(place))
    work(board)
    page = owner.get(place)
    assert "What your posts ask" in words(page)
    assert tree(page).cssselect("meta[http-equiv=refresh], [data-reading]") == []


def test_the_last_posts_stand_with_what_they_ask_and_what_is_sure_is_ticked(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    page = owner.get(begun(owner, board, web_server))
    assert [title.text_content() for title in tree(page).cssselect(".asked__post h2 a")] == [
        title for _, title, _, _ in POSTS
    ]
    assert tree(page).cssselect("input[name=name]")[0].value == "The Quiet Desk"
    assert [one.split("?")[0] for one in ticked(page)] == [
        "Your turn When did a silence last change your mind",
        "Your turn What have you mended more than once",
    ]
    assert "Asks nothing of its own." in words(page)
    assert f"{web_server.address}/feed" in words(page)
    assert session.scalars(select(Thread)).all() == []
    session.execute(update(Draft).values(confidence=OPENS_FROM - 0.01))
    assert ticked(owner.get(f"{START}/{site_of(session).slug}")) == []


def test_one_button_opens_what_is_ticked_and_leads_to_the_snippet(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    place = begun(owner, board, web_server)
    silence = session.scalars(select(Draft.id).where(Draft.prompt.contains("silence"))).one()
    action, values = as_shown(owner, place)
    sent = {**values, "name": " Ada's  Desk ", "drafts": [str(silence)]}
    answer = owner.post(action, data=sent)
    assert (answer.status_code, answer.location) == (303, f"{place}/snippet")
    thread = session.scalars(select(Thread)).one()
    assert thread.prompt.startswith("When did a silence")
    site = site_of(session)
    assert (site.name, site.opens_from) == ("Ada's Desk", OPENS_FROM)
    page = owner.get(answer.location)
    board_url = board.config["BOARD"].public_url
    code = tree(page).cssselect("pre")[0].text_content()
    assert code == (
        f'<a data-reflection-board href="{board_url}/d/{site.slug}?url=ADDRESS">Read and join the discussion</a>\n'
        f'<script async src="{board_url}/embed.js"></script>'
    )
    assert "1 discussion is open." in words(page)
    assert "1 prompt waits for your yes." in words(page)
    assert tree(page).cssselect(f'a[href="/t/{thread.id}"]')

    again = owner.get(place)
    assert [one.split("?")[0] for one in ticked(again)] == ["Your turn What have you mended more than once"]
    assert tree(again).cssselect(".asked__open")
    owner.post(action, data=sent)  # going back and sending it once more opens nothing twice
    assert len(session.scalars(select(Thread)).all()) == 1


def test_an_owner_may_want_to_be_asked_always(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    place = begun(owner, board, web_server)
    action, values = as_shown(owner, place)
    assert values["opening"] == "sure"
    owner.post(action, data={**values, "opening": "ask"})
    assert site_of(session).opens_from is None
    assert len(session.scalars(select(Thread)).all()) == 2
    assert form_values(owner.get(place), place)[1]["opening"] == "ask"


def test_a_mistake_keeps_every_tick(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    place = begun(owner, board, web_server)
    action, values = as_shown(owner, place)
    ids = session.scalars(select(Draft.id).order_by(Draft.id)).all()
    answer = owner.post(action, data={**values, "name": " ", "drafts": [str(ids[0])], "opening": "ask"})
    assert answer.status_code == 422
    assert "A name, please" in words(answer)
    assert len(ticked(answer)) == 1
    assert form_values(answer, place)[1]["opening"] == "ask"
    assert session.scalars(select(Thread)).all() == []


def test_prompts_of_other_blogs_cannot_be_slipped_in(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session, makers: Makers
) -> None:
    place = begun(owner, board, web_server)
    other = makers.draft()
    action, values = as_shown(owner, place)
    answer = owner.post(action, data={**values, "drafts": [str(other.id), "999999", "99999999999", "-1"]})
    assert answer.status_code == 303
    assert session.scalars(select(Thread)).all() == []


def test_posts_that_the_feed_only_names_are_waited_for(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    """The front page has been read and the feed found, the pages of the posts have not."""
    place = begun(owner, board, web_server)
    site = site_of(session)
    for number in range(3):
        address = f"{web_server.address}/more-{number}"
        state = "waiting" if number else "done"
        fields = {"due_at": clock.now(), "created_at": clock.now(), "why": "start", "state": state}
        session.add(Reading(site_id=site.id, address=address, address_key=address, **fields))
    page = owner.get(place)
    assert "Reading your blog" in words(page)
    assert "1 of 3" in words(page)
    [front, feed, posts] = tree(page).cssselect(".reading li")
    assert [one.get("data-is") for one in (front, feed, posts)] == ["done", "done", "now"]


def test_one_may_leave_and_come_back(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session
) -> None:
    place = begun(owner, board, web_server)
    page = owner.get(START)
    assert [link.get("href") for link in tree(page).cssselect(".start__list a")] == [place]
    action, values = as_shown(owner, place)
    owner.post(action, data={**values, "drafts": [str(session.scalars(select(Draft.id)).first())]})
    assert tree(owner.get(START)).cssselect(".start__list a") == []
    assert owner.get(place).status_code == 200


def test_a_site_that_was_added_otherwise_can_be_looked_at(
    owner: FlaskClient, board: Flask, web_server: WebServer, session: Session, makers: Makers
) -> None:
    serve(web_server)
    site = makers.site(name="Mine", base_url=web_server.address, origin=web_server.address)
    place = f"{START}/{site.slug}"
    assert "Let the board look at your blog" in words(owner.get(place))
    fill_and_send(owner, place, "/again")
    work(board)
    page = owner.get(place)
    assert tree(page).cssselect("input[name=name]")[0].value == "Mine"
    assert len(tree(page).cssselect(".asked__open")) == 2, "it opens its discussions by itself, as it did"
