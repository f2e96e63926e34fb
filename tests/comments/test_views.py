"""A reader writes, previews, edits and withdraws, without an account, a cookie or script."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.sites.models import Policy
from board.threads.models import Thread, ThreadStatus
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, words

WORDS = "I count to ten. *At seven* she spoke."


def send(client: FlaskClient, thread: Thread, **typed: str):
    return fill_and_send(client, f"/t/{thread.id}", "/comments", **{"name": "Ada", "source": WORDS, **typed})


def stored(session: Session) -> list[Comment]:
    session.expire_all()
    return list(session.scalars(select(Comment).order_by(Comment.id)))


def test_a_reader_sees_their_words_at_once_marked_as_waiting(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    answer = send(client, makers.thread())
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Your words are waiting for approval" in words(page)
    assert "<em>At seven</em>" in page.get_data(as_text=True)
    assert [comment.status for comment in stored(session)] == [Status.PENDING]


def test_a_held_comment_is_invisible_to_everyone_else(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    send(client, thread)
    assert "At seven" not in words(client.get(f"/t/{thread.id}"))


def test_nothing_on_a_readers_way_sets_a_cookie(client: FlaskClient, makers: Makers) -> None:
    answer = send(client, makers.thread())
    for response in (answer, client.get(answer.location), client.get("/")):
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")


def test_a_site_that_trusts_its_readers_publishes_at_once(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread(makers.site(policy=Policy.PUBLISH.value))
    send(client, thread)
    assert "At seven" in words(client.get(f"/t/{thread.id}"))
    session.expire_all()
    assert session.get_one(Thread, thread.id).published_count == 1


def test_two_clicks_store_one_comment_and_lead_to_the_same_page(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    first, second = send(client, thread), send(client, thread)
    assert first.location == second.location
    assert len(stored(session)) == 1
    session.expire_all()
    assert session.get_one(Thread, thread.id).pending_count == 1


def test_somebody_else_with_the_same_words_is_not_taken_for_the_first(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    first, second = send(client, thread), send(client, thread, name="Ben")
    assert first.location != second.location
    assert len(stored(session)) == 2
    assert {"code": "repeated"} in stored(session)[1].reasons


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"source": ""}, "Please write something first"),
        ({"source": "   \n "}, "Please write something first"),
        ({"source": "x" * 10_001}, "longer than a comment can be"),
        ({"name": ""}, "Please tell us what to call you"),
        ({"name": "\u200b\u200b"}, "Please tell us what to call you"),
        ({"name": "x" * 61}, "At most 60 characters"),
        ({"email": "not an address", "notify": "y"}, "does not look like an email address"),
        ({"email": "a@b.example\r\nBcc: x@y.example", "notify": "y"}, "does not look like an email address"),
        ({"email": "", "notify": "y"}, "To write to you we need an address"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field_and_the_rest_is_kept(
    client: FlaskClient, session: Session, makers: Makers, typed: dict[str, str], complaint: str
) -> None:
    answer = send(client, makers.thread(), **typed)
    assert answer.status_code == 422
    assert complaint in words(answer)
    _, values = form_values(answer, "/comments")
    kept = {"name": "Ada", "source": WORDS, **typed}
    for name in ("name", "source"):
        assert values[name].strip() == kept[name].strip()
    assert stored(session) == []


@pytest.mark.parametrize("name", ["Ada\r\nBcc: x@y.example", "Ada\x00", "A\u202eda", "<b>Ada</b>"])
def test_a_hostile_name_is_cleaned_or_shown_as_text(
    client: FlaskClient, session: Session, makers: Makers, name: str
) -> None:
    answer = send(client, makers.thread(), name=name)
    assert answer.status_code == 303
    [comment] = stored(session)
    assert not set("\r\n\x00\u202e") & set(comment.author_name)
    assert "<b>Ada" not in client.get(answer.location).get_data(as_text=True)


def test_a_lone_surrogate_is_refused_in_plain_words(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    action, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    body = "&".join(f"{name}={value}" for name, value in values.items() if name != "source")
    answer = client.post(
        action,
        data=body.replace("name=", "name=Ada") + "&source=%ED%A0%80x",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in {303, 422}  # replaced on decoding, or refused: never a 500
    assert len(stored(session)) <= 1


def test_preview_shows_the_rendered_words_and_stores_nothing(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    answer = fill_and_send(client, f"/t/{makers.thread().id}", "/comments", name="Ada", source=WORDS)
    thread = makers.thread()
    _, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    answer = client.post(f"/t/{thread.id}/preview", data={**values, "name": "Ada", "source": WORDS})
    assert answer.status_code == 200
    assert "<em>At seven</em>" in answer.get_data(as_text=True)
    assert form_values(answer, "/comments")[1]["source"].strip() == WORDS
    assert len(stored(session)) == 1  # the first, to another thread


def test_a_closed_thread_takes_nothing_and_gives_the_words_back(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    action, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    session.get_one(Thread, thread.id).status = ThreadStatus.CLOSED.value
    session.commit()
    answer = client.post(action, data={**values, "name": "Ada", "source": WORDS})
    assert answer.status_code == 409
    assert WORDS in words(answer)
    assert "/comments" not in client.get(f"/t/{thread.id}").get_data(as_text=True)


def test_a_reply_hangs_below_what_it_answers(client: FlaskClient, session: Session, makers: Makers) -> None:
    parent = makers.comment()
    page = f"/t/{parent.thread_id}/reply/{parent.id}"
    assert "Reply to Ada" in words(client.get(page))
    fill_and_send(client, page, "/comments", name="Ben", source="So do I.")
    reply = stored(session)[-1]
    assert (reply.parent_id, reply.root_id, reply.depth) == (parent.id, parent.id, 1)


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED])
def test_what_is_not_shown_cannot_be_answered(client: FlaskClient, makers: Makers, status: Status) -> None:
    hidden = makers.comment(status=status)
    assert client.get(f"/t/{hidden.thread_id}/reply/{hidden.id}").status_code == 404


def test_a_comment_of_another_thread_cannot_be_answered(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread, foreign = makers.thread(), makers.comment()
    _, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    data = {**values, "name": "Ada", "source": WORDS}
    assert client.post(f"/t/{thread.id}/comments/{foreign.id}", data=data).status_code == 409
    assert len(stored(session)) == 1


@pytest.mark.parametrize(
    "path", ["/t/0", "/t/999999", "/t/99999999999999999999", "/t/1/reply/99999999999999999999"]
)
def test_an_unknown_id_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_script_gets_the_piece_and_a_browser_the_page(client: FlaskClient, makers: Makers) -> None:
    parent = makers.comment()
    path = f"/t/{parent.thread_id}/reply/{parent.id}"
    page, piece = client.get(path), client.get(path, headers={"X-Fragment": "1"})
    assert "<html" in page.get_data(as_text=True)
    assert "<html" not in piece.get_data(as_text=True)
    assert "X-Fragment" in page.headers["Vary"]
    assert "X-Fragment" in piece.headers["Vary"]


def test_unknown_fields_change_nothing(client: FlaskClient, session: Session, makers: Makers) -> None:
    send(client, makers.thread(), status="published", account_id="1", published_at="2020-01-01")
    [comment] = stored(session)
    assert (comment.status, comment.account_id, comment.published_at) == (Status.PENDING, None, None)


def test_the_trap_sends_a_robot_to_spam_and_tells_it_nothing(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    answer = send(client, makers.thread(), website="https://spam.test")
    assert "waiting for approval" in words(client.get(answer.location))
    assert stored(session)[0].status == Status.SPAM


def test_a_body_too_large_is_refused_in_plain_words(client: FlaskClient, makers: Makers) -> None:
    answer = client.post(f"/t/{makers.thread().id}/comments", data={"source": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "larger than the board accepts" in words(answer)


def test_a_body_of_another_kind_is_refused(client: FlaskClient, session: Session, makers: Makers) -> None:
    answer = client.post(f"/t/{makers.thread().id}/comments", json={"name": "Ada", "source": WORDS})
    assert 400 <= answer.status_code < 500
    assert stored(session) == []


def test_mistakes_use_up_no_comment(make_app, makers: Makers) -> None:
    app = make_app(BOARD_COMMENT_RATE="1 per hour")
    client = client_of(app)
    thread = makers.thread()
    _, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    sent = [{**values, "name": "", "source": WORDS}] * 3 + [{**values, "name": "Ada", "source": WORDS}] * 2
    answers = [client.post(f"/t/{thread.id}/comments", data=data).status_code for data in sent]
    assert answers == [422, 422, 422, 303, 429]


def test_too_many_comments_wait_with_their_words_kept(make_app, makers: Makers) -> None:
    app = make_app(BOARD_COMMENT_RATE="2 per hour")
    client = app.test_client()
    thread = makers.thread()
    headers = {"Sec-Fetch-Site": "same-origin"}
    _, values = form_values(client.get(f"/t/{thread.id}"), "/comments")
    answers = [
        client.post(
            f"/t/{thread.id}/comments",
            data={**values, "name": "Ada", "source": f"{WORDS} {n}"},
            headers=headers,
        )
        for n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert f"{WORDS} 2" in words(answers[2])
    assert int(answers[2].headers["Retry-After"]) > 0


def test_replies_and_comments_count_together(make_app, session: Session, makers: Makers) -> None:
    client = client_of(make_app(BOARD_COMMENT_RATE="1 per hour"))
    parent = makers.comment()
    assert send(client, session.get_one(Thread, parent.thread_id)).status_code == 303
    reply = f"/t/{parent.thread_id}/reply/{parent.id}"
    answer = fill_and_send(client, reply, f"/comments/{parent.id}", name="Ada", source="So do I.")
    assert answer.status_code == 429
