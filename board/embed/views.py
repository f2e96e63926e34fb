"""Where a blog leads its readers: to a frame in its post, or to the board; and the script for both."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from board.comments.places import Place, led_on, present
from board.conversation.freshness import fresh
from board.conversation.thread_page import thread_page
from board.embed.first_page import first_form, first_page
from board.embed.noticing import notice
from board.embed.unopened import page_at, unopened
from board.embed.visitors import is_reader_in_a_frame
from board.extensions import csrf, db
from board.foundation import clock, headers
from board.foundation.assets import FOR_AN_HOUR, send_asset
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded
from board.sites.models import Site
from board.sites.queries import site_by_slug
from board.threads import queries
from board.threads.addresses import AddressRefused, canonical
from board.threads.models import Post

bp = Blueprint("embed", __name__)
csrf.exempt(bp)  # the form for a first comment carries a token of our own: readers have no session


@bp.get("/embed/<slug>")
@guarded(Action.READ)
def find(slug: str) -> ResponseReturnValue:
    """The thread of the post that `url` or `key` names: its closing prompt's, where it has several."""
    site = site_by_slug(slug)
    place = present(site, request.args, framed=True)
    try:
        post = post_named(slug)
    except NotFound:
        return _first_view(site, place)
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


@bp.get("/d/<slug>")
@guarded(Action.READ)
def discussion(slug: str) -> ResponseReturnValue:
    """From a blog's post to its discussion: the link that works where script does not."""
    headers.public_page()
    try:
        post = post_named(slug)
    except NotFound:
        return _first_page_of_its_own(slug)
    if len(post.threads) == 1:
        return redirect(url_for("conversation.thread", thread_id=post.threads[0].id), code=302)
    return redirect(url_for("conversation.post", post_id=post.id), code=302)


@bp.get("/embed.js")
@guarded(Action.READ)
def loader() -> ResponseReturnValue:
    """The one script a blog includes, under an address that never changes."""
    folder, _ = current_app.extensions["board_assets"]
    return send_asset(folder, "js/embed.js", FOR_AN_HOUR)


def post_named(slug: str) -> Post:
    """The post that the request's `key` or else its `url` names on that site. Raises NotFound."""
    key, address = request.args.get("key", ""), request.args.get("url", "")
    if key:
        try:
            return queries.post_with_key(slug, key)
        except NotFound:
            if not address:
                raise
    try:
        return queries.post_at(slug, canonical(address))
    except AddressRefused:
        raise NotFound from None


def _first_view(site: Site, place: Place) -> ResponseReturnValue:
    """The form for a first comment, or a word that nothing is asked here; the page will be read."""
    try:
        page = page_at(site, request.args.get("url", ""))
    except NotFound:
        return _unknown(site, place)
    try:
        answer = fresh(first_page(place, unopened(site, page), first_form()))
    except NotFound:
        answer = _unknown(site, place)
    origins = [one.origin for one in site.origins]
    if is_reader_in_a_frame(dict(request.headers), origins) and notice(site, page, now=clock.now()):
        db.session.commit()
    return answer


def _unknown(site: Site, place: Place) -> Response:
    return make_response(render_template("embed/unknown.html", place=place, site=site), 404)


def _first_page_of_its_own(slug: str) -> Response:
    """The same form on the board. Any address of the blog has such a page: none is for a search engine."""
    site = site_by_slug(slug)
    page = first_page(
        present(site, {}), unopened(site, page_at(site, request.args.get("url", ""))), first_form()
    )
    answer = fresh(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
