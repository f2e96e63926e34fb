"""The conversation inside a blog's post: the frame's page, and the script that puts the frame there."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from board.comments.places import led_on, present
from board.conversation.freshness import fresh
from board.conversation.thread_page import thread_page
from board.conversation.views import post_named
from board.foundation.assets import FOR_AN_HOUR, send_asset
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded
from board.sites.queries import site_by_slug
from board.threads import queries

bp = Blueprint("embed", __name__)


@bp.get("/embed/<slug>")
@guarded(Action.READ)
def find(slug: str) -> ResponseReturnValue:
    """The thread of the post that `url` or `key` names: its closing prompt's, where it has several."""
    site = site_by_slug(slug)
    place = present(site, request.args, framed=True)
    try:
        post = post_named(slug)
    except NotFound:
        return render_template("embed/unknown.html", place=place, site=site), 404
    thread = queries.thread_for(post.threads[-1].id)
    return fresh(thread_page(place, thread, request.args))


@bp.get("/embed/t/<int:thread_id>")
@guarded(Action.READ)
def thread(thread_id: int) -> ResponseReturnValue:
    thread = queries.thread_for(thread_id)
    place = present(thread.site, request.args, framed=True)
    if thread.id != thread_id:
        return led_on(thread)
    return fresh(thread_page(place, thread, request.args))


@bp.get("/embed.js")
@guarded(Action.READ)
def loader() -> ResponseReturnValue:
    """The one script a blog includes, under an address that never changes."""
    folder, _ = current_app.extensions["board_assets"]
    return send_asset(folder, "js/embed.js", FOR_AN_HOUR)
