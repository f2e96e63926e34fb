"""The page of prompts that were found, through its front door."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.wording import SIGNS
from board.foundation.permissions import Role
from board.prompts import Sign
from board.threads.models import Draft, Thread
from tests.authoring.page import (
    followed,
    notice,
    press,
    shown,
    states,
    threads,
    token,
    told_and_undone,
    undone,
)
from tests.moderation.desk import signed_in
from tests.support.makers import Makers, ago
from tests.support.pages import form_values, tree, words


def test_a_draft_shows_all_that_an_author_needs(desk: FlaskClient, makers: Makers) -> None:
    post = makers.post(
        makers.site(name="The Quiet Blog"), title="On <silence>", address="https://blog.test/x"
    )
    draft = makers.draft(
        post,
        heading="Your turn",
        prompt="What did a silence tell you?",
        kind="question_call",
        confidence=0.72,
        signs=["invites", "at_the_end"],
        before="They said nothing for an hour.",
        after="Photo by a friend.",
    )
    page = desk.get("/desk/prompts")
    [link] = tree(page).cssselect(".found__head h2 a")
    assert (link.get("href"), link.text_content()) == ("https://blog.test/x", "On <silence>")
    [item] = tree(page).cssselect(f"#draft-{draft.id}")
    assert [mark.text_content() for mark in item.cssselect("mark")] == [
        "Your turn",
        "What did a silence tell you?",
    ]
    text = " ".join(item.text_content().split())
    for part in (
        "They said nothing for an hour. Your turn What did",
        "Photo by a friend.",
        "Asks for questions",
        "fairly sure 0.72",
        "It invites readers to answer.",
        "It stands at the end of the post.",
        "Paragraph 9 of 10",
    ):
        assert part in text
    [meter] = item.cssselect("meter")
    assert (meter.get("value"), meter.get("aria-label")) == ("0.72", "Confidence")


def test_every_sign_has_words_and_an_unknown_one_breaks_nothing(desk: FlaskClient, makers: Makers) -> None:
    assert set(Sign) <= set(SIGNS)
    makers.draft(signs=["moon_phase"], block=0, blocks=0)
    page = words(desk.get("/desk/prompts"))
    assert "It bears a sign this page has no words for (moon_phase)." in page
    assert "Paragraph" not in page


def test_drafts_stand_by_post_and_in_its_order(desk: FlaskClient, makers: Makers) -> None:
    old, young = makers.post(title="Old"), makers.post(title="Young")
    first = makers.draft(old, block=9)
    second = makers.draft(young, block=4)
    third = makers.draft(old, block=2)
    page = desk.get("/desk/prompts")
    assert shown(page) == [third.id, first.id, second.id]
    titles = [title.text_content() for title in tree(page).cssselect(".found__head h2 a")]
    assert titles == ["Old", "Young"]


def test_one_yes_opens_the_discussion_and_undo_takes_it_away(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    draft = makers.draft(prompt="What would you keep?")
    answer = press(desk, "/desk/prompts", one=f"accept:{draft.id}")
    assert notice(desk, answer) == "Opened 1 discussion. Undo"
    assert threads(session) == [("", "What would you keep?", "reaction")]
    assert session.scalars(select(Draft.decided_by)).one() is not None
    answer = press(desk, "/desk/prompts?view=opened", one=f"take_back:{draft.id}")
    assert notice(desk, answer) == "1 prompt waits again."
    assert undone(desk, press(desk, "/desk/prompts", one=f"accept:{draft.id}")) == "1 prompt waits again."
    assert (states(session, [draft.id]), threads(session)) == (["waiting"], [])


def test_a_no_is_put_aside_and_can_wait_again(desk: FlaskClient, session: Session, makers: Makers) -> None:
    draft = makers.draft()
    answer = press(desk, "/desk/prompts", one=f"dismiss:{draft.id}")
    assert told_and_undone(desk, answer) == ("Put aside 1: not a prompt. Undo", "1 prompt waits again.")
    press(desk, "/desk/prompts", one=f"dismiss:{draft.id}")
    assert shown(desk.get("/desk/prompts")) == []
    assert shown(desk.get("/desk/prompts?view=dismissed")) == [draft.id]
    press(desk, "/desk/prompts?view=dismissed", one=f"accept:{draft.id}")
    assert states(session, [draft.id]) == ["accepted"]


def test_undo_leaves_alone_what_was_not_done_with_it(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    ids = [makers.draft().id for _ in range(4)]
    notice(desk, press(desk, "/desk/prompts", one=f"accept:{ids[0]}"))
    answer = press(desk, "/desk/prompts", bulk="dismiss", selected=[str(one) for one in ids[1:3]])
    assert told_and_undone(desk, answer) == ("Put aside 2: not prompts. Undo", "2 prompts wait again.")
    assert states(session, ids) == ["accepted", "waiting", "waiting", "waiting"]


def test_undoing_twice_says_so(desk: FlaskClient, makers: Makers) -> None:
    answer = press(desk, "/desk/prompts", one=f"accept:{makers.draft().id}")
    action, values = form_values(followed(desk, answer), "/desk/prompts/undo")
    told = [notice(desk, desk.post(action, data=values)) for _ in range(2)]
    assert told == ["1 prompt waits again.", "That was undone before."]


def test_a_discussion_in_which_somebody_wrote_stays(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    drafts = [makers.draft() for _ in range(2)]
    answer = press(desk, "/desk/prompts", bulk="accept", selected=[str(draft.id) for draft in drafts])
    thread = session.scalars(select(Thread).order_by(Thread.id)).first()
    makers.comment(thread)
    told = undone(desk, answer)
    assert told.startswith("1 prompt waits again. Somebody wrote in this discussion")
    assert states(session, [draft.id for draft in drafts]) == ["accepted", "waiting"]


def test_new_words_are_shown_beside_the_old(desk: FlaskClient, session: Session, makers: Makers) -> None:
    post = makers.post()
    thread = makers.thread(post=post, heading="", prompt="What would you keep?")
    draft = makers.draft(post, thread_id=thread.id, prompt="What would you give away?")
    [item] = tree(desk.get("/desk/prompts")).cssselect(f"#draft-{draft.id}")
    assert [mark.text_content() for mark in item.cssselect("del, ins")] == ["keep", "give away"]
    answer = press(desk, "/desk/prompts", one=f"accept:{draft.id}")
    assert threads(session) == [("", "What would you give away?", "reaction")]
    [item] = tree(desk.get(answer.location + "?view=opened")).cssselect(f"#draft-{draft.id}")
    assert [mark.text_content() for mark in item.cssselect("del, ins")] == ["keep", "give away"]
    answer = press(desk, "/desk/prompts?view=opened", one=f"take_back:{draft.id}")
    assert notice(desk, answer) == "1 discussion has its old words again."
    answer = press(desk, "/desk/prompts", one=f"accept:{draft.id}")
    assert told_and_undone(desk, answer) == (
        "1 discussion has its new words. Undo",
        "1 discussion has its old words again.",
    )
    answer = press(desk, "/desk/prompts", one=f"dismiss:{draft.id}")
    assert notice(desk, answer) == "1 discussion keeps its old words. Undo"
    assert threads(session) == [("", "What would you keep?", "reaction")]


def test_several_are_decided_at_once_and_the_second_author_reads_so(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers
) -> None:
    ids = [makers.draft().id for _ in range(3)]
    bob = signed_in(app, makers.account(Role.AUTHOR, name="Bob"))
    action, values = form_values(bob.get("/desk/prompts"), "/desk/prompts/decide")
    press(desk, "/desk/prompts", one=f"dismiss:{ids[0]}")
    data = {"csrf_token": values["csrf_token"], "bulk": "dismiss", "selected": [str(one) for one in ids]}
    assert told_and_undone(bob, bob.post(action, data=data)) == (
        "Put aside 2: not prompts. 1 prompt had been decided before. Undo",
        "2 prompts wait again.",
    )
    assert states(session, ids) == ["dismissed", "waiting", "waiting"]


def test_a_second_yes_opens_no_second_discussion(desk: FlaskClient, session: Session, makers: Makers) -> None:
    draft = makers.draft()
    makers.draft()
    action, values = form_values(desk.get("/desk/prompts"), "/desk/prompts/decide")
    data = {"csrf_token": values["csrf_token"], "one": f"accept:{draft.id}"}
    told = [notice(desk, desk.post(action, data=data)) for _ in range(2)]
    assert told == ["Opened 1 discussion. Undo", "1 prompt had been decided before."]
    assert len(threads(session)) == 1


def test_nothing_ticked_is_said_in_plain_words(desk: FlaskClient, session: Session, makers: Makers) -> None:
    draft = makers.draft()
    assert notice(desk, press(desk, "/desk/prompts", bulk="accept")).startswith("Nothing is ticked yet.")
    assert states(session, [draft.id]) == ["waiting"]


def test_one_comes_back_to_where_one_was(desk: FlaskClient, makers: Makers) -> None:
    site = makers.site()
    drafts = [makers.draft(makers.post(site)) for _ in range(2)]
    place = f"/desk/prompts?site={site.id}&from={drafts[1].id}"
    answer = press(desk, place, one=f"accept:{drafts[1].id}")
    assert answer.location == place
    assert shown(desk.get(place)) == [drafts[0].id]


def test_an_empty_page_says_so(desk: FlaskClient, makers: Makers) -> None:
    assert "Nothing has been found yet." in words(desk.get("/desk/prompts"))
    assert "No prompt has become a discussion yet." in words(desk.get("/desk/prompts?view=opened"))
    assert "Nothing was put aside." in words(desk.get("/desk/prompts?view=dismissed"))
    makers.draft(state="accepted", decided_at=ago(hours=1))
    assert "Nothing is waiting for you." in words(desk.get("/desk/prompts"))


@pytest.mark.parametrize(
    "query", ["view=nonsense", "from=abc", "from=-1", "from=99999999999", "site=", "site=x", "post=1"]
)
def test_nonsense_in_the_address_counts_as_nothing(desk: FlaskClient, makers: Makers, query: str) -> None:
    draft = makers.draft()
    assert shown(desk.get(f"/desk/prompts?{query}")) == [draft.id]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"selected": "1"},
        {"one": "accept"},
        {"one": "accept:-1"},
        {"one": "publish:1"},
        {"one": "accept:1", "bulk": "accept"},
        {"bulk": "accept", "selected": "x"},
        {"bulk": "accept", "selected": ["1"] * 101},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    desk: FlaskClient, session: Session, makers: Makers, sent: dict[str, Any]
) -> None:
    draft = makers.draft()
    assert press(desk, "/desk/prompts", **sent).status_code == 400
    assert states(session, [draft.id]) == ["waiting"]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("all", {"confidence": "0.75", "newest": "9"}),
        ("all", {"confidence": "x", "newest": "9"}),
        ("all", {"confidence": "0.7"}),
        ("all", {"confidence": "0.7", "newest": "9" * 20}),
        ("all", {"confidence": "0.7", "newest": "9", "site": "x"}),
        ("undo", {}),
        ("undo", {"at": "yesterday"}),
        ("undo", {"at": "2026-01-01T00:00:00"}),
    ],
)
def test_other_forms_refuse_it_as_well(
    desk: FlaskClient, session: Session, makers: Makers, path: str, sent: dict[str, str]
) -> None:
    draft = makers.draft(confidence=0.9)
    answer = desk.post(f"/desk/prompts/{path}", data={**token(desk), **sent})
    assert answer.status_code == 400
    assert states(session, [draft.id]) == ["waiting"]
