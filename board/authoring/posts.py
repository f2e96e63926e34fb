"""The posts that the board knows: where each stands, under which addresses, and what is discussed there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import wording
from board.authoring.holding import hold_post
from board.authoring.moving import key_or_none
from board.authoring.post_forms import AddressForm
from board.authoring.post_queries import MAX_WANTED_CHARS, post_for, posts_page, waiting_drafts
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import StatusForm, WishUnclear, number_from
from board.sites.queries import sites_for
from board.sources.models import Why
from board.sources.waiting import ask_for
from board.threads.addresses import AddressRefused
from board.threads.models import Post
from board.threads.statuses import set_status
from board.threads.wording import STATUS_SET

bp = Blueprint("posts", __name__, url_prefix="/desk/posts")


@bp.get("")
@guarded(Action.SEE_POSTS)
def index() -> ResponseReturnValue:
    actor, wanted = current_actor(), request.args.get("q", "")[:MAX_WANTED_CHARS]
    site_id, from_id = number_from(request.args.get("site")), number_from(request.args.get("from"))
    sites = sites_for(Action.SEE_POSTS, actor)
    if site_id is not None and site_id not in {site.id for site in sites}:
        raise NotFound
    page = posts_page(actor, site_id, wanted, from_id)
    return render_template(
        "authoring/posts.html", page=page, sites=sites, site_id=site_id, wanted=wanted, from_id=from_id
    )


@bp.get("/<int:post_id>")
@guarded(Action.SEE_POSTS)
def show(post_id: int) -> ResponseReturnValue:
    post = post_for(Action.SEE_POSTS, current_actor(), post_id)
    if post.merged_into_id is not None:
        return redirect(url_for("posts.show", post_id=post.merged_into_id), code=303)
    return post_page(post, AddressForm(formdata=None))


@bp.post("/<int:post_id>/read")
@guarded(Action.DECIDE_PROMPTS)
def read_again(post_id: int) -> ResponseReturnValue:
    """The worker reads the post as soon as it can."""
    post = post_for(Action.DECIDE_PROMPTS, current_actor(), post_id)
    words = _("It will be read again in a moment.")
    try:
        if not ask_for(post.site, post.address, Why.AGAIN, clock.now()):
            words = _("It waits to be read already.")
    except AddressRefused:
        words = _("It cannot be read: its address is on none of the blog's own hosts.")
    db.session.commit()
    return back_to_post(post_id, [words])


@bp.post("/<int:post_id>/status")
@guarded(Action.DECIDE_PROMPTS)
def status(post_id: int) -> ResponseReturnValue:
    """One of its discussions is opened, closed or hidden."""
    actor, form = current_actor(), StatusForm()
    post_for(Action.DECIDE_PROMPTS, actor, post_id)
    if not form.validate_on_submit():
        raise WishUnclear
    wanted, thread_id = form.wish()
    threads = hold_post(post_id).threads
    was_set = set_status(threads, thread_id, wanted, actor, now=clock.now())
    db.session.commit()
    return back_to_post(post_id, [str(STATUS_SET[wanted])] if was_set else [])


def post_page(post: Post, form: AddressForm) -> str:
    """post: as post_queries.post_for loads it."""
    return render_template(
        "authoring/post.html",
        post=post,
        form=form,
        stands_at=key_or_none(post.address),
        drafts=waiting_drafts(post.id),
        may_move=current_actor().may(Action.REMAP, post.site_id),
        wording=wording,
    )


def back_to_post(post_id: int, words: list[str], move_id: int | None = None) -> ResponseReturnValue:
    """To the post's page, saying what happened; with a button to undo a move."""
    tell(words, move_id)
    return redirect(url_for("posts.show", post_id=post_id), code=303)


def tell(words: list[str], move_id: int | None = None) -> None:
    for sentence in words:
        flash(sentence, "said")
    if move_id is not None:
        flash(str(move_id), "move")
