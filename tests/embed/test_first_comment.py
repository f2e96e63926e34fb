"""The first comment below a post makes its discussion; it goes the way of every comment."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.embed.first_page import about_the_page
from board.extensions import db
from board.foundation import clock, tokens
from board.foundation.forms import TOKEN_LIFE, token_moment
from board.prompts import Prompt
from board.sites.models import Policy, Site
from board.sources.models import Reading, Why
from board.threads import drafts
from board.threads.models import Draft, Post, Thread, ThreadStatus
from board.threads.registration import PostRead, register
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words

UNKNOWN = "https://blog.test/on-kettles"
PAGE = f"/embed/blog?url={UNKNOWN}"
LINK = f"/d/blog?url={UNKNOWN}"
TYPED = {"name": "Ada", "source": "I mended *one*."}


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog", default_prompt="What stays with you?")


def send(client: FlaskClient, page: str = PAGE, **typed: str) -> Any:
    return fill_and_send(client, page, "/comments", **{**TYPED, **typed})


def count(session: Session, table: type) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("page", [PAGE, LINK])
def test_the_comment_comes_with_its_post_and_thread_and_waits_for_a_moderator(
    client: FlaskClient, session: Session, site: Site, page: str
) -> None:
    answer = send(client, page)
    assert answer.status_code == 303
    own = client.get(answer.location)
    assert "Your words are waiting for approval" in words(own)
    [comment], [thread], [post] = (session.scalars(select(table)).all() for table in (Comment, Thread, Post))
    assert (comment.status, comment.thread_id) == (Status.PENDING, thread.id)
    assert (thread.prompt, thread.stands_in, thread.pending_count) == ("What stays with you?", True, 1)
    assert (post.id, post.address) == (thread.post_id, UNKNOWN)
    assert session.scalars(select(Reading.why)).all() == [Why.FIRST_VIEW]


def test_in_a_frame_one_stays_in_the_frame(client: FlaskClient, session: Session, site: Site) -> None:
    answer = send(client, f"{PAGE}&parent=https://blog.test&theme=dark")
    own = client.get(answer.location)
    assert tree(own).cssselect("main")[0].get("data-parent-origin") == "https://blog.test"
    [back] = [link for link in tree(own).cssselect("a") if link.text_content() == "Back to the discussion"]
    thread_id = session.scalars(select(Thread.id)).one()
    assert back.get("href") == f"/embed/t/{thread_id}?in=frame&theme=dark&parent=https://blog.test"
    assert "frame-ancestors https://blog.test" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == own.headers["Cache-Control"] == "no-store"


def test_script_gets_the_piece_that_it_puts_in_place(
    client: FlaskClient, session: Session, site: Site
) -> None:
    action, values = form_values(client.get(PAGE), "/comments")
    fragment = {"X-Fragment": "1"}
    answer = client.post(action, data={**values, **TYPED}, headers=fragment)
    assert (answer.status_code, answer.data) == (201, b"")
    [piece] = tree(client.get(answer.location, headers=fragment)).cssselect("[data-own]")
    assert piece.get("data-thread") == str(session.scalars(select(Thread.id)).one())


def test_the_frame_shows_the_thread_from_then_on(client: FlaskClient, session: Session, site: Site) -> None:
    site.policy = Policy.PUBLISH.value
    send(client)
    assert "I mended one." in words(client.get(PAGE))
    thread_id = session.scalars(select(Thread.id)).one()
    assert client.get(LINK).location == f"/t/{thread_id}"


def test_two_clicks_make_one_comment_and_one_post(client: FlaskClient, session: Session, site: Site) -> None:
    action, values = form_values(client.get(PAGE), "/comments")
    answers = [client.post(action, data={**values, **TYPED}) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert [count(session, table) for table in (Comment, Thread, Post)] == [1, 1, 1]


def test_two_clicks_at_the_same_moment_do_as_well(app: Flask, session: Session, site: Site) -> None:
    action, values = form_values(client_of(app).get(PAGE), "/comments")
    session.commit()
    start, statuses = threading.Barrier(4), []

    def click() -> None:
        client = client_of(app)
        start.wait()
        statuses.append(client.post(action, data={**values, **TYPED}).status_code)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert statuses == [303] * 4
    assert [count(session, table) for table in (Comment, Thread, Post)] == [1, 1, 1]


def test_a_second_reader_joins_the_first(client: FlaskClient, session: Session, site: Site) -> None:
    action, values = form_values(client.get(PAGE), "/comments")  # opened before the first had sent anything
    send(client)
    client.post(action, data={**values, "name": "Ben", "source": "So did I."})
    assert [count(session, table) for table in (Comment, Thread, Post)] == [2, 1, 1]


def test_a_discussion_that_was_opened_meanwhile_takes_the_comment(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    action, values = form_values(client.get(PAGE), "/comments")
    thread = makers.thread(post=makers.post(site, address=UNKNOWN))
    client.post(action, data={**values, **TYPED})
    assert session.scalars(select(Comment.thread_id)).all() == [thread.id]
    assert session.scalars(select(Reading)).all() == []


def test_a_discussion_that_was_closed_meanwhile_gives_the_words_back(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    action, values = form_values(client.get(PAGE), "/comments")
    makers.thread(post=makers.post(site, address=UNKNOWN), status=ThreadStatus.CLOSED.value)
    answer = client.post(action, data={**values, **TYPED})
    assert answer.status_code == 409
    assert TYPED["source"] in words(answer)


def test_mistakes_are_said_beside_their_field_and_nothing_is_made(
    client: FlaskClient, session: Session, site: Site
) -> None:
    answer = send(client, name="")
    assert answer.status_code == 422
    assert "Please tell us what to call you" in words(answer)
    assert "What stays with you?" in words(answer)
    assert form_values(answer, "/comments")[1]["source"].strip() == TYPED["source"]
    assert [count(session, table) for table in (Comment, Thread, Post)] == [0, 0, 0]


def test_a_preview_stores_nothing(client: FlaskClient, session: Session, site: Site) -> None:
    [button] = tree(client.get(PAGE)).cssselect("[data-preview]")
    _, values = form_values(client.get(PAGE), "/comments")
    answer = client.post(button.get("formaction"), data={**values, **TYPED})
    assert answer.status_code == 200
    assert "<em>one</em>" in answer.get_data(as_text=True)
    assert client.post(button.get("formaction"), data=TYPED).status_code == 422
    assert form_values(answer, "/comments")[1]["source"].strip() == TYPED["source"]
    assert [count(session, table) for table in (Comment, Thread, Post)] == [0, 0, 0]


def test_a_filled_trap_is_kept_aside(client: FlaskClient, session: Session, site: Site) -> None:
    send(client, website="https://spam.example")
    assert session.scalars(select(Comment.status)).one() == Status.SPAM


def test_first_comments_count_with_all_others(make_app, session: Session, makers: Makers, site: Site) -> None:
    client = client_of(make_app(BOARD_COMMENT_RATE="1 per hour"))
    other = makers.thread(site)
    assert fill_and_send(client, f"/t/{other.id}", "/comments", **TYPED).status_code == 303
    answer = send(client)
    assert answer.status_code == 429
    assert TYPED["source"] in words(answer)
    assert count(session, Comment) == 1


@pytest.mark.parametrize(
    "url",
    ["https://elsewhere.test/x", "https://blog.test/", "javascript:alert(1)", "", f"{UNKNOWN}/{'x' * 1000}"],
)
def test_nothing_begins_below_what_is_no_post_of_the_blog(
    app: Flask, client: FlaskClient, session: Session, site: Site, url: str
) -> None:
    """Not even with a token that fits, which nobody gets."""
    with app.test_request_context(f"/embed/blog/comments?url={url}", method="POST"):
        about = about_the_page()
    with app.app_context():
        token = tokens.sign("form", about, issued_at=token_moment(clock.now()))
    answer = client.post(
        "/embed/blog/comments", query_string={"url": url}, data={**TYPED, "form_token": token}
    )
    assert answer.status_code == 404
    assert [count(session, table) for table in (Comment, Thread, Post)] == [0, 0, 0]


def test_the_token_of_one_page_opens_no_other(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    makers.site(slug="other")
    _, values = form_values(client.get(PAGE), "/comments")
    for slug, url in (("blog", "https://blog.test/lids"), ("other", UNKNOWN)):
        query = {"url": url}
        answer = client.post(f"/embed/{slug}/comments", query_string=query, data={**values, **TYPED})
        assert answer.status_code == 422
        assert "belongs to another discussion" in words(answer)
    assert count(session, Comment) == 0


def test_an_old_form_gets_a_fresh_token_and_loses_nothing(
    app: Flask, client: FlaskClient, session: Session, site: Site
) -> None:
    action, _ = form_values(client.get(PAGE), "/comments")
    with app.test_request_context(action, method="POST"):
        stale = tokens.sign(
            "form", about_the_page(), issued_at=token_moment(clock.now() - TOKEN_LIFE - timedelta(hours=1))
        )
    answer = client.post(action, data={**TYPED, "form_token": stale})
    assert answer.status_code == 422
    action, values = form_values(answer, "/comments")
    assert client.post(action, data=values).status_code == 303


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://blog.test"}, {"Origin": "null"}]
)
def test_a_form_sent_by_another_page_is_refused_with_the_words_kept(
    bare_client: FlaskClient, session: Session, site: Site, headers: dict[str, str]
) -> None:
    action, values = form_values(bare_client.get(PAGE), "/comments")
    answer = bare_client.post(action, data={**values, **TYPED}, headers=headers)
    assert answer.status_code == 403
    assert TYPED["source"] in words(answer)
    assert count(session, Post) == 0


def found(text: str, **fields: Any) -> Prompt:
    return Prompt(
        text=text, **{"heading": "", "kind": "reaction", "confidence": 0.9, "closes": True, **fields}
    )


def read_by_the_worker(app: Flask, site_id: int, *prompts: Prompt, opens_from: float | None = 0.8) -> None:
    with app.app_context():
        read = PostRead(UNKNOWN, "On kettles", prompts, names=[UNKNOWN], content_hash="x" * len(prompts))
        register(db.session.get_one(Site, site_id), read, opens_from=opens_from, now=clock.now())
        db.session.commit()


def test_the_posts_own_prompt_takes_the_place_of_the_default_and_keeps_the_comment(
    app: Flask, client: FlaskClient, session: Session, site: Site
) -> None:
    send(client)
    read_by_the_worker(app, site.id, found("What have you mended more than once?"))
    [thread] = session.scalars(select(Thread))
    assert (thread.prompt, thread.stands_in) == ("What have you mended more than once?", False)
    assert session.scalars(select(Comment.thread_id)).all() == [thread.id]
    assert "What have you mended more than once?" in words(client.get(PAGE))


def test_a_prompt_that_was_waiting_for_a_yes_gives_its_words_to_the_same_thread(
    app: Flask, client: FlaskClient, session: Session, site: Site
) -> None:
    asks = [found("Which lid do you keep?", closes=False, confidence=0.5), found("What have you mended?")]
    read_by_the_worker(app, site.id, *asks, opens_from=None)
    send(client)
    closing = session.scalars(select(Draft).where(Draft.closes)).one()
    assert closing.thread_id == session.scalars(select(Thread.id)).one()
    with app.app_context():
        waiting = db.session.get_one(Draft, closing.id)
        waiting.thread = db.session.get_one(Thread, waiting.thread_id)
        drafts.accept(waiting, now=clock.now())
        db.session.commit()
    assert session.scalars(select(Thread.prompt)).all() == ["What have you mended?"]
    assert session.scalars(select(Comment.thread_id)).all() == [closing.thread_id]


def test_an_address_that_nobody_looked_at_stands_on_no_list(
    client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    """Anybody may write below any address of the blog; what they put into it is not shown around."""
    asked = makers.thread(site, heading="", prompt="What did silence tell you?")
    send(client, "/embed/blog?url=https://blog.test/cheap-kettles-here")
    for page in ("/", "/s/blog"):
        assert asked.prompt in words(client.get(page))
        assert "cheap-kettles-here" not in client.get(page).get_data(as_text=True)
        assert "What stays with you?" not in words(client.get(page))
    comment = session.scalars(select(Comment)).one()
    comment.status, comment.published_at = Status.PUBLISHED.value, clock.now()
    thread = session.get_one(Thread, comment.thread_id)
    thread.published_count, thread.last_comment_at = 1, clock.now()
    for page in ("/", "/s/blog"):
        assert "What stays with you?" in words(client.get(page))
