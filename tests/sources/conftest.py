"""A web of one server on this machine, and a board that may ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from flask import Flask

from board.extensions import db
from board.sites.models import Site
from board.sources.fetching import Web
from board.sources.following import follow
from tests.sources.following import NOW
from tests.support.applications import run_command
from tests.support.makers import Makers
from tests.support.web import HOST, WebServer, running_web


@pytest.fixture
def web_server() -> Iterator[WebServer]:
    with running_web() as server:
        yield server


@pytest.fixture
def web() -> Web:
    """Asks this machine, and no other."""
    return Web(allow=HOST.__eq__, any_port=True)


@pytest.fixture
def board(make_app: Callable[..., Flask], web_server: WebServer) -> Flask:
    """A board whose owner lets it read the blog on this machine."""
    return make_app(BOARD_PRIVATE_BLOGS=web_server.address)


@pytest.fixture
def site(makers: Makers, web_server: WebServer) -> Site:
    """The blog on this machine, as the board knows it."""
    return makers.site(slug="blog", base_url=web_server.address, origin=web_server.address)


@pytest.fixture
def run(board: Flask) -> Callable[..., Result]:
    """Runs `board ARGUMENTS` on a board that may read the blog."""
    return lambda *arguments: run_command(board, *arguments)


@pytest.fixture
def feed(board: Flask, site: Site, web_server: WebServer) -> str:
    """A feed that the worker is to read, and its address."""
    address, site_id = f"{web_server.address}/feed", site.id
    with board.app_context():
        follow(db.session.get_one(Site, site_id), address, NOW)
        db.session.commit()
    return address
