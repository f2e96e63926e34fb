"""The log of moves, undoing them, and the addresses of posts."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import move_wording, moving, rules
from board.authoring.models import Remapping
from board.authoring.post_forms import AddressForm, UndoForm
from board.authoring.post_queries import Progress, move_for, moves_page, post_for, progress_of
from board.authoring.posts import back_to_post, post_page, tell
from board.authoring.undoing import Undone, undo
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import WishUnclear, number_from

bp = Blueprint("moves", __name__, url_prefix="/desk/moves")


@bp.get("")
@guarded(Action.REMAP)
def log() -> ResponseReturnValue:
    page = moves_page(current_actor(), number_from(request.args.get("from")))
    progress = progress_of([move.id for move in page.items])
    return render_template(
        "authoring/moves.html", page=page, progress=progress, none=Progress(), wording=move_wording
    )


@bp.get("/<int:move_id>")
@guarded(Action.REMAP)
def show(move_id: int) -> ResponseReturnValue:
    return _page(move_for(current_actor(), move_id))


@bp.post("/<int:move_id>/undo")
@guarded(Action.REMAP)
def take_back(move_id: int) -> ResponseReturnValue:
    """All of it; where some cannot come back, what can, once that was seen and is still wanted."""
    actor, form = current_actor(), UndoForm()
    move = move_for(actor, move_id)
    if not form.validate_on_submit():
        raise WishUnclear
    undone = undo(move, actor, now=clock.now())
    if undone.kept and not form.rest.data:
        db.session.rollback()
        return _page(move_for(actor, move_id), undone), 409
    words = move_wording.undone_in_words(undone)
    db.session.commit()
    return to_move(move_id, words)


@bp.post("/<int:move_id>/on")
@guarded(Action.REMAP)
def go_on(move_id: int) -> ResponseReturnValue:
    """The next posts of a rule, now; the worker would come to them, too."""
    rules.go_on(move_for(current_actor(), move_id), now=clock.now())
    db.session.commit()
    return to_move(move_id, [])


@bp.post("/post/<int:post_id>/address")
@guarded(Action.REMAP)
def name(post_id: int) -> ResponseReturnValue:
    """A post gets another address."""
    actor, form = current_actor(), AddressForm()
    post = post_for(Action.REMAP, actor, post_id)
    if not form.validate_on_submit():
        return post_page(post, form), 422
    address, stands = form.address.data or "", form.stands.data
    try:
        move = moving.give_address(post, address, actor, stands=stands, now=clock.now())
    except moving.AddressTaken as taken:
        other = post_for(Action.REMAP, actor, taken.post_id)
        return render_template("authoring/post_taken.html", post=post, other=other, address=address), 409
    move_id = move.id
    db.session.commit()
    return back_to_post(post_id, [_("The post is known at that address now.")], move_id)


@bp.post("/post/<int:post_id>/address/<int:address_id>/remove")
@guarded(Action.REMAP)
def unname(post_id: int, address_id: int) -> ResponseReturnValue:
    actor = current_actor()
    post = post_for(Action.REMAP, actor, post_id)
    move_id = moving.remove_address(post, address_id, actor, now=clock.now()).id
    db.session.commit()
    return back_to_post(post_id, [_("That address does not lead to the post any more.")], move_id)


def to_move(move_id: int, words: list[str]) -> ResponseReturnValue:
    tell(words)
    return redirect(url_for("moves.show", move_id=move_id), code=303)


def _page(move: Remapping, undone: Undone | None = None) -> str:
    """undone: what an undo would leave where it is, to be said before it is done."""
    return render_template(
        "authoring/move.html",
        move=move,
        progress=progress_of([move.id]).get(move.id, Progress()),
        undone=undone,
        wording=move_wording,
    )
