"""Trying a text: the page says what would really happen, and stores nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.admission import CHECKS
from board.comments.models import BlockKind, BlockVerdict, Comment
from board.screening.trial_views import CHECK_LABELS, VERDICTS
from board.sites.models import Policy, Site
from tests.moderation.desk import signed_in
from tests.support.applications import client_of
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, tree, words

TRY = "/desk/try"
HAPPENED = {"pending": "hold", "published": "publish", "spam": "spam"}


@pytest.fixture
def site(makers: Makers) -> Site:
    site = makers.site(policy=Policy.PUBLISH.value)
    makers.block(BlockKind.WORD, "viagra", site, verdict=BlockVerdict.SPAM.value)
    makers.block(BlockKind.HOST, "shop.example", site, verdict=BlockVerdict.REFUSE.value)
    return site


@pytest.fixture
def desk(app: Flask, makers: Makers, site: Site) -> FlaskClient:
    return signed_in(app, makers.account(name="Mia Moderator"))


def verdict(client: FlaskClient, site_id: int, **typed: str) -> str:
    answer = fill_and_send(client, TRY, TRY, **{"site": str(site_id), "name": "Ada", **typed})
    assert answer.status_code == 200
    return str(tree(answer).cssselect("[data-verdict]")[0].get("data-verdict"))


@pytest.mark.parametrize(
    ("typed", "wanted", "reason"),
    [
        ({"source": "I count to ten."}, "publish", ""),
        ({"source": "Buy v.i.a.g.r.a"}, "spam", "It says what is blocked here: viagra."),
        ({"source": "see https://www.shop.example"}, "refuse", "blocked host"),
        ({"source": "x", "name": "Mia Moderаtor"}, "hold", "The name reads like Mia Moderator"),
        ({"source": "a.example b.example c.example <https://d.example> <https://e.example> <https://f.example>"}, "hold", "links"),
    ],
)  # fmt: skip
def test_the_verdict_comes_with_its_reasons(
    desk: FlaskClient, site: Site, typed: dict[str, str], wanted: str, reason: str
) -> None:
    answer = fill_and_send(desk, TRY, TRY, **{"site": str(site.id), "name": "Ada", **typed})
    assert tree(answer).cssselect("[data-verdict]")[0].get("data-verdict") == wanted
    assert reason in words(answer)
    assert tree(answer).cssselect("textarea")[0].text_content().strip() == typed["source"]


def test_nothing_is_stored(desk: FlaskClient, session: Session, site: Site) -> None:
    verdict(desk, site.id, source="I count to ten.")
    assert session.scalars(select(Comment)).all() == []


def test_a_site_that_reads_everything_says_so(desk: FlaskClient, makers: Makers) -> None:
    held = makers.site(policy=Policy.HOLD.value)
    answer = fill_and_send(desk, TRY, TRY, site=str(held.id), name="Ada", source="I count to ten.")
    assert "This site reads every comment before it appears." in words(answer)


@pytest.fixture
def patient(make_app: Callable[..., Flask]) -> Flask:
    """A board that takes many comments at once from one reader."""
    return make_app(BOARD_COMMENT_RATE="1000 per minute")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=st.sampled_from(["I count to ten", "buy viagra", "go to shop.example", "a b c"]),
    tail=st.text(max_size=12),
)
def test_the_page_says_what_really_happens(
    patient: Flask, desk: FlaskClient, session: Session, makers: Makers, site: Site, source: str, tail: str
) -> None:
    thread, text = makers.thread(site), f"{source} {tail}".strip()
    said = verdict(desk, site.id, source=text)
    answer = fill_and_send(client_of(patient), f"/t/{thread.id}", "/comments", name="Ada", source=text)
    session.expire_all()
    found = session.scalars(select(Comment.status).where(Comment.thread_id == thread.id)).first()
    happened = "refuse" if answer.status_code == 422 else HAPPENED[str(found)]
    assert said == happened or (said == "publish" and happened in {"hold", "spam"}), "but for repeats"


@pytest.mark.parametrize(
    "typed", [{"source": ""}, {"source": "x", "name": ""}, {"source": "x", "email": "no"}]
)
def test_mistakes_are_told(desk: FlaskClient, site: Site, typed: dict[str, str]) -> None:
    answer = fill_and_send(desk, TRY, TRY, **{"site": str(site.id), "name": "Ada", **typed})
    assert answer.status_code == 422
    assert tree(answer).cssselect("[data-verdict]") == []


def test_every_check_and_verdict_has_words() -> None:
    assert set(CHECK_LABELS) == set(CHECKS)
    assert len(VERDICTS) == 4
