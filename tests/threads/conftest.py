"""A site, and registering its posts."""

from __future__ import annotations

import pytest
from flask import Flask

from board.extensions import db
from board.foundation import clock
from board.sites.models import Site
from board.threads.registration import PostRead, register
from tests.support.makers import Makers
from tests.threads.registering import Take, Taken


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog")


@pytest.fixture
def take(app: Flask, site: Site) -> Take:
    """Registers in a transaction of its own, as the worker does."""
    site_id = site.id

    def taken(read: PostRead, opens_from: float | None = 0.8) -> Taken:
        with app.app_context():
            found = register(db.session.get_one(Site, site_id), read, opens_from=opens_from, now=clock.now())
            ids = [thread.id for thread in found.opened], [draft.id for draft in found.waiting]
            answer = Taken(found.post.id, *ids)
            db.session.commit()
            return answer

    return taken
