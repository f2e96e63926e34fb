"""A board that asks an Akismet on this machine, a site that has a key, and a thread of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.support.akismet import KEY, AkismetServer, running_akismet
from tests.support.makers import Makers


@pytest.fixture
def akismet() -> Iterator[AkismetServer]:
    with running_akismet() as server:
        yield server


@pytest.fixture
def board(make_app: Callable[..., Flask], akismet: AkismetServer) -> Flask:
    return make_app(**akismet.environ)


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(policy=Policy.PUBLISH.value, akismet_key=KEY, base_url="https://blog.test")


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    return makers.thread(site)
