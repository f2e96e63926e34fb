"""The owner of a board whose worker may read a blog on this machine."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.sites.models import Site
from tests.moderation.desk import signed_in
from tests.sources.conftest import board, web_server  # noqa: F401  # fixtures
from tests.support.makers import Makers


@pytest.fixture
def owner(board: Flask, makers: Makers) -> FlaskClient:  # noqa: F811  # the fixture itself
    return signed_in(board, makers.account())


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog", name="The Drawer")


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    """Somebody who owns all sites."""
    return signed_in(app, makers.account(name="Mia"))
