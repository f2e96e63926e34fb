"""A board that reads a mailbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from board.comments.models import Comment
from board.readers.models import Reader
from board.sites.models import Policy, Site
from board.threads.models import Thread
from tests.inbound.post import ADA, INBOX, answer_address
from tests.support.makers import Makers


@pytest.fixture
def reading_app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(**INBOX)


@pytest.fixture
def site(makers: Makers) -> Site:
    site: Site = makers.site(policy=Policy.HOLD_FIRST.value, approvals_needed=1)
    return site


@pytest.fixture
def thread(makers: Makers, site: Site) -> Thread:
    thread: Thread = makers.thread(site)
    return thread


@pytest.fixture
def ada(makers: Makers, site: Site) -> Reader:
    reader: Reader = makers.reader(site, ADA)
    return reader


@pytest.fixture
def parent(makers: Makers, thread: Thread) -> Comment:
    comment: Comment = makers.comment(thread, author_name="Ben")
    return comment


@pytest.fixture
def to(reading_app: Flask, ada: Reader, parent: Comment) -> str:
    """Where Ada answers the comment of `parent`."""
    return answer_address(reading_app, ada, parent)
