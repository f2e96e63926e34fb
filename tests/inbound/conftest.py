"""A board that reads a mailbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.inbound.post import INBOX


@pytest.fixture
def reading_app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(**INBOX)
