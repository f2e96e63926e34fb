"""The queue costs the same however much waits: statements, and rows that are looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from board.comments.models import Comment, Status
from board.comments.searching import index_missing
from board.extensions import db
from board.foundation import clock
from board.moderation.bulk import MOST_IN_ONE_ACT
from board.moderation.surroundings import ITEMS_PER_PAGE
from board.threads.models import Thread
from tests.moderation.crowds import crowd
from tests.moderation.desk import press, signed_in
from tests.support.makers import Makers
from tests.support.pages import form_values, tree
from tests.support.statements import counted_statements

PAGES = (
    "/desk",
    "/desk?order=newest",
    "/desk?view=all",
    "/desk?reason=policy_holds",
    "/desk?q=count+ten",
    "/desk/all",
)


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    return signed_in(app, makers.account(name="Ada"))


@pytest.fixture
def thread(makers: Makers) -> Thread:
    return makers.thread()


def statements(app: Flask, act: Callable[[], object]) -> int:
    with counted_statements(app) as counted:
        act()
    return len(counted)


def cost(app: Flask, client: FlaskClient, address: str) -> int:
    return statements(app, lambda: client.get(address))


def test_a_page_takes_as_many_statements_for_10000_as_for_40(
    app: Flask, desk: FlaskClient, session: Session, thread: Thread
) -> None:
    since = f"since={clock.now().isoformat().replace('+', '%2B')}"
    pages = (*PAGES, f"/desk/news?{since}", f"/desk?thread={thread.id}", f"/desk?site={thread.site_id}")
    crowd(session, thread, 40)
    index(app)
    few = {page: cost(app, desk, page) for page in pages}
    crowd(session, thread, 9_960)
    index(app)
    assert {page: cost(app, desk, page) for page in pages} == few
    page = tree(desk.get("/desk"))
    assert len(page.cssselect("[data-item]")) == ITEMS_PER_PAGE
    assert page.cssselect(".badge")[0].text_content() == "10000"
    last = session.scalars(select(func.max(Comment.id))).one()
    assert (
        cost(app, desk, f"/desk?from={last - 99}") == few["/desk"] + 2
    )  # where it stands, what comes before


def index(app: Flask) -> None:
    with app.app_context():
        index_missing()


@pytest.mark.parametrize("act", ["publish", "reject"])
def test_deciding_about_a_page_takes_as_many_statements_as_about_one(
    app: Flask, desk: FlaskClient, session: Session, thread: Thread, act: str
) -> None:
    crowd(session, thread, 31)
    ids = [str(number) for number in session.scalars(select(Comment.id).order_by(Comment.id))]
    one = statements(app, lambda: press(desk, "/desk", bulk=act, selected=ids[:1]))
    thirty = statements(app, lambda: press(desk, "/desk", bulk=act, selected=ids[1:]))
    assert thirty <= one + 1  # an insertion may be cut in two


def test_no_transaction_of_a_large_act_holds_more_than_100_comments(
    app: Flask, desk: FlaskClient, session: Session, thread: Thread
) -> None:
    crowd(session, thread, 500)
    action, values = form_values(desk.get("/desk/all"), "/desk/all")
    sizes: list[int] = []
    with app.app_context():
        engine = db.engine
    before = 0

    def note(connection: object) -> None:
        nonlocal before
        done = int(connection.exec_driver_sql("SELECT count(*) FROM decision").scalar_one())  # type: ignore[attr-defined]
        sizes.append(done - before)
        before = done

    event.listen(engine, "commit", note)
    try:
        desk.post(action, data={**values, "act": "publish"})
    finally:
        event.remove(engine, "commit", note)
    assert [size for size in sizes if size] == [100] * 5
    assert MOST_IN_ONE_ACT >= 500
    assert session.scalars(select(func.count()).where(Comment.status == Status.PUBLISHED)).one() == 500
