"""Posts on the desk: found, read again, known by their addresses; for owners and authors of their site alone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.authoring.post_queries import POSTS_PER_PAGE
from board.comments.models import Status
from board.foundation.permissions import Role
from board.sites.models import Site
from board.sources.models import Reading
from board.threads.models import Post, Thread, ThreadStatus
from tests.authoring.page import followed, notice, token
from tests.authoring.remapping import address, keys
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words
from tests.support.statements import counted_statements

KETTLE = "https://blog.test/the-kettle/"


@pytest.fixture
def post(makers: Makers, site: Site) -> Post:
    return makers.post(site, title="The kettle", address=KETTLE)


def titles(page: TestResponse) -> list[str]:
    return [link.text_content() for link in tree(page).cssselect(".lines__title a")]


def test_the_list_shows_what_hangs_on_each_post(
    desk: FlaskClient, makers: Makers, site: Site, post: Post
) -> None:
    makers.post(site, title="Quiet")
    live = makers.thread(post=post)
    makers.thread(post=post, status=ThreadStatus.HIDDEN, merged_into_id=live.id)
    makers.comment(live)
    makers.comment(live, status=Status.PENDING)
    page = desk.get("/desk/posts")
    assert titles(page) == ["Quiet", "The kettle"]
    assert "No discussion yet" in words(page)
    assert "1 discussion · 1 comment · 1 waits" in words(page)
    assert KETTLE in words(page)


def test_the_list_costs_the_same_for_two_posts_and_for_twenty(
    app: Flask, desk: FlaskClient, makers: Makers, site: Site
) -> None:
    numbers = []
    for count in (2, 18):
        for _ in range(count):
            makers.comment(makers.thread(site))
        with counted_statements(app) as statements:
            desk.get("/desk/posts")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    "wanted",
    [
        "kettle",
        "THE KETT",
        "the-kettle",
        "http://www.blog.test/the-kettle/index.html",
        "?p=12",
        "blog.test/?p=12",
    ],
)
def test_a_post_is_found_by_words_of_its_title_or_any_of_its_addresses(
    desk: FlaskClient, makers: Makers, site: Site, post: Post, wanted: str
) -> None:
    makers.name(post, "https://blog.test/?p=12")
    makers.post(site, title="100 % wool_yarn", address="https://blog.test/wool")
    assert titles(desk.get("/desk/posts", query_string={"q": wanted})) == ["The kettle"]


def test_signs_that_a_database_reads_otherwise_are_looked_for_as_they_are(
    desk: FlaskClient, makers: Makers, site: Site, post: Post
) -> None:
    makers.post(site, title="100 % wool_yarn", address="https://blog.test/wool")
    for wanted, found in (("%", ["100 % wool_yarn"]), ("l_y", ["100 % wool_yarn"]), ("x%y", []), ("\\", [])):
        page = desk.get("/desk/posts", query_string={"q": wanted})
        assert titles(page) == found
        assert tree(page).cssselect("#q")[0].get("value") == wanted
    assert "No post has these words" in words(desk.get("/desk/posts?q=nowhere"))


def test_the_list_is_walked_page_by_page(desk: FlaskClient, makers: Makers, site: Site) -> None:
    for number in range(POSTS_PER_PAGE + 2):
        makers.post(site, title=f"Post {number}")
    first = desk.get("/desk/posts?q=post")
    [older] = [link.get("href") for link in tree(first).xpath("//a[contains(., 'Older posts')]")]
    second = desk.get(older)
    assert titles(first)[0] == f"Post {POSTS_PER_PAGE + 1}"
    assert titles(second) == ["Post 1", "Post 0"]
    assert "Back to the first page" in words(second)


def test_a_merged_post_is_not_listed_and_its_page_leads_on(
    desk: FlaskClient, makers: Makers, site: Site, post: Post
) -> None:
    merged = makers.post(site, title="Went", merged_into_id=post.id)
    assert titles(desk.get("/desk/posts")) == ["The kettle"]
    assert desk.get(f"/desk/posts/{merged.id}").location == f"/desk/posts/{post.id}"


def test_the_page_of_a_post_shows_its_discussions_addresses_and_prompts(
    desk: FlaskClient, makers: Makers, site: Site, post: Post
) -> None:
    makers.name(post, "https://blog.test/?p=12")
    thread = makers.thread(post=post, heading="", prompt="What do you mend?", status=ThreadStatus.CLOSED)
    makers.thread(post=post, prompt="Went away?", status=ThreadStatus.HIDDEN, merged_into_id=thread.id)
    makers.draft(post)
    page = desk.get(f"/desk/posts/{post.id}")
    assert "What do you mend? closed 0 comments" in words(page)
    assert "Went away?" not in words(page)
    assert "https://blog.test/the-kettle It stands here" in words(page)
    assert "Prompts found in it 1 waits" in words(page)
    [link] = tree(page).xpath("//a[contains(., 'Prompts found in it')]/@href")
    assert desk.get(link).status_code == 200


def test_a_discussion_is_closed_and_its_page_is_made_anew(
    desk: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    thread = makers.thread(post=post)
    revision = thread.revision
    action, values = form_values(desk.get(f"/desk/posts/{post.id}"), "/status")
    answer = desk.post(action, data={**values, "set": f"closed:{thread.id}"})
    assert "takes no new comments" in notice(desk, answer)
    row = session.scalars(select(Thread)).one()
    assert (row.status, row.revision > revision) == ("closed", True)


def test_a_post_is_read_again_when_somebody_asks(desk: FlaskClient, session: Session, post: Post) -> None:
    page = f"/desk/posts/{post.id}"
    assert "read again in a moment" in notice(desk, fill_and_send(desk, page, "/read"))
    assert "waits to be read already" in notice(desk, fill_and_send(desk, page, "/read"))
    reading = session.scalars(select(Reading)).one()
    assert (reading.address, reading.why) == (KETTLE, "again")


def test_a_post_on_a_foreign_host_is_not_read(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    post = makers.post(site, address="https://elsewhere.test/a")
    answer = fill_and_send(desk, f"/desk/posts/{post.id}", "/read")
    assert "none of the blog's own hosts" in notice(desk, answer)
    assert session.scalars(select(Reading)).all() == []


# Addresses


def test_an_address_is_added_and_that_is_undone(desk: FlaskClient, session: Session, post: Post) -> None:
    page = f"/desk/posts/{post.id}"
    answer = fill_and_send(desk, page, "/address", address=" https://blog.test/new ", stands="y")
    shown = followed(desk, answer)
    assert "known at that address now" in words(shown)
    assert address(session, post) == "https://blog.test/new"
    undo, values = form_values(shown, "/undo")
    assert "everything is back" in notice(desk, desk.post(undo, data=values))
    assert (address(session, post), keys(session, post)) == (KETTLE, {KETTLE.rstrip("/")})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Copy the address"),
        ("blog.test/x", "no address such as"),
        ("https://x.test/" + "x" * 999, "too long"),
    ],
)
def test_what_is_no_address_is_said_beside_what_was_typed(
    desk: FlaskClient, session: Session, post: Post, typed: str, said: str
) -> None:
    answer = fill_and_send(desk, f"/desk/posts/{post.id}", "/address", address=typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert tree(answer).cssselect("#address")[0].get("value") == typed
    assert len(keys(session, post)) == 1


def test_an_address_of_another_post_leads_to_merging_the_two(
    desk: FlaskClient, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    other = makers.post(site, title="The other kettle", address="https://blog.test/other")
    answer = fill_and_send(desk, f"/desk/posts/{post.id}", "/address", address="https://blog.test/other")
    assert answer.status_code == 409
    assert "The other kettle" in words(answer)
    [link] = tree(answer).xpath("//a[contains(., 'merging them')]/@href")
    assert link == f"/desk/moves/post/{post.id}?into={other.id}"
    assert len(keys(session, post)) == 1


def test_an_address_is_removed_but_never_the_one_where_the_post_stands(
    desk: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    row = makers.name(post, "https://blog.test/?p=12")
    page = desk.get(f"/desk/posts/{post.id}")
    [form] = [form for form in tree(page).forms if "/remove" in form.action]
    assert form.action.endswith(f"/address/{row.id}/remove")
    answer = desk.post(form.action, data=dict(form.form_values()))
    assert "does not lead to the post any more" in notice(desk, answer)
    assert keys(session, post) == {KETTLE.rstrip("/")}
    assert desk.post(form.action, data=token(desk)).status_code == 409


# Who may


def test_an_author_sees_posts_and_moves_none(
    app: Flask, session: Session, makers: Makers, site: Site, post: Post
) -> None:
    client = signed_in(app, makers.account(Role.AUTHOR, site))
    thread = makers.thread(post=post)
    page = client.get(f"/desk/posts/{post.id}")
    assert "Move or merge" not in words(page)
    assert "Merge it" not in words(page)
    assert "Moves" not in words(client.get("/desk/posts"))
    for path in ("", "/rule", f"/post/{post.id}", f"/thread/{thread.id}", "/1"):
        assert client.get(f"/desk/moves{path}").status_code == 404
    sent = {**token(client), "address": "https://blog.test/new", "into": "1"}
    for path in (f"post/{post.id}/address", f"post/{post.id}", f"thread/{thread.id}/to", "rule", "1/undo"):
        assert client.post(f"/desk/moves/{path}", data=sent).status_code == 404
    assert len(keys(session, post)) == 1


@pytest.mark.parametrize("role", [Role.OWNER, Role.AUTHOR])
def test_posts_of_other_sites_do_not_exist(app: Flask, makers: Makers, post: Post, role: Role) -> None:
    own = makers.site()
    mine = makers.post(own, title="Mine")
    client = signed_in(app, makers.account(role, own))
    assert titles(client.get("/desk/posts")) == ["Mine"]
    assert titles(client.get("/desk/posts?q=kettle")) == []
    assert client.get(f"/desk/posts?site={post.site_id}").status_code == 404
    assert client.get(f"/desk/posts/{post.id}").status_code == 404
    thread = makers.thread(post=mine)
    sent = {**token(client), "set": f"hidden:{thread.id}"}
    for path in (f"{post.id}/read", f"{post.id}/status"):
        assert client.post(f"/desk/posts/{path}", data=sent).status_code == 404


def test_a_moderator_sees_no_posts(app: Flask, makers: Makers, post: Post) -> None:
    client = signed_in(app, makers.account(Role.MODERATOR))
    assert client.get("/desk/posts").status_code == 404
    assert client.get(f"/desk/posts/{post.id}").status_code == 404
