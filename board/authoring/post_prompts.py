"""The page of one post: its discussions in their order, and everything that was found in it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import queries
from board.authoring.arranging import move
from board.authoring.forms import OrderForm
from board.authoring.holding import hold_post
from board.authoring.prompts_found import back, bp, draft_words
from board.authoring.selection import Selection
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import StatusForm, WishUnclear
from board.threads.statuses import set_status
from board.threads.wording import STATUS_SET


@bp.get("/post/<int:post_id>")
@guarded(Action.SEE_PROMPTS)
def post(post_id: int) -> ResponseReturnValue:
    post = queries.post_for(Action.SEE_PROMPTS, current_actor(), post_id)
    if post.merged_into_id is not None:
        return redirect(url_for("prompts_found.post", post_id=post.merged_into_id), code=303)
    return render_template(
        "authoring/found_post.html",
        post=post,
        drafts=queries.drafts_of(post),
        selection=Selection(post_id=post.id),
        **draft_words(),
    )


@bp.post("/post/<int:post_id>/order")
@guarded(Action.DECIDE_PROMPTS)
def order(post_id: int) -> ResponseReturnValue:
    """One thread changes places with its neighbour."""
    post, form = queries.post_for(Action.DECIDE_PROMPTS, current_actor(), post_id), OrderForm()
    if not form.validate_on_submit() or bool(form.up.data) == bool(form.down.data):
        raise WishUnclear
    moved = move(post, form.up.data, -1) if form.up.data else move(post, form.down.data or 0, 1)
    db.session.commit()
    return back([_("The discussions are in their new order.")] if moved else [], post_id=post_id)


@bp.post("/post/<int:post_id>/status")
@guarded(Action.DECIDE_PROMPTS)
def status(post_id: int) -> ResponseReturnValue:
    """One thread is opened, closed or hidden."""
    actor, form = current_actor(), StatusForm()
    queries.post_for(Action.DECIDE_PROMPTS, actor, post_id)
    if not form.validate_on_submit():
        raise WishUnclear
    wanted, thread_id = form.wish()
    threads = hold_post(post_id).threads
    was_set = set_status(threads, thread_id, wanted, actor, now=clock.now())
    db.session.commit()
    return back([str(STATUS_SET[wanted])] if was_set else [], post_id=post_id)
