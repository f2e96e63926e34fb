"""Choosing what becomes one with what, seeing what that will change, and doing it."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import merging, moving
from board.authoring.moves import bp
from board.authoring.post_forms import IntoForm
from board.authoring.post_queries import MAX_WANTED_CHARS, others, post_for, thread_for
from board.authoring.posts import back_to_post
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import WishUnclear, number_from
from board.threads.models import Post, Thread


@bp.get("/post/<int:post_id>")
@guarded(Action.REMAP)
def choose_post(post_id: int) -> ResponseReturnValue:
    """Into which post: found by its words, then shown with all that will change."""
    actor, into = current_actor(), number_from(request.args.get("into"))
    post = post_for(Action.REMAP, actor, post_id)
    if into is None:
        found = others(post, wanted())
        return render_template("authoring/merge_post.html", post=post, found=found, wanted=wanted())
    target = post_for(Action.REMAP, actor, into)
    return render_template(
        "authoring/merge_post_seen.html",
        post=post,
        target=target,
        twins=merging.twins(post.threads, target.threads),
        form=IntoForm(formdata=None, data={"into": target.id, "join": True}),
    )


@bp.post("/post/<int:post_id>")
@guarded(Action.REMAP)
def merge_post(post_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), IntoForm()
    if not form.validate_on_submit():
        raise WishUnclear
    source, target = (post_for(Action.REMAP, actor, number) for number in (post_id, form.into.data or 0))
    move = merging.merge_posts(source, target, actor, join=form.join.data, now=clock.now())
    move_id, target_id = move.id, target.id
    db.session.commit()
    return back_to_post(target_id, [_("The two posts are one now.")], move_id)


@bp.get("/thread/<int:thread_id>")
@guarded(Action.REMAP)
def choose_thread(thread_id: int) -> ResponseReturnValue:
    """To which post, or into which discussion: found by the words of the post, then shown."""
    actor = current_actor()
    into, to = number_from(request.args.get("into")), number_from(request.args.get("post"))
    thread = thread_for(Action.REMAP, actor, thread_id)
    if into is not None:
        target = thread_for(Action.REMAP, actor, into)
        return _seen("authoring/merge_thread_seen.html", thread, target)
    if to is not None:
        post = post_for(Action.REMAP, actor, to)
        return _seen("authoring/move_thread_seen.html", thread, post)
    own = post_for(Action.REMAP, actor, thread.post_id)
    found = [own, *others(own, wanted())]
    return render_template("authoring/move_thread.html", thread=thread, found=found, wanted=wanted())


@bp.post("/thread/<int:thread_id>/into")
@guarded(Action.REMAP)
def merge_thread(thread_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), IntoForm()
    if not form.validate_on_submit():
        raise WishUnclear
    source, target = (thread_for(Action.REMAP, actor, number) for number in (thread_id, form.into.data or 0))
    move = merging.merge_threads(source, target, actor, now=clock.now())
    move_id, post_id = move.id, target.post_id
    db.session.commit()
    return back_to_post(post_id, [_("The two discussions are one now.")], move_id)


@bp.post("/thread/<int:thread_id>/to")
@guarded(Action.REMAP)
def move_thread(thread_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), IntoForm()
    if not form.validate_on_submit():
        raise WishUnclear
    thread = thread_for(Action.REMAP, actor, thread_id)
    post = post_for(Action.REMAP, actor, form.into.data or 0)
    move = moving.move_thread(thread, post, actor, now=clock.now())
    move_id, post_id = move.id, post.id
    db.session.commit()
    return back_to_post(post_id, [_("The discussion belongs to this post now.")], move_id)


def wanted() -> str:
    """What was typed to look for, as the address says it."""
    return request.args.get("q", "")[:MAX_WANTED_CHARS]


def _seen(template: str, thread: Thread, target: Post | Thread) -> str:
    form = IntoForm(formdata=None, data={"into": target.id})
    return render_template(template, thread=thread, target=target, form=form)
