"""The badge of the team hangs on an account, and on nothing that anybody can type."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.sites.models import Policy
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, tree


def badges(page: TestResponse) -> list[str]:
    """Whose name has a badge beside it."""
    return [
        badge.getparent().cssselect("bdi")[0].text_content()
        for badge in tree(page).cssselect(".comment .badge")
    ]


def test_what_an_account_wrote_has_the_badge(client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    comment = makers.comment(author_name="Marit", account_id=account.id)
    makers.comment(makers.thread(), author_name="Marit")
    assert badges(client.get(f"/t/{comment.thread_id}")) == ["Marit"]
    assert badges(client.get(f"/embed/t/{comment.thread_id}")) == ["Marit"]


@pytest.mark.parametrize(
    "name",
    [
        "Marit Team",
        'Marit <span class="badge">Team</span>',
        "Marit</bdi> <span class=badge>Team</span><bdi>",
        "Marit\u00a0\u2068Team\u2069",
        "{{ _('Team') }}",
    ],
)
def test_no_name_makes_one(client: FlaskClient, makers: Makers, name: str) -> None:
    thread = makers.thread(makers.site(policy=Policy.PUBLISH.value))
    comment = makers.comment(thread, author_name=name)
    page = client.get(f"/t/{thread.id}")
    assert badges(page) == []
    [who] = tree(page).cssselect(".comment__who")
    assert [child.tag for child in who] == ["bdi"]
    assert who.text_content().strip() == comment.author_name.strip()


@pytest.mark.parametrize(
    "source",
    ['<span class="badge">Team</span>', "`Team`{.badge}", "[Team](#){.badge}", "<bdi>Marit</bdi> Team"],
)
def test_no_text_makes_one(client: FlaskClient, makers: Makers, source: str) -> None:
    comment = makers.comment(source=source)
    page = client.get(f"/t/{comment.thread_id}")
    assert badges(page) == []
    assert not tree(page).cssselect(".prose [class]:not(code)")


def test_no_field_of_the_form_makes_one(client: FlaskClient, makers: Makers) -> None:
    account = makers.account()
    thread = makers.thread(makers.site(policy=Policy.PUBLISH.value))
    fill_and_send(
        client,
        f"/t/{thread.id}",
        "/comments",
        name="Ada",
        source="I count to ten.",
        account_id=str(account.id),
        is_staff="1",
    )
    page = client.get(f"/t/{thread.id}")
    assert tree(page).cssselect(".comment__who")
    assert badges(page) == []


def test_it_goes_when_the_account_goes(client: FlaskClient, session: Session, makers: Makers) -> None:
    account = makers.account(role=None)
    comment = makers.comment(account_id=account.id)
    session.delete(account)
    session.commit()
    assert badges(client.get(f"/t/{comment.thread_id}")) == []
