"""Whoever asks by an old number, key or address is led to where the comments are now."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.foundation.errors import NotFound
from board.sites.models import Site
from board.threads import queries
from board.threads.models import Post, Thread, ThreadStatus
from tests.support.makers import Makers
from tests.support.pages import form_values, words


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog")


def merged(makers: Makers, into: Thread, post: Post | None = None) -> Thread:
    """A thread that was merged into another one, by default of the same post."""
    post = post or makers.session.get_one(Post, into.post_id)
    return makers.thread(post=post, status=ThreadStatus.HIDDEN, merged_into_id=into.id)


def test_every_page_of_a_merged_thread_leads_to_the_one_that_has_its_comments(
    client: FlaskClient, makers: Makers
) -> None:
    live = makers.thread()
    middle = merged(makers, live)
    first = merged(makers, middle)
    comment = makers.comment(live)
    pages = [
        "/t/{}",
        "/t/{}?order=newest&from=3",
        "/t/{}/feed.atom",
        "/t/{}/write",
        f"/t/{{}}/reply/{comment.id}?in=frame",
        "/embed/t/{}?theme=dark&parent=https://blog.test",
    ]
    for page in pages:
        for thread in (first, middle):
            answer = client.get(page.format(thread.id))
            assert (answer.status_code, answer.location) == (302, page.format(live.id))
        assert client.get(page.format(live.id)).status_code == 200


def test_an_address_with_odd_letters_leads_to_the_same_host(client: FlaskClient, makers: Makers) -> None:
    live = makers.thread()
    thread = merged(makers, live)
    answer = client.get(f"/t/{thread.id}?from=%ff%0d%0aSet-Cookie:x&_scheme=javascript&_external=1")
    assert answer.location.startswith(f"/t/{live.id}?from=%ff%0d%0a")
    assert "Set-Cookie" not in answer.headers


def test_what_was_merged_into_something_hidden_is_hidden(client: FlaskClient, makers: Makers) -> None:
    hidden = makers.thread(status=ThreadStatus.HIDDEN)
    thread = merged(makers, hidden)
    assert client.get(f"/t/{hidden.id}").status_code == 404
    assert client.get(f"/t/{thread.id}").status_code == 404


def test_a_merged_post_is_found_under_its_number_and_its_key(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    thread = makers.thread(site)
    former = makers.post(site, key="the-old-one", merged_into_id=thread.post_id)
    assert client.get(f"/p/{former.id}").location == f"/p/{thread.post_id}"
    assert client.get("/d/blog?key=the-old-one").location == f"/t/{thread.id}"
    assert "Nobody has answered yet" in words(client.get("/embed/blog?key=the-old-one"))
    makers.site(slug="other")
    with app.app_context(), pytest.raises(NotFound):
        queries.post_with_key("other", "the-old-one")


def test_a_post_whose_threads_were_all_merged_shows_where_they_went(
    client: FlaskClient, makers: Makers, site: Site
) -> None:
    live = makers.thread(site, heading="Where everybody is")
    emptied = makers.post(site, address="https://blog.test/emptied")
    merged(makers, live, emptied)
    assert client.get(f"/p/{emptied.id}").location == f"/p/{live.post_id}"
    assert client.get("/d/blog?url=https://blog.test/emptied").location == f"/t/{live.id}"
    assert "Where everybody is" in words(client.get("/embed/blog?url=https://blog.test/emptied"))


def test_a_thread_of_its_own_comes_before_one_that_was_merged(
    client: FlaskClient, makers: Makers, site: Site
) -> None:
    post = makers.post(site, address="https://blog.test/both")
    own = makers.thread(post=post)
    merged(makers, makers.thread(site), post)
    assert client.get("/d/blog?url=https://blog.test/both").location == f"/t/{own.id}"


def test_words_sent_to_a_merged_thread_arrive_where_its_comments_are(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    """The page had been open while somebody merged: what was written on it is not lost."""
    live, thread = makers.thread(), makers.thread()
    action, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    thread.status, thread.merged_into_id = ThreadStatus.HIDDEN.value, live.id
    typed = {**values, "name": "Ada", "source": "I had been writing for a while."}
    assert client.post(action, data=typed).status_code == 303
    assert session.scalars(select(Comment)).one().thread_id == live.id


def test_an_unknown_number_is_found_nowhere(client: FlaskClient, makers: Makers, site: Site) -> None:
    for path in ("/t/1", "/p/1", "/d/blog?key=x", f"/t/{2**31}"):
        assert client.get(path).status_code == 404
