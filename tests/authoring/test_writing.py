"""A prompt in the author's own words: one that was found, or one that is added by hand."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.sites.models import Site
from board.sources.models import Reading
from board.threads.models import Draft, Post, Thread
from tests.authoring.page import notice, press, states, threads, told_and_undone, undone
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words


@pytest.fixture
def blog(makers: Makers) -> Site:
    return makers.site(name="The Quiet Blog", origin="https://blog.test")


def edit(client: FlaskClient, draft: Draft, **typed: str) -> TestResponse:
    page = f"/desk/prompts/{draft.id}/edit"
    return fill_and_send(client, page, page, **typed)


def add(client: FlaskClient, **typed: str) -> TestResponse:
    return fill_and_send(client, "/desk/prompts/add", "/desk/prompts/add", **typed)


def errors(answer: TestResponse) -> list[str]:
    assert answer.status_code == 422
    return [error.text_content() for error in tree(answer).cssselect(".field__error")]


def test_a_prompt_is_accepted_with_the_authors_words(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    draft = makers.draft(heading="Reactions", prompt="What do you think?")
    _, values = form_values(desk.get(f"/desk/prompts/{draft.id}/edit"), "/edit")
    assert (values["heading"], values["text"].strip()) == ("Reactions", "What do you think?")
    answer = edit(
        desk, draft, heading=" Your\nturn ", text=" What do you\r\nmake of it? ", kind="question_call"
    )
    assert threads(session) == [("Your turn", "What do you\nmake of it?", "question_call")]
    assert told_and_undone(desk, answer) == ("Opened 1 discussion. Undo", "1 prompt waits again.")
    assert (states(session, [draft.id]), threads(session)) == (["waiting"], [])
    assert session.scalars(select(Draft.prompt)).one() == "What do you think?"


def test_the_words_of_the_post_and_of_the_board_stand_side_by_side(desk: FlaskClient, makers: Makers) -> None:
    edit(desk, makers.draft(prompt="What do you think?"), text="What do you make of it?")
    page = words(desk.get("/desk/prompts?view=opened"))
    assert "What do you think?" in page
    assert "On the board it reads: What do you make of it?" in page


def test_new_words_of_a_post_can_be_changed_before_they_are_used(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    post = makers.post()
    thread = makers.thread(post=post, heading="", prompt="Old words?")
    draft = makers.draft(post, thread_id=thread.id, prompt="New words?")
    answer = edit(desk, draft, heading="", text="Better words?")
    assert threads(session) == [("", "Better words?", "reaction")]
    assert undone(desk, answer) == "1 discussion has its old words again."
    assert threads(session) == [("", "Old words?", "reaction")]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"text": ""}, "What do you ask your readers?"),
        ({"text": " \n "}, "What do you ask your readers?"),
        ({"text": "x" * 5001}, "At most 5,000 characters, please."),
        ({"heading": "x" * 301}, "At most 300 characters, please."),
        ({"kind": "poem"}, "Not a valid choice."),
    ],
)
def test_mistakes_are_told_and_nothing_typed_is_lost(
    desk: FlaskClient, session: Session, makers: Makers, typed: dict[str, str], error: str
) -> None:
    draft = makers.draft()
    sent = {"heading": "My heading", "text": "My words?", **typed}
    answer = edit(desk, draft, **sent)
    assert errors(answer) == [error]
    _, kept = form_values(answer, "/edit")
    assert kept["heading"] == sent["heading"]
    assert kept["text"].strip() == sent["text"].strip()
    assert states(session, [draft.id]) == ["waiting"]


def test_a_prompt_that_was_decided_meanwhile_is_not_accepted_again(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    draft = makers.draft()
    action, values = form_values(desk.get(f"/desk/prompts/{draft.id}/edit"), "/edit")
    makers.draft()
    notice(desk, press(desk, "/desk/prompts", one=f"accept:{draft.id}"))
    answer = desk.post(action, data={**values, "text": "Other words?"})
    assert notice(desk, answer) == "1 prompt had been decided before."
    assert len(threads(session)) == 1
    refused = desk.get(f"/desk/prompts/{draft.id}/edit")
    assert refused.status_code == 409
    assert "Take that back first" in words(refused)


def test_a_prompt_by_hand_opens_below_the_post_it_names(
    desk: FlaskClient, session: Session, makers: Makers, blog: Site
) -> None:
    post = makers.post(blog, address="https://blog.test/silence")
    makers.thread(post=post, heading="", prompt="And you?", position=3)
    answer = add(desk, address="http://www.blog.test/silence/?utm_source=feed", text="What else?")
    assert threads(session) == [("", "And you?", "reaction"), ("", "What else?", "reaction")]
    assert told_and_undone(desk, answer) == ("Opened the discussion. Undo", "1 prompt waits again.")
    assert threads(session) == [("", "And you?", "reaction")]
    page = words(desk.get("/desk/prompts"))
    assert "What else?" in page  # the words are kept
    assert "It was written here, by hand." in page
    assert "Confidence" not in desk.get("/desk/prompts").get_data(as_text=True)


def test_an_unknown_address_of_the_blog_makes_the_post(
    desk: FlaskClient, session: Session, makers: Makers, blog: Site
) -> None:
    makers.let_embed(blog, "https://notes.blog.test")
    add(desk, address=" https://notes.blog.test/new ", text="And you?", heading="Your turn")
    [post] = session.scalars(select(Post))
    assert (post.site_id, post.address) == (blog.id, "https://notes.blog.test/new")
    assert post.title == "https://notes.blog.test/new"
    assert threads(session) == [("Your turn", "And you?", "reaction")]
    [reading] = session.scalars(select(Reading))  # which gives it its title
    assert (reading.address, reading.why, reading.state) == (
        "https://notes.blog.test/new",
        "again",
        "waiting",
    )
    assert desk.get("/d/" + blog.slug + "?url=https://notes.blog.test/new").status_code == 302


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("", "Which post asks this? Copy its address from your browser."),
        ("blog.test/x", "This is not the address of a page, such as https://blog.example/on-silence."),
        ("javascript:alert(1)", "This is not the address of a page, such as https://blog.example/on-silence."),
        ("https://blog.test:99999/", "This is not the address of a page, such as https://blog.example/on-silence."),
        ("https://blog.test/" + "ä" * 900, "This is not the address of a page, such as https://blog.example/on-silence."),
        ("https://blog.test/" + "x" * 1000, "This address is too long."),
        ("https://evil.test/x", "This address is not on the blog. Is it complete, and does it belong to this site?"),
        ("https://sub.blog.test/x", "This address is not on the blog. Is it complete, and does it belong to this site?"),
        ("https://blog.test:8443/x", "This address is not on the blog. Is it complete, and does it belong to this site?"),
        ("https://www.blog.test/", "This is the blog's front page. Which of its posts asks this?"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_in_plain_words(
    desk: FlaskClient, session: Session, blog: Site, address: str, error: str
) -> None:
    answer = add(desk, address=address, text="And you?", heading="Your turn")
    assert errors(answer) == [error]
    _, kept = form_values(answer, "/add")
    assert (kept["heading"], kept["text"].strip()) == ("Your turn", "And you?")
    assert session.scalars(select(Post)).all() == []


def test_the_same_words_are_not_asked_twice(
    desk: FlaskClient, session: Session, makers: Makers, blog: Site
) -> None:
    post = makers.post(blog, address="https://blog.test/silence")
    makers.thread(post=post, heading="", prompt="And you?")
    told = ["There is a discussion with just these words below this post already."]
    assert errors(add(desk, address=post.address, text="and  you?")) == told
    add(desk, address=post.address, text="What else?")
    assert errors(add(desk, address=post.address, text="What else?")) == told
    assert len(threads(session)) == 2


@pytest.mark.parametrize("state", ["waiting", "dismissed", "gone"])
def test_words_that_were_found_before_are_accepted(
    desk: FlaskClient, session: Session, makers: Makers, blog: Site, state: str
) -> None:
    post = makers.post(blog, address="https://blog.test/silence")
    draft = makers.draft(post, prompt="And you?", state=state)
    add(desk, address=post.address, text="And you?", heading="Your turn")
    assert states(session, [draft.id]) == ["accepted"]
    assert threads(session) == [("Your turn", "And you?", "reaction")]


def test_with_several_sites_one_says_which(
    desk: FlaskClient, session: Session, makers: Makers, blog: Site
) -> None:
    other = makers.site(name="Another", origin="https://other.test")
    assert "Site" in words(desk.get("/desk/prompts/add"))
    assert errors(add(desk, address="https://other.test/x", text="And you?", site=str(blog.id)))
    add(desk, address="https://other.test/x", text="And you?", site=str(other.id))
    assert session.scalars(select(Thread.site_id)).one() == other.id


def test_the_form_knows_the_post_it_comes_from(desk: FlaskClient, makers: Makers, blog: Site) -> None:
    makers.site()
    post = makers.post(blog, address="https://blog.test/silence")
    page: Any = desk.get(f"/desk/prompts/add?post={post.id}")
    action, values = form_values(page, "/add")
    assert (values["address"], values["site"]) == ("https://blog.test/silence", str(blog.id))
    answer = desk.post(action, data={**values, "text": "And you?"})
    assert answer.location == f"/desk/prompts/post/{post.id}"
