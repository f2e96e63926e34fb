"""The page of one post: its discussions, their order, and what was found in it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.comments.models import Status
from board.threads.models import Post, Thread
from tests.authoring.page import notice, press, shown, states, token
from tests.support.makers import Makers
from tests.support.pages import form_values, tree, words


@pytest.fixture
def post(makers: Makers) -> Post:
    return makers.post(title="On kettles")


def in_order(session: Session) -> list[int]:
    return list(session.scalars(select(Thread.id).order_by(Thread.position)))


def move(client: FlaskClient, post: Post, **pressed: object) -> TestResponse:
    action, values = form_values(client.get(f"/desk/prompts/post/{post.id}"), "/order")
    sent = {name: str(value) for name, value in pressed.items()}
    return client.post(action, data={"csrf_token": values["csrf_token"], **sent})


def test_all_of_a_post_stands_together(desk: FlaskClient, makers: Makers, post: Post) -> None:
    thread = makers.thread(post=post, heading="Your turn", prompt="Which kettle was your first?")
    makers.thread(post=post, heading="", prompt="And today?", status="hidden")
    makers.thread(post=post, heading="", prompt="What is your reaction?", stands_in=True, status="closed")
    makers.comment(thread)
    makers.comment(thread, status=Status.PENDING)
    drafts = [
        makers.draft(post, block=block, state=state).id
        for block, state in ((9, "waiting"), (8, "dismissed"), (7, "gone"), (6, "accepted"))
    ]
    makers.draft()
    page = desk.get(f"/desk/prompts/post/{post.id}")
    assert shown(page) == drafts[::-1]
    text = words(page)
    for part in (
        "On kettles",
        "Your turn Which kettle was your first? Asks for a reaction · 1 comment · 1 waits",
        "And today? hidden",
        "What is your reaction? closed Until its own prompt is found",
        "The post does not say this any more",
        "Not a prompt",
    ):
        assert part in text


def test_a_post_without_anything_says_so(desk: FlaskClient, post: Post) -> None:
    page = words(desk.get(f"/desk/prompts/post/{post.id}"))
    assert "This post has no discussion yet." in page
    assert "Found in this post" not in page


def test_what_is_decided_there_leads_back_there(
    desk: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    place = f"/desk/prompts/post/{post.id}"
    draft = makers.draft(post)
    answer = press(desk, place, one=f"accept:{draft.id}")
    assert answer.location == place
    assert notice(desk, answer) == "Opened 1 discussion. Undo"
    action, values = form_values(
        desk.get(press(desk, place, one=f"take_back:{draft.id}").location), "/decide"
    )
    assert action == f"/desk/prompts/decide?post={post.id}"
    action, values = form_values(desk.get(f"/desk/prompts/{draft.id}/edit?post={post.id}"), "/edit")
    assert desk.post(action, data=values).location == place
    assert states(session, [draft.id]) == ["accepted"]


def test_threads_change_places(desk: FlaskClient, session: Session, makers: Makers, post: Post) -> None:
    one, two, three = (makers.thread(post=post, position=place).id for place in (1, 4, 9))
    answer = move(desk, post, up=three)
    assert notice(desk, answer) == "The discussions are in their new order."
    assert in_order(session) == [one, three, two]
    move(desk, post, down=one)
    assert in_order(session) == [three, one, two]


def test_the_first_cannot_go_up_nor_the_last_down(
    desk: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    one, two = (makers.thread(post=post, position=place).id for place in (1, 2))
    elsewhere = makers.thread().id
    page = tree(desk.get(f"/desk/prompts/post/{post.id}"))
    assert [button.get("value") for button in page.cssselect("button[name=up]")] == [str(two)]
    assert [button.get("value") for button in page.cssselect("button[name=down]")] == [str(one)]
    for pressed in ({"up": one}, {"down": two}, {"up": elsewhere}, {"down": 10**9}):
        assert move(desk, post, **pressed).status_code == 303
    assert [thread for thread in in_order(session) if thread != elsewhere] == [one, two]


@pytest.mark.parametrize("sent", [{}, {"up": "1", "down": "1"}, {"up": "x"}, {"up": "-1"}, {"up": "9" * 20}])
def test_what_no_page_of_ours_sends_is_refused(
    desk: FlaskClient, makers: Makers, post: Post, sent: dict[str, str]
) -> None:
    makers.thread(post=post)
    answer = desk.post(f"/desk/prompts/post/{post.id}/order", data={**token(desk), **sent})
    assert answer.status_code == 400


def test_a_discussion_is_closed_hidden_and_opened_again(
    desk: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    thread, other = (makers.thread(post=post) for _ in range(2))
    _, values = form_values(desk.get(f"/desk/prompts/post/{post.id}"), "/order")
    for status, told in (
        ("closed", "The discussion is closed: it can be read, but takes no new comments."),
        ("hidden", "The discussion is hidden: nobody sees it, and nothing of it is lost."),
        ("open", "The discussion is open again."),
    ):
        sent = {"csrf_token": values["csrf_token"], "set": f"{status}:{thread.id}"}
        answer = desk.post(f"/desk/prompts/post/{post.id}/status", data=sent)
        assert notice(desk, answer) == told
        assert session.scalars(select(Thread.status).where(Thread.id == thread.id)).one() == status
        assert desk.get(f"/t/{thread.id}").status_code == (404 if status == "hidden" else 200)
    assert session.scalars(select(Thread.revision).where(Thread.id == other.id)).one() == 3


def test_a_merged_discussion_stays_where_it_went(
    desk: FlaskClient, session: Session, makers: Makers, post: Post
) -> None:
    target = makers.thread(post=post)
    merged = makers.thread(post=post, status="hidden", merged_into_id=target.id)
    foreign = makers.thread()
    page = desk.get(f"/desk/prompts/post/{post.id}")
    assert "Merged into another" in words(page)
    buttons = [button.get("value") for button in tree(page).cssselect("button[name=set]")]
    assert buttons == [f"{status}:{target.id}" for status in ("read_only", "closed", "hidden")]
    for thread in (merged, foreign):
        sent = {**token(desk), "set": f"closed:{thread.id}"}
        assert desk.post(f"/desk/prompts/post/{post.id}/status", data=sent).status_code == 303
    statuses = select(Thread.status).where(Thread.id.in_([merged.id, foreign.id])).order_by(Thread.id)
    assert list(session.scalars(statuses)) == ["hidden", "open"]


def test_a_merged_post_leads_to_what_it_became(desk: FlaskClient, makers: Makers, post: Post) -> None:
    old = makers.post(merged_into_id=post.id)
    assert desk.get(f"/desk/prompts/post/{old.id}").location == f"/desk/prompts/post/{post.id}"


@pytest.mark.parametrize("wish", ["", "closed", "closed:", "closed:x", "burnt:1", "closed:-1"])
def test_a_wish_for_no_status_is_refused(desk: FlaskClient, post: Post, wish: str) -> None:
    answer = desk.post(f"/desk/prompts/post/{post.id}/status", data={**token(desk), "set": wish})
    assert answer.status_code == 400
