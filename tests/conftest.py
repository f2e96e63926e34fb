"""Fixtures for every test: two databases, the application on them, mail, browser and servers.

A test that asks for anything that holds rows runs on SQLite and on PostgreSQL; one that drives a
browser runs on SQLite alone, and after all others. `pytestmark = pytest.mark.databases("sqlite")`
says so for other tests.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from board.extensions import db
from tests.support import applications, databases
from tests.support.applications import client_of, make_application, make_settings
from tests.support.browser import Pages, Problems, running_browser
from tests.support.makers import Makers
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.server import running_blog, running_board
from tests.support.smtp import SmtpServer

BACKENDS = ("sqlite", "postgresql")
REPORT = pytest.StashKey[pytest.TestReport]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "databases(*names): run on these databases alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("databases")
    chosen = marker.args if marker else BACKENDS[:1] if "browser" in metafunc.fixturenames else BACKENDS
    metafunc.parametrize("database_url", chosen, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[REPORT] = report
    return report


# Databases


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that all applications of the tests share."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def sqlite_url(data: Path) -> str:
    return _migrated(data, f"sqlite:///{data}/board.sqlite3")


@pytest.fixture(scope="session")
def postgres_url(data: Path, postgres: PostgresServer) -> str:
    return _migrated(data, postgres.new_database())


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with the newest schema and no rows."""
    url: str = request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])
    return url


@pytest.fixture
def rows(database_url: str) -> Iterator[None]:
    """Whatever rows a test makes are gone after it."""
    yield
    engine = create_engine(database_url)
    databases.empty(engine)
    engine.dispose()


def _migrated(data: Path, url: str) -> str:
    app = make_application(make_settings(data, url))
    databases.migrate(app)
    databases.dispose(app)
    return url


# The application in this process


@pytest.fixture(scope="session")
def shared_app(data: Path, database_url: str) -> Iterator[Flask]:
    app = make_application(make_settings(data, database_url))
    yield app
    databases.dispose(app)


@pytest.fixture
def app(shared_app: Flask, rows: None) -> Flask:
    """The application, with every guard on. Its database is empty."""
    return shared_app


@pytest.fixture
def make_app(data: Path, database_url: str, rows: None) -> Iterator[Callable[..., Flask]]:
    """Makes an application with other settings, on the same database: `make_app(BOARD_PROXIES="1")`."""
    made: list[Flask] = []

    def make(**environ: str) -> Flask:
        made.append(make_application(make_settings(data, database_url, **environ)))
        return made[-1]

    yield make
    for app in made:
        databases.dispose(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Sends what a browser sends from the board's own pages."""
    return client_of(app)


@pytest.fixture
def bare_client(app: Flask) -> FlaskClient:
    """Sends no header by which a request tells where it comes from."""
    return client_of(app, bare=True)


@pytest.fixture
def run_command(app: Flask) -> Callable[..., Result]:
    """Runs `board ARGUMENTS`: `run_command("post", "add", str(file)).output`."""
    return lambda *arguments, stdin=None: applications.run_command(app, *arguments, stdin=stdin)


@pytest.fixture(scope="session")
def bystander(data: Path, database_url: str) -> Iterator[Flask]:
    """An application beside the one under test: the test reads and makes rows through its own connection."""
    app = make_application(make_settings(data, database_url))
    databases.look_without_locking(app)
    yield app
    databases.dispose(app)


@pytest.fixture
def session(bystander: Flask, rows: None) -> Iterator[Session]:
    """`db.session` for the test itself. Commit what you write; a select always shows the present rows."""
    with bystander.app_context():
        session = db.session()
        databases.look_afresh(session)
        yield session
        session.rollback()


@pytest.fixture
def makers(session: Session) -> Makers:
    return Makers(session)


# Mail


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[SmtpServer]:
    server = SmtpServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def smtp(smtp_server: SmtpServer) -> Iterator[SmtpServer]:
    """A mail server with an empty mailbox; `make_app(**smtp.environ)` sends to it."""
    yield smtp_server
    smtp_server.forget()


# Servers and browser


@pytest.fixture(scope="session")
def shared_live_server(data: Path, database_url: str) -> Iterator[Flask]:
    def make(address: str) -> Flask:
        settings = make_settings(data, database_url, BOARD_PUBLIC_URL=address)
        return make_application(settings, raises=False)

    with running_board(make) as app:
        yield app
        databases.dispose(app)


@pytest.fixture
def live_server(shared_live_server: Flask, rows: None) -> str:
    """The address of a board that is served over HTTP, on the same database as `makers`."""
    address: str = shared_live_server.config["BOARD"].public_url
    return address


@pytest.fixture
def serve(data: Path, database_url: str, rows: None) -> Iterator[Callable[..., str]]:
    """Serves a board with other settings and returns its address: `serve(BOARD_COMMENT_RATE="1 per day")`."""
    with contextlib.ExitStack() as servers:

        def start(host: str = "127.0.0.1", **environ: str) -> str:
            def make(address: str) -> Flask:
                settings = make_settings(data, database_url, **{"BOARD_PUBLIC_URL": address, **environ})
                return make_application(settings, raises=False)

            app = servers.enter_context(running_board(make, host))
            servers.callback(databases.dispose, app)
            address: str = app.config["BOARD"].public_url
            return address

        yield start


@pytest.fixture
def blog_server() -> Iterator[Callable[..., str]]:
    """Serves a folder, or HTML by path, on an origin of its own: `blog_server({"/post": "<!doctype..."})`.

    host="localhost", the default, is another site than the board's 127.0.0.1.
    """
    with contextlib.ExitStack() as servers:
        yield lambda pages, host="localhost": servers.enter_context(running_blog(pages, host))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture
def problems() -> Problems:
    """What the pages of the test complained about; see `Problems.expect`."""
    return Problems()


@pytest.fixture
def pages(browser: Browser, problems: Problems, request: pytest.FixtureRequest) -> Iterator[Pages]:
    """Opens pages: `pages.open(color_scheme="dark", viewport={"width": 320, "height": 700})`."""
    pages = Pages(browser, problems)
    yield pages
    report = request.node.stash.get(REPORT, None)
    failed = report is None or report.failed or problems.unexpected
    pictures = pages.photograph(request.node.name) if failed else []
    pages.close()
    assert not problems.unexpected, f"The pages complained; see {pictures}."


@pytest.fixture
def page(pages: Pages) -> Page:
    return pages.open()


@pytest.fixture
def scriptless_page(pages: Pages) -> Page:
    return pages.open(java_script_enabled=False)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def either_page(pages: Pages, request: pytest.FixtureRequest) -> Page:
    """One page with script and, in a second run of the test, one without."""
    return pages.open(java_script_enabled=request.param)
