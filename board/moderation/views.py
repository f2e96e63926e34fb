"""The desk: the queue, decisions about one or several comments, and undo."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import queries
from board.moderation.acts import Act
from board.moderation.decisions import decide, undo
from board.moderation.forms import (
    DecisionForm,
    UndoForm,
    WishUnclear,
    selection_from,
)
from board.moderation.reasons import reason_in_words
from board.moderation.wording import (
    STATUS_LABELS,
    VIEW_LABELS,
    choices_in,
    outcome_in_words,
    undone_in_words,
)

bp = Blueprint("moderation", __name__, url_prefix="/desk")


@bp.get("")
@guarded(Action.SEE_QUEUE)
def queue() -> ResponseReturnValue:
    actor, selection = current_actor(), selection_from(request.args)
    sites = queries.sites_of(actor)
    if selection.site_id is not None and selection.site_id not in {site.id for site in sites}:
        raise NotFound
    page = queries.queue_page(actor, selection)
    if not page.items and selection.from_id is not None:  # all that stood here has been decided
        selection = selection.but()
        page = queries.queue_page(actor, selection)
    return render_template(
        "moderation/queue.html",
        page=page,
        selection=selection,
        sites=sites,
        waiting=queries.waiting_count(actor, selection.site_id),
        choices=choices_in(selection.view),
        view_labels=VIEW_LABELS,
        status_labels=STATUS_LABELS,
        in_words=reason_in_words,
    )


@bp.post("/decide")
@guarded(Action.DECIDE)
def decide_about() -> ResponseReturnValue:
    """One comment by its own button, or all ticked ones. Comments of other sites are not found."""
    actor, form = current_actor(), DecisionForm()
    if not form.validate_on_submit():
        raise WishUnclear
    wish = form.wish(Act)
    if not wish.ids:
        return _back_to_queue(
            [_("Nothing is ticked yet. Tick the comments you mean, then choose what to do.")]
        )
    if wish.is_single:
        comments = [queries.comment_for(Action.DECIDE, actor, *wish.ids)]
    else:
        comments = list(queries.comments_for(Action.DECIDE, actor, wish.ids))
    outcome = decide(comments, wish.act, actor, now=clock.now())
    words = outcome_in_words(outcome, actor, missing=len(wish.ids) - len(comments))
    batch = outcome.batch if outcome.decided else ""
    db.session.commit()
    return _back_to_queue(words, batch)


@bp.post("/undo")
@guarded(Action.DECIDE)
def undo_batch() -> ResponseReturnValue:
    actor, form = current_actor(), UndoForm()
    if not form.validate_on_submit():
        raise WishUnclear
    undone = undo(form.batch.data or "", actor, now=clock.now())
    words = undone_in_words(undone, actor)
    db.session.commit()
    return _back_to_queue(words)


def _back_to_queue(words: list[str], batch: str = "") -> ResponseReturnValue:
    """To where the moderator was, saying what happened; with a button to take `batch` back."""
    for sentence in words:
        flash(sentence, "said")
    if batch:
        flash(batch, "batch")
    return redirect(url_for("moderation.queue", **selection_from(request.args).query), code=303)
