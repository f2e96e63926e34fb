"""Accepting all prompts that are sure enough, by one button that says how many they are."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.authoring.page import states, threads, told_and_undone
from tests.support.makers import Makers
from tests.support.pages import form_values, tree


def steps(client: FlaskClient, page: str = "/desk/prompts") -> dict[str, str]:
    """What the buttons that accept many say, by the confidence they send."""
    buttons = tree(client.get(page)).cssselect("button[name=confidence]")
    return {button.get("value"): button.text_content() for button in buttons}


def press_step(client: FlaskClient, page: str, confidence: str) -> TestResponse:
    action, values = form_values(client.get(page), "/desk/prompts/all")
    return client.post(action, data={**values, "confidence": confidence})


def test_all_that_is_sure_enough_is_accepted_by_one_button_that_says_how_many(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    post = makers.post()
    ids = [makers.draft(post, confidence=sure).id for sure in (0.95, 0.8, 0.8, 0.65, 0.4)]
    assert steps(desk) == {
        "0.9": "Accept 1 from 0.9 on",
        "0.8": "Accept 3 from 0.8 on",
        "0.6": "Accept 4 from 0.6 on",
        "0.0": "Accept all 5",
    }
    answer = press_step(desk, "/desk/prompts", "0.8")
    assert states(session, ids) == ["accepted"] * 3 + ["waiting"] * 2
    assert told_and_undone(desk, answer) == ("Opened 3 discussions. Undo", "3 prompts wait again.")
    assert threads(session) == []


def test_accepting_all_leaves_what_came_later_and_changed_words(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    post = makers.post()
    known, stand_in = makers.thread(post=post), makers.thread(post=post, stands_in=True)
    drafts = [makers.draft(post) for _ in range(2)]
    drafts.append(makers.draft(post, thread_id=stand_in.id))
    drafts.append(makers.draft(post, thread_id=known.id))
    action, values = form_values(desk.get("/desk/prompts"), "/desk/prompts/all")
    drafts.append(makers.draft(post, confidence=0.99))
    desk.post(action, data={**values, "confidence": "0.7"})
    assert states(session, [draft.id for draft in drafts]) == ["accepted"] * 3 + ["waiting"] * 2


def test_accepting_all_keeps_to_the_site_that_is_shown(
    desk: FlaskClient, session: Session, makers: Makers
) -> None:
    sites = [makers.site() for _ in range(2)]
    ids = [makers.draft(makers.post(site)).id for site in sites for _ in range(2)]
    answer = press_step(desk, f"/desk/prompts?site={sites[0].id}", "0.7")
    assert answer.location == f"/desk/prompts?site={sites[0].id}"
    assert states(session, ids) == ["accepted", "accepted", "waiting", "waiting"]


def test_a_single_draft_needs_no_button_for_many(desk: FlaskClient, makers: Makers) -> None:
    makers.draft()
    assert steps(desk) == {}
