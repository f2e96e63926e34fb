"""What the moderation queue costs with 10, 1,000 and 10,000 comments that wait, and one act about 500.

    python benchmarks/queue.py
    python benchmarks/queue.py --url postgresql://me@localhost/an_empty_database --times 50

Example: `python benchmarks/queue.py --published 100000` measures beside 100,000 comments that were published.

Pages are asked for through the whole application, signed in, and drawn; a figure is the median of --times
requests. The last column is what matters: the same page in the same run with 30, which fill a page; 10 are
drawn in less.

Then 500 comments are decided about in one act and taken back, while somebody sends comments to another
discussion as fast as they are answered. "longest hold" is the longest transaction of the act: so long may a
reader have to wait on SQLite, which has one writer. "longest wait" is what that somebody did wait.

Without --url, an SQLite database is made and thrown away. That of --url must be empty, and is so again.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# In place of this folder, or whoever imports Python's own `queue` would get this file.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, event, inspect, select
from werkzeug.test import TestResponse

from board import text
from board.comments.drafting import Draft
from board.comments.models import Comment, Status
from board.comments.searching import index_missing
from board.comments.submission import submit
from board.extensions import db
from board.foundation import clock
from board.threads.models import Thread
from board.threads.queries import thread_for
from tests.moderation.crowds import crowd
from tests.moderation.desk import signed_in
from tests.support.applications import SECRET, make_application, make_settings
from tests.support.makers import Makers
from tests.support.pages import form_values
from tests.support.statements import counted_statements

FULL_PAGE = 30
SIZES = (10, FULL_PAGE, 1_000, 10_000)
IN_ONE_ACT = 500
PAGES = {
    "first page": "/desk",
    "newest first": "/desk?order=newest",
    "one reason": "/desk?reason=policy_holds",
    "one site": "/desk?site={site}",
    "some words": "/desk?q=count+ten",
    "in the middle": "/desk?from={middle}",
    "what is new": "/desk/news?since={now}",
    "all that match": "/desk/all",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--times", type=int, default=30, help="how often each page is asked for")
    parser.add_argument("--published", type=int, default=20_000, help="comments published before")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, board_at(Path(folder), chosen.url) as app:
        measure(app, chosen.published, chosen.times)


@contextmanager
def board_at(folder: Path, url: str | None) -> Iterator[Flask]:
    """A board on a new database, which is gone afterwards."""
    app = make_application(make_settings(folder, url or f"sqlite:///{folder}/board.sqlite3"))
    with app.app_context():
        if set(inspect(db.engine).get_table_names()) - {"alembic_version"}:
            raise SystemExit("The database of --url is not empty: nothing was done.")
        upgrade()
    try:
        yield app
    finally:
        with app.app_context():
            if url:
                downgrade(revision="base")
            db.engine.dispose()


def measure(app: Flask, published: int, times: int) -> None:
    with app.app_context():
        makers = Makers(db.session())
        account, site = makers.account(), makers.site()
        threads = [makers.thread(site) for _ in range(4)]
        site_id, ids = site.id, [thread.id for thread in threads]
        crowd(db.session(), threads[0], published, status=Status.PUBLISHED)
        dialect = db.engine.dialect.name
        client = signed_in(app, account)
    print(f"{dialect}, {published:,} comments published before, median of {times}\n")
    print(f"{'':<18}{'waiting':>8}{'statements':>12}{'ms':>8}{'to 30':>8}")
    measure_pages(app, client, site_id, ids[1], times)
    fill(app, ids[2], IN_ONE_ACT)
    print(f"\n{'':<18}{'seconds':>8}{'transactions':>14}{'longest hold':>14}{'sent':>6}{'longest wait':>14}")
    decide = press(client, client.get(f"/desk/all?thread={ids[2]}"), "/desk/all", act="publish")
    answer = measure_act(app, f"{IN_ONE_ACT} in one act", decide, ids[3])
    measure_act(app, "and taken back", press(client, client.get(answer.location), "/desk/undo"), ids[3])


def measure_pages(app: Flask, client: FlaskClient, site_id: int, thread_id: int, times: int) -> None:
    full: dict[str, float] = {}
    for size, former in zip(SIZES, (0, *SIZES), strict=False):
        fill(app, thread_id, size - former)
        names = {"site": site_id, "middle": in_the_middle(app), "now": quote(clock.now().isoformat())}
        for name, page in PAGES.items():
            statements, took = cost(app, client, page.format(**names), times)
            if size == FULL_PAGE:
                full[name] = took
            ratio = f"{took / full[name]:.2f}" if name in full else ""
            print(f"{name:<18}{size:>8,}{statements:>12}{took * 1000:>8.1f}{ratio:>8}")


def measure_act(app: Flask, name: str, act: Callable[[], TestResponse], busy_thread: int) -> TestResponse:
    """Do `act` while a reader sends comments to `busy_thread`, and tell what both had to wait."""
    over = threading.Event()
    waits: list[float] = []
    reader = threading.Thread(target=send_comments, args=(app, busy_thread, over, waits))
    with held_transactions(app) as held:
        reader.start()
        began = time.perf_counter()
        answer = act()
        seconds = time.perf_counter() - began
        over.set()
        reader.join()
    if answer.status_code != 303:
        raise SystemExit(f"{name}: the board answered {answer.status}")
    hold, wait = f"{max(held) * 1000:.0f} ms", f"{max(waits) * 1000:.0f} ms"
    print(f"{name:<18}{seconds:>8.2f}{len(held):>14}{hold:>14}{len(waits):>6}{wait:>14}")
    return answer


def send_comments(app: Flask, thread_id: int, over: threading.Event, waits: list[float]) -> None:
    while not over.is_set():
        words = f"I was here meanwhile, for the {len(waits)}th time."
        draft = Draft(name="Eve", source=words, rendered=text.render(words))
        began = time.perf_counter()
        with app.app_context():
            submit(thread_for(thread_id), None, draft, network="n", secret=SECRET, now=clock.now())
            db.session.commit()
        waits.append(time.perf_counter() - began)
        time.sleep(0.01)


@contextmanager
def held_transactions(app: Flask) -> Iterator[list[float]]:
    """How many seconds each transaction of this thread lasted, from when it had what it waited for."""
    mine, held, since = threading.get_ident(), [], [0.0]
    with app.app_context():
        engine = db.engine

    def begun(_connection: Connection) -> None:
        if threading.get_ident() == mine:
            since[0] = time.perf_counter()

    def over(_connection: Connection) -> None:
        if threading.get_ident() == mine:
            held.append(time.perf_counter() - since[0])

    listeners = (("begin", begun), ("commit", over), ("rollback", over))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield held
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def fill(app: Flask, thread_id: int, count: int) -> None:
    """Let `count` more comments wait in a thread, findable by their words."""
    with app.app_context():
        crowd(db.session(), db.session.get_one(Thread, thread_id), count)
        index_missing()
        if db.engine.dialect.name == "postgresql":  # as its own housekeeping does after a while
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("ANALYZE")


def in_the_middle(app: Flask) -> int:
    """The comment in the middle of all that wait."""
    with app.app_context():
        waiting = select(Comment.id).where(Comment.status == Status.PENDING).order_by(Comment.created_at)
        ids = db.session.scalars(waiting).all()
        return ids[len(ids) // 2]


def cost(app: Flask, client: FlaskClient, address: str, times: int) -> tuple[int, float]:
    """How many statements a page takes, and the median of its seconds."""
    client.get(address)  # what is prepared once is prepared now
    with counted_statements(app) as statements:
        client.get(address)
    return len(statements), statistics.median(seconds_of(client, address) for _ in range(times))


def seconds_of(client: FlaskClient, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{address}: the board answered {answer.status}")
    return seconds


def press(client: FlaskClient, page: TestResponse, form: str, **pressed: str) -> Callable[[], TestResponse]:
    """What sends the form of `page`."""
    action, values = form_values(page, form)
    return lambda: client.post(action, data={**values, **pressed})


if __name__ == "__main__":
    main()
