"""What the page of prompts finds, and what it costs."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from board.authoring.acts import View
from board.authoring.queries import Step, Steps, counts, found_page, steps_for
from board.authoring.selection import Selection
from board.foundation.permissions import Actor, Role
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.statements import counted_statements

OWNER = Actor(None, "Ada", {None: Role.OWNER})


def walked(app: Flask, selection: Selection, limit: int) -> list[list[int]]:
    """The drafts of each post, page after page."""
    seen: list[list[int]] = []
    place: Selection | None = selection
    with app.app_context():
        while place is not None:
            page = found_page(OWNER, place, limit=limit)
            seen += [[draft.id for draft in found.drafts] for found in page.items]
            place = selection.but(from_id=page.next_from) if page.next_from else None
    return seen


def test_pages_follow_each_other_without_gap_or_repetition(app: Flask, makers: Makers) -> None:
    posts = [makers.post() for _ in range(5)]
    early = [makers.draft(post, block=5).id for post in posts]
    late = [makers.draft(post, block=2).id for post in reversed(posts[:3])]
    other = makers.draft(posts[0], state="accepted").id
    expected = [[late[2], early[0]], [late[1], early[1]], [late[0], early[2]], [early[4]], [early[3]]]
    for limit in (1, 2, 3, 5, 9):
        assert walked(app, Selection(), limit) == expected
    assert walked(app, Selection(View.OPENED), 2) == [[other]]


def test_a_page_keeps_its_place_when_its_first_draft_was_decided(
    app: Flask, session: Session, makers: Makers
) -> None:
    drafts = [makers.draft() for _ in range(3)]
    drafts[1].state = "dismissed"
    session.commit()
    assert walked(app, Selection(from_id=drafts[1].id), 9) == [[drafts[0].id]]


def test_each_view_has_its_count(app: Flask, makers: Makers) -> None:
    site = makers.site()
    for number, state in enumerate(("waiting", "accepted", "dismissed", "gone"), 1):
        for _ in range(number):
            makers.draft(makers.post(site), state=state)
    makers.draft()
    site_id = site.id
    with app.app_context():
        assert counts(OWNER) == {View.WAITING: 2, View.OPENED: 2, View.DISMISSED: 3}
        assert counts(OWNER, site_id) == {View.WAITING: 1, View.OPENED: 2, View.DISMISSED: 3}
        assert counts(Actor(1, "Bob", {site_id: Role.MODERATOR})) == dict.fromkeys(View, 0)


def test_a_step_that_adds_nothing_is_no_choice(app: Flask, makers: Makers) -> None:
    newest = [makers.draft(confidence=sure).id for sure in (0.85, 0.8, 0.6)][-1]
    makers.draft(confidence=0.9, state="dismissed")
    with app.app_context():
        assert steps_for(OWNER) == Steps([Step(0.8, 2), Step(0.0, 3)], newest)
        assert steps_for(Actor(1, "Bob", {None: Role.MODERATOR})) == Steps([], 0)


def test_the_pages_cost_the_same_for_few_and_many(app: Flask, makers: Makers) -> None:
    client = signed_in(app, makers.account())
    post = makers.post()

    def fill(count: int) -> None:
        for _ in range(count):
            other = makers.post(makers.site())
            for state in ("waiting", "accepted", "dismissed"):
                thread = makers.thread(post=other)
                makers.draft(other, state=state, thread_id=thread.id)
                makers.draft(post, state=state, thread_id=makers.thread(post=post).id)

    def costs() -> list[int]:
        found = []
        for path in ("", "?view=opened", "?view=dismissed", f"/post/{post.id}", "/add"):
            with counted_statements(app) as statements:
                answer = client.get(f"/desk/prompts{path}")
            assert answer.status_code == 200
            found.append(len(statements))
        return found

    fill(2)
    few = costs()
    fill(9)
    assert costs() == few
    assert max(few) <= 8
