"""The board's own pages: prompts, discussions, permalinks. Nothing here knows who is reading."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from board.comments import queries as comments
from board.comments.places import led_on, present
from board.conversation.freshness import fresh
from board.conversation.thread_page import number_of, thread_page
from board.foundation import headers
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded
from board.private.following import site_form
from board.sites.queries import site_by_slug
from board.threads import queries
from board.threads.models import ThreadStatus

bp = Blueprint("conversation", __name__)


@bp.get("/")
@guarded(Action.READ)
def home() -> ResponseReturnValue:
    headers.public_page()
    discussions = queries.latest_discussions(None)
    shown = {thread.id for thread in discussions}
    prompts = [
        thread
        for thread in queries.newest_prompts(None)
        if thread.id not in shown and thread.accepts_comments
    ]
    return fresh(render_template("conversation/home.html", discussions=discussions, prompts=prompts))


@bp.get("/s/<slug>")
@guarded(Action.READ)
def site(slug: str) -> ResponseReturnValue:
    site = site_by_slug(slug)
    place = present(site, {})
    limit = queries.PROMPTS_PER_PAGE
    threads = queries.newest_prompts(
        site.id, before_id=number_of(request.args.get("before")), limit=limit + 1
    )
    next_from = threads[limit - 1].id if len(threads) > limit else None
    page = render_template(
        "conversation/site.html",
        site=site,
        place=place,
        threads=threads[:limit],
        next_from=next_from,
        follow_form=site_form(slug),
    )
    return fresh(page)


@bp.get("/p/<int:post_id>")
@guarded(Action.READ)
def post(post_id: int) -> ResponseReturnValue:
    post = queries.post_for(post_id)
    present(post.site, {})
    if post.id != post_id:
        return redirect(url_for("conversation.post", post_id=post.id), code=302)
    return fresh(render_template("conversation/post.html", site=post.site, post=post, threads=post.threads))


@bp.get("/t/<int:thread_id>")
@guarded(Action.READ)
def thread(thread_id: int) -> ResponseReturnValue:
    thread = queries.thread_for(thread_id)
    place = present(thread.site, {})
    if thread.id != thread_id:
        return led_on(thread)
    return fresh(thread_page(place, thread, request.args))


@bp.get("/c/<int:comment_id>")
@guarded(Action.READ)
def comment(comment_id: int) -> ResponseReturnValue:
    """To the page of the thread on which the comment stands. What is not shown is not found."""
    comment = comments.comment_with_thread(comment_id) if comment_id <= queries.MAX_ID else None
    if comment is None or not comment.is_published or comment.thread.status == ThreadStatus.HIDDEN.value:
        raise NotFound
    headers.public_page()
    root = comments.root_of(comment)
    start: dict[str, Any] = {}
    if root is not None and not comments.is_on_first_page(root):
        start["from"] = root.id
    address = url_for(
        "conversation.thread", thread_id=comment.thread_id, **start, _anchor=f"comment-{comment.id}"
    )
    return redirect(address, code=302)
