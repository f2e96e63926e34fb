"""Atom feeds of published comments: one per thread, one per site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from board.comments.models import Comment
from board.comments.places import led_on, present
from board.comments.queries import latest_published
from board.conversation.freshness import fresh
from board.conversation.views import bp
from board.foundation.permissions import Action, guarded
from board.sites.queries import site_by_slug
from board.threads.queries import thread_for

ATOM = "application/atom+xml"


@bp.get("/t/<int:thread_id>/feed.atom")
@guarded(Action.READ)
def thread_feed(thread_id: int) -> ResponseReturnValue:
    thread = thread_for(thread_id)
    present(thread.site, {})
    if thread.id != thread_id:
        return led_on(thread)
    return _feed(thread.title, f"/t/{thread.id}", latest_published(thread_id=thread.id), thread.created_at)


@bp.get("/s/<slug>/feed.atom")
@guarded(Action.READ)
def site_feed(slug: str) -> ResponseReturnValue:
    site = site_by_slug(slug)
    present(site, {})
    return _feed(site.name, f"/s/{site.slug}", latest_published(site_id=site.id), site.created_at)


def _feed(title: str, path: str, comments: Sequence[Comment], born_at: datetime) -> ResponseReturnValue:
    own = current_app.config["BOARD"].public_url
    updated = max((c.words_changed_at or c.published_at or born_at for c in comments), default=born_at)
    xml = render_template(
        "conversation/feed.xml",
        feed_id=own + path,
        title=title,
        page_url=own + path,
        feed_url=own + request.path,
        updated=updated,
        comments=comments,
    )
    return fresh(xml, mimetype=ATOM)
