"""The comment that stands first, and those that are worth reading."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from board.comments.marking import CannotBeMarked, CannotBePinned, highlight, pin, unhighlight, unpin
from board.comments.models import Comment, Status
from board.comments.queries import ROOTS_PER_PAGE
from board.foundation import clock
from board.threads.models import Thread
from tests.comments.handling import handle
from tests.support.makers import Makers, ago
from tests.support.pages import tree, words

Mark = Callable[[Comment], object]


def shown(client: FlaskClient, path: str) -> list[int]:
    return [
        int(item.get("id").removeprefix("comment-"))
        for item in tree(client.get(path)).cssselect("li.comment")
    ]


def mark(app: Flask, comment: Comment, act: Callable[..., object]) -> object:
    return handle(app, comment, lambda one: act(one, clock.now()))


def roots(makers: Makers, thread: Thread, count: int) -> list[Comment]:
    return [makers.comment(thread, created_at=ago(minutes=count - n)) for n in range(count)]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_a_pinned_comment_stands_first_with_its_replies_and_only_there(
    app: Flask, client: FlaskClient, makers: Makers, order: str
) -> None:
    thread = makers.thread()
    first, second, third = roots(makers, thread, 3)
    reply = makers.comment(thread, second)
    mark(app, second, pin)
    others = [first.id, third.id] if order == "oldest" else [third.id, first.id]
    assert shown(client, f"/t/{thread.id}?order={order}") == [second.id, reply.id, *others]
    assert "Pinned" in words(client.get(f"/t/{thread.id}"))


def test_a_pinned_comment_stands_on_the_first_page_alone_and_costs_nobody_a_place(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    thread = makers.thread()
    all_of_them = roots(makers, thread, ROOTS_PER_PAGE + 5)
    late = all_of_them[-2]
    mark(app, late, pin)
    rest = [one.id for one in all_of_them if one is not late]
    first = client.get(f"/t/{thread.id}")
    assert shown(client, f"/t/{thread.id}") == [late.id, *rest[:ROOTS_PER_PAGE]]
    following = tree(first).cssselect(".pager a")[-1].get("href")
    assert shown(client, following) == rest[ROOTS_PER_PAGE:]
    previous = tree(client.get(following)).cssselect(".pager a")[0].get("href")
    assert shown(client, previous) == shown(client, f"/t/{thread.id}")
    assert client.get(f"/c/{late.id}").location.endswith(f"/t/{thread.id}#comment-{late.id}")


def test_pinning_another_unpins_the_first_and_says_so(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    one, other = roots(makers, thread, 2)
    assert mark(app, one, pin) == []
    assert mark(app, other, pin) == [one.id]
    assert mark(app, other, pin) == []
    assert shown(client, f"/t/{thread.id}") == [other.id, one.id]
    mark(app, other, unpin)
    assert shown(client, f"/t/{thread.id}") == [one.id, other.id]
    assert "Pinned" not in words(client.get(f"/t/{thread.id}"))


def test_what_is_pinned_elsewhere_stays_pinned(app: Flask, session: Session, makers: Makers) -> None:
    here, elsewhere = makers.comment(), makers.comment()
    mark(app, elsewhere, pin)
    mark(app, here, pin)
    session.expire_all()
    assert elsewhere.pinned_at is not None


def test_a_pinned_comment_that_is_taken_down_has_its_old_place(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    first, second = roots(makers, thread, 2)
    reply = makers.comment(thread, second)
    mark(app, second, pin)
    session.expire_all()
    second.status = Status.REMOVED.value
    session.commit()
    assert shown(client, f"/t/{thread.id}") == [first.id, second.id, reply.id]


def test_a_highlighted_comment_is_marked_and_stays_where_it_is(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    thread = makers.thread()
    first, second = roots(makers, thread, 2)
    mark(app, second, highlight)
    page = client.get(f"/t/{thread.id}")
    assert shown(client, f"/t/{thread.id}") == [first.id, second.id]
    [marked] = tree(page).cssselect(".comment__marks")
    assert marked.getparent().getparent().get("id") == f"comment-{second.id}"
    assert "Highlighted" in marked.text_content()
    mark(app, second, unhighlight)
    assert "Highlighted" not in words(client.get(f"/t/{thread.id}"))


@pytest.mark.parametrize("act", [pin, highlight])
def test_only_what_readers_see_can_be_marked(app: Flask, makers: Makers, act: Mark) -> None:
    waiting = makers.comment(status=Status.PENDING)
    with pytest.raises(CannotBeMarked):
        mark(app, waiting, act)


def test_a_reply_is_not_pinned(app: Flask, session: Session, makers: Makers) -> None:
    root = makers.comment()
    reply = makers.comment(session.get_one(Thread, root.thread_id), root)
    with pytest.raises(CannotBePinned):
        mark(app, reply, pin)


@pytest.mark.parametrize(("act", "undo"), [(pin, unpin), (highlight, unhighlight)])
def test_readers_with_an_old_page_are_told_that_it_changed_and_only_then(
    app: Flask, session: Session, makers: Makers, act: Mark, undo: Mark
) -> None:
    comment = makers.comment()
    seen = []
    for step in (act, act, undo, undo):
        mark(app, comment, step)
        session.expire_all()
        seen.append(session.get_one(Thread, comment.thread_id).revision)
    assert [number - seen[0] for number in seen] == [0, 0, 1, 1]
