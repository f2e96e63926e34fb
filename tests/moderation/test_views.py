"""The desk through its front door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.foundation.permissions import Role
from board.moderation.models import Decision
from tests.moderation.desk import press, press_undo, signed_in, statuses
from tests.support.makers import Makers
from tests.support.pages import form_values, tree, words


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    return signed_in(app, makers.account(name="Ada"))


def notice(client: FlaskClient, answer: Any) -> str:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    [box] = tree(client.get(answer.location)).cssselect("[data-notice]")
    return " ".join(box.text_content().split())


def test_the_queue_shows_all_that_a_moderator_needs(desk: FlaskClient, makers: Makers) -> None:
    site = makers.site(name="The Quiet Blog")
    thread = makers.thread(makers.post(site, title="On silence") and site, heading="What is your reaction?")
    parent = makers.comment(thread, author_name="Bob", source="I listen to *rivers*.")
    reasons = [{"code": "links", "count": 3}]
    makers.comment(
        thread, parent, status=Status.PENDING, author_name="Carol <b>", source="So do **I**.", reasons=reasons
    )
    page = desk.get("/desk")
    text = words(page)
    for part in (
        "Carol <b>",
        "What is your reaction?",
        "The Quiet Blog",
        "In reply to Bob:",
        "I listen to rivers.",
    ):
        assert part in text
    assert "It holds 3 links." in text
    assert "<strong>I</strong>" in page.get_data(as_text=True)
    [link] = tree(page).cssselect("a.queue__prompt")
    assert (link.get("href"), link.get("target")) == (f"/t/{thread.id}", "_blank")


def test_one_comment_is_approved_and_the_approval_undone(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    answer = press(desk, "/desk", one=f"publish:{comment.id}")
    assert notice(desk, answer) == "Published 1 comment. Undo"
    assert statuses(session, [comment.id]) == ["published"]


def test_the_notice_undoes_what_it_tells(desk: FlaskClient, session: Session, makers: Makers) -> None:
    ids = [makers.comment(status=Status.PENDING).id for _ in range(3)]
    answer = press(desk, "/desk", bulk="publish", selected=[str(one) for one in ids])
    undone = press_undo(desk, answer)
    assert notice(desk, undone) == "Undone: 3 comments are back where they were."
    assert statuses(session, ids) == ["pending"] * 3


@pytest.mark.parametrize(
    ("act", "expected", "sentence"),
    [
        ("publish", "published", "Published 2 comments."),
        ("reject", "rejected", "Rejected 2 comments."),
        ("spam", "spam", "Marked 2 comments as spam."),
    ],
)
def test_all_ticked_comments_are_decided_at_once(
    desk: FlaskClient, session: Session, makers: Makers, *, act: str, expected: str, sentence: str
) -> None:
    ids = [makers.comment(status=Status.PENDING).id for _ in range(3)]
    answer = press(desk, "/desk", bulk=act, selected=[str(one) for one in ids[:2]])
    assert notice(desk, answer) == f"{sentence} Undo"
    assert statuses(session, ids) == [expected, expected, "pending"]


def test_a_published_comment_is_removed_and_sent_back_to_the_queue(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment()
    answer = press(desk, "/desk?view=published", one=f"remove:{comment.id}")
    assert answer.location == "/desk?view=published"
    assert statuses(session, [comment.id]) == ["removed"]
    press(desk, "/desk?view=hidden", one=f"restore:{comment.id}")
    assert statuses(session, [comment.id]) == ["pending"]


def test_one_comes_back_to_where_one_was(desk: FlaskClient, makers: Makers) -> None:
    site = makers.site()
    comments = [makers.comment(makers.thread(site), status=Status.PENDING) for _ in range(2)]
    place = f"/desk?order=newest&site={site.id}&from={comments[1].id}"
    answer = press(desk, place, one=f"publish:{comments[1].id}")
    assert answer.location == place
    assert f"comment-{comments[0].id}" in desk.get(place).get_data(as_text=True)


def test_a_page_whose_comments_are_all_decided_shows_the_first_page(
    desk: FlaskClient, makers: Makers
) -> None:
    waiting = makers.comment(status=Status.PENDING)
    decided = makers.comment(status=Status.REJECTED)
    page = desk.get(f"/desk?from={decided.id}")
    assert f"comment-{waiting.id}" in page.get_data(as_text=True)


def test_nothing_ticked_is_said_in_plain_words(desk: FlaskClient, session: Session, makers: Makers) -> None:
    comment = makers.comment(status=Status.PENDING)
    assert notice(desk, press(desk, "/desk", bulk="publish")).startswith("Nothing is ticked yet.")
    assert statuses(session, [comment.id]) == ["pending"]


def test_whoever_comes_second_reads_who_came_first(app: Flask, desk: FlaskClient, makers: Makers) -> None:
    comment = makers.comment(status=Status.PENDING, author_name="Xenia")
    makers.comment(status=Status.PENDING)  # so that the list is still there
    bob = signed_in(app, makers.account(name="Bob"))
    action, values = form_values(bob.get("/desk"), "/desk/decide")
    press(desk, "/desk", one=f"reject:{comment.id}")
    data = {"csrf_token": values["csrf_token"], "one": f"publish:{comment.id}"}
    assert notice(bob, bob.post(action, data=data)) == "Ada already rejected the comment by Xenia."


def test_an_empty_desk_says_so(desk: FlaskClient, makers: Makers) -> None:
    makers.site()
    assert "Nothing is waiting. Enjoy the quiet." in words(desk.get("/desk"))
    assert "Nothing has been published yet." in words(desk.get("/desk?view=published"))
    assert "Nothing was rejected" in words(desk.get("/desk?view=hidden"))


@pytest.mark.parametrize(
    "query", ["view=nonsense", "order=up", "from=abc", "from=-1", "from=99999999999", "site=", "site=x"]
)
def test_nonsense_in_the_address_counts_as_nothing(desk: FlaskClient, makers: Makers, query: str) -> None:
    comment = makers.comment(status=Status.PENDING)
    page = desk.get(f"/desk?{query}")
    assert page.status_code == 200
    assert f"comment-{comment.id}" in page.get_data(as_text=True)


def test_a_site_that_is_not_ones_own_does_not_exist(app: Flask, makers: Makers) -> None:
    mine, other = makers.site(), makers.site()
    client = signed_in(app, makers.account(Role.MODERATOR, mine))
    assert client.get(f"/desk?site={mine.id}").status_code == 200
    assert client.get(f"/desk?site={other.id}").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"selected": "1"},  # Enter in a tick box, without script
        {"one": "publish"},
        {"one": "publish:"},
        {"one": "publish:abc"},
        {"one": "publish:-1"},
        {"one": "publish:1\x00"},
        {"one": "publish:" + "9" * 400},
        {"one": "explode:1"},
        {"one": "publish:1", "bulk": "publish"},
        {"bulk": "explode", "selected": "1"},
        {"bulk": "publish", "selected": "1; DROP TABLE comment"},
        {"bulk": "publish", "selected": ["1"] * 101},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    desk: FlaskClient, session: Session, makers: Makers, sent: dict[str, Any]
) -> None:
    makers.comment(status=Status.PENDING)
    assert press(desk, "/desk", **sent).status_code == 400
    assert session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize("number", ["0", "2147483647", "2147483648", "999999999999999999"])
def test_an_unknown_comment_is_not_found(
    desk: FlaskClient, session: Session, makers: Makers, number: str
) -> None:
    comment = makers.comment(status=Status.PENDING)
    assert press(desk, "/desk", one=f"publish:{number}").status_code == 404
    answer = press(desk, "/desk", bulk="publish", selected=[str(comment.id), number])
    assert notice(desk, answer) == "Published 1 comment. 1 comment was not found. Undo"


def test_a_moderator_of_another_site_finds_nothing(app: Flask, session: Session, makers: Makers) -> None:
    mine, other = makers.site(), makers.site()
    own = makers.comment(makers.thread(mine), status=Status.PENDING)
    foreign = makers.comment(makers.thread(other), status=Status.PENDING)
    client = signed_in(app, makers.account(Role.MODERATOR, mine))
    assert f"comment-{foreign.id}" not in client.get("/desk").get_data(as_text=True)
    assert press(client, "/desk", one=f"publish:{foreign.id}").status_code == 404
    answer = press(client, "/desk", bulk="publish", selected=[str(own.id), str(foreign.id)])
    assert notice(client, answer) == "Published 1 comment. 1 comment was not found. Undo"
    assert statuses(session, [own.id, foreign.id]) == ["published", "pending"]


def test_undo_of_another_sites_decision_is_not_found(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    press(desk, "/desk", one=f"publish:{comment.id}")
    site = makers.site()
    makers.comment(makers.thread(site), status=Status.PENDING)
    client = signed_in(app, makers.account(Role.MODERATOR, site))
    _, values = form_values(client.get("/desk"), "/desk/decide")
    batch = session.scalars(select(Decision.batch)).one()
    for wrong in (batch, "0" * 32):
        assert client.post("/desk/undo", data={**values, "batch": wrong}).status_code == 404
    for malformed in ("", "x", "0" * 33, "0" * 32 + "\n", "\x00" * 32):
        assert client.post("/desk/undo", data={**values, "batch": malformed}).status_code == 400
    assert statuses(session, [comment.id]) == ["published"]


def test_an_author_has_no_desk(app: Flask, session: Session, makers: Makers) -> None:
    comment = makers.comment(status=Status.PENDING)
    site = makers.site()
    client = signed_in(app, makers.account(Role.AUTHOR, site))
    for path in ("/desk", "/desk/log"):
        assert client.get(path).status_code == 404
    with app.test_request_context():
        account_page = url_for("accounts.account")
    _, values = form_values(client.get(account_page), "/sign-out")
    data = {"csrf_token": values["csrf_token"], "one": f"publish:{comment.id}"}
    assert client.post("/desk/decide", data=data).status_code == 404
    assert statuses(session, [comment.id]) == ["pending"]


def test_a_stranger_is_led_to_sign_in_and_changes_nothing(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    for path in ("/desk", "/desk/log"):
        answer = client.get(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")
    _, values = form_values(client.get("/sign-in"), "/sign-in")
    data = {"csrf_token": values["csrf_token"], "one": f"publish:{comment.id}", "batch": "0" * 32}
    for path in ("/desk/decide", "/desk/undo"):
        assert client.post(path, data=data).status_code == 404
    assert statuses(session, [comment.id]) == ["pending"]


def test_without_the_forms_token_nothing_is_decided(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING)
    for token in ({}, {"csrf_token": "forged"}):
        for path in ("/desk/decide", "/desk/undo"):
            assert desk.post(path, data={"one": f"publish:{comment.id}", **token}).status_code == 400
    assert statuses(session, [comment.id]) == ["pending"]


def test_the_log_tells_who_did_what_and_what_was_undone(desk: FlaskClient, makers: Makers) -> None:
    assert "Nobody has decided anything yet." in words(desk.get("/desk/log"))
    comment = makers.comment(status=Status.PENDING, author_name="Xenia", source="A thought.")
    answer = press(desk, "/desk", one=f"spam:{comment.id}")
    log = desk.get("/desk/log")
    assert "Ada marked the comment by Xenia as spam." in words(log)
    assert "waiting → spam" in words(log)
    assert "A thought." in words(log)
    press_undo(desk, answer)
    assert "undone" in words(desk.get("/desk/log"))
    assert "/desk/undo" not in desk.get("/desk/log").get_data(as_text=True)


def test_the_log_has_pages(desk: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    for _ in range(2):
        ids = [str(makers.comment(thread, status=Status.PENDING).id) for _ in range(26)]
        press(desk, "/desk", bulk="reject", selected=ids)
    first = desk.get("/desk/log")
    older = re.search(r"/desk/log\?from=\d+-\d+", first.get_data(as_text=True))
    assert older is not None
    second = desk.get(older.group())
    assert [len(tree(page).cssselect(".log__entry")) for page in (first, second)] == [50, 2]
