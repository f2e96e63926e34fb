"""What guards the way of a report, and what its pages are like."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.moderation.report_forms import MAX_WORDS_CHARS
from board.threads.models import ThreadStatus
from tests.moderation.reports import WORDS, reports, tell
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"reason": ""}, "Please choose what comes closest"),
        ({"reason": "because"}, "Please choose what comes closest"),
        ({"reason": "other", "words": "  "}, "Please say in a few words what it is"),
        ({"words": "x" * (MAX_WORDS_CHARS + 1)}, "At most 500 characters"),
    ],
)
def test_what_cannot_be_stored_is_said_and_the_rest_is_kept(
    client: FlaskClient, session: Session, makers: Makers, typed: dict[str, str], complaint: str
) -> None:
    answer = tell(client, makers.comment(), **{"reason": "spam", **typed})
    assert answer.status_code == 422
    assert complaint in words(answer)
    assert form_values(answer, "/report")[1]["words"].strip() == typed.get("words", WORDS).strip()
    assert reports(session) == []


def test_line_ends_count_once(client: FlaskClient, session: Session, makers: Makers) -> None:
    """A browser lets as many characters be typed, and sends two for the end of a line."""
    typed = "x\r\n" * (MAX_WORDS_CHARS // 2 - 1) + "xy"
    assert tell(client, makers.comment(), words=typed).status_code == 303
    assert len(reports(session)[0].words) == MAX_WORDS_CHARS


def test_a_robot_is_thanked_and_not_heard(client: FlaskClient, session: Session, makers: Makers) -> None:
    answer = tell(client, makers.comment(), website="https://spam.test")
    assert "Thank you for telling us" in words(client.get(answer.location))
    assert reports(session) == []


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PUBLISHED])
def test_what_was_never_shown_cannot_be_reported(client: FlaskClient, makers: Makers, status: Status) -> None:
    comment = makers.comment(status=status)
    assert client.get(f"/c/{comment.id}/report").status_code == 404
    assert client.post(f"/c/{comment.id}/report", data={"reason": "spam"}).status_code == 404


def test_nothing_of_a_hidden_discussion_can_be_reported(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(makers.thread(status=ThreadStatus.HIDDEN.value))
    for path in (f"/c/{comment.id}/report", f"/t/{comment.thread_id}/reported"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_an_unknown_comment_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/c/{number}/report").status_code == 404
    assert client.post(f"/c/{number}/report", data={"reason": "spam"}).status_code == 404


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}, {"Origin": "null"}, {}]
)
def test_a_report_sent_by_another_page_is_refused(
    bare_client: FlaskClient, session: Session, makers: Makers, headers: dict[str, str]
) -> None:
    """Or any page could let its visitors take down what somebody else wrote."""
    comment = makers.comment()
    action, values = form_values(bare_client.get(f"/c/{comment.id}/report"), "/report")
    answer = bare_client.post(action, data={**values, "reason": "spam", "words": WORDS}, headers=headers)
    assert answer.status_code == 403
    assert WORDS in words(answer)
    assert reports(session) == []


def test_the_form_for_one_comment_reports_no_other(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    one, other = makers.comment(), makers.comment()
    _, values = form_values(client.get(f"/c/{one.id}/report"), "/report")
    for data in (values, {}):
        assert client.post(f"/c/{other.id}/report", data={**data, "reason": "spam"}).status_code == 422
    assert reports(session) == []


def test_too_many_reports_wait_with_their_words_kept_and_mistakes_use_none_up(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    thread = makers.thread()
    comments = [makers.comment(thread) for _ in range(11)]
    for _ in range(5):
        assert tell(client, comments[0], reason="").status_code == 422
    answers = [tell(client, comment) for comment in comments]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert WORDS in words(answers[-1])
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(reports(session)) == 10


# The pages


def test_no_page_of_it_sets_a_cookie_or_is_kept_by_anyone(client: FlaskClient, makers: Makers) -> None:
    comment = makers.comment()
    answers = [client.get(f"/c/{comment.id}/report"), tell(client, comment)]
    answers.append(client.get(answers[1].location))
    for answer in answers:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_inside_a_blog_the_whole_way_stays_in_the_frame(client: FlaskClient, makers: Makers) -> None:
    comment = makers.comment(makers.thread(makers.site(origin="https://blog.test")))
    page = client.get(f"/embed/t/{comment.thread_id}?in=frame&theme=dark")
    link = tree(page).cssselect("[data-report]")[0].get("href")
    assert "in=frame" in link
    answer = fill_and_send(client, link, "/report", reason="spam")
    thanks = client.get(answer.location)
    for one in (client.get(link), thanks):
        assert "frame-ancestors https://blog.test" in one.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in one.headers
        assert one.headers["Cache-Control"] == "no-store"
    back = tree(thanks).cssselect(".report__back a")[0].get("href")
    assert client.get(back).status_code == 200
    assert "/embed/" in back


def test_a_script_gets_the_piece_and_where_to_find_the_thanks(client: FlaskClient, makers: Makers) -> None:
    comment = makers.comment()
    headers = {"X-Fragment": "1"}
    piece = client.get(f"/c/{comment.id}/report", headers=headers)
    assert "<html" not in piece.get_data(as_text=True)
    assert "X-Fragment" in piece.headers["Vary"]
    action, values = form_values(piece, "/report")
    answer = client.post(action, data={**values, "reason": "spam"}, headers=headers)
    assert answer.status_code == 201
    thanks = client.get(answer.headers["Location"], headers=headers)
    assert "<html" not in thanks.get_data(as_text=True)
    assert "Thank you for telling us" in words(thanks)


def test_the_page_speaks_the_language_of_its_site(make_app: Callable[..., Flask], makers: Makers) -> None:
    comment = makers.comment(makers.thread(makers.site(language="ar")))
    client = client_of(make_app())
    for path in (f"/c/{comment.id}/report", f"/t/{comment.thread_id}/reported"):
        assert tree(client.get(path)).get("dir") == "rtl"
