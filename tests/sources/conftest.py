"""A web of one server on this machine, and a board that may ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from board.sources.fetching import Web
from tests.support.web import HOST, WebServer, running_web


@pytest.fixture
def web_server() -> Iterator[WebServer]:
    with running_web() as server:
        yield server


@pytest.fixture
def web() -> Web:
    """Asks this machine, and no other."""
    return Web(allow=HOST.__eq__, any_port=True)
