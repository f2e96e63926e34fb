"""The desk: the queue, decisions about one or several comments, undo, and what arrived meanwhile."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import matching, queries
from board.moderation.acts import WITH_WORDS, Act
from board.moderation.decisions import decide
from board.moderation.forms import DecisionForm, UndoForm, WishUnclear, moment_from, selection_from
from board.moderation.narrowing import filters_of
from board.moderation.presenting import queue_words
from board.moderation.surroundings import queue_page
from board.moderation.undoing import undo
from board.moderation.wording import outcome_in_words, undone_in_words

bp = Blueprint("moderation", __name__, url_prefix="/desk")
MOST_NEWS = 100  # nobody asks whether 100 comments arrived or 1,000


@bp.get("")
@guarded(Action.SEE_QUEUE)
def queue() -> ResponseReturnValue:
    actor, selection, now = current_actor(), selection_from(request.args), clock.now()
    sites = queries.sites_of(actor)
    filters = filters_of(actor, selection, sites)
    if not sites and actor.may(Action.MANAGE_SITE):  # there is nothing to moderate before there is a blog
        return redirect(url_for("start.blog"), code=303)
    page = queue_page(actor, selection)
    if not page.items and selection.from_id is not None:  # all that stood here has been decided
        selection = selection.but()
        page = queue_page(actor, selection)
    return render_template(
        "moderation/queue.html",
        page=page,
        selection=selection,
        sites=sites,
        filters=filters,
        thread=queries.thread_named(actor, selection.thread_id) if selection.thread_id else None,
        waiting=queries.waiting_count(actor, selection.site_id),
        reported=queries.reported_count(actor, selection.site_id),
        now=now,
        **queue_words(selection),
    )


@bp.post("/decide")
@guarded(Action.DECIDE)
def decide_about() -> ResponseReturnValue:
    """One comment by its own button, or all ticked ones. Comments of other sites are not found."""
    actor, form = current_actor(), DecisionForm()
    if not form.validate_on_submit():
        raise WishUnclear
    wish = form.wish(Act)
    if wish.act in WITH_WORDS:
        raise WishUnclear
    if not wish.ids:
        return back_to_queue(
            [_("Nothing is ticked yet. Tick the comments you mean, then choose what to do.")]
        )
    if wish.is_single:
        comments = [queries.comment_for(Action.DECIDE, actor, *wish.ids)]
    else:
        comments = list(queries.comments_for(Action.DECIDE, actor, wish.ids))
    outcome = decide(comments, wish.act, actor, now=clock.now(), read=form.what_was_read())
    words = outcome_in_words(outcome, actor, missing=len(wish.ids) - len(comments))
    batch = outcome.batch if outcome.decided else ""
    db.session.commit()
    return back_to_queue(words, batch)


@bp.post("/undo")
@guarded(Action.DECIDE)
def undo_batch() -> ResponseReturnValue:
    """A large act is taken back in several transactions, so that readers get their turn in between."""
    actor, form = current_actor(), UndoForm()
    if not form.validate_on_submit():
        raise WishUnclear
    steps = []
    for step in undo(form.batch.data or "", actor, now=clock.now()):
        steps.append(step)
        db.session.commit()
    return back_to_queue(undone_in_words(steps, actor))


@bp.get("/news")
@guarded(Action.SEE_QUEUE)
def news() -> ResponseReturnValue:
    """How many comments of a selection arrived since a page was made; empty (304) when that is known."""
    selection, since = selection_from(request.args), moment_from(request.args.get("since"))
    count = matching.count(current_actor(), selection, since=since, most=MOST_NEWS)
    answer: Any = jsonify(count=count, words=_news_in_words(count))
    answer.set_etag(str(count))
    return answer.make_conditional(request)  # type: ignore[no-any-return]


def _news_in_words(count: int) -> str:
    if count >= MOST_NEWS:
        return str(_("%(num)d new comments and more", num=count))
    return str(ngettext("%(num)d new comment", "%(num)d new comments", count))


def back_to_queue(words: list[str], batch: str = "") -> ResponseReturnValue:
    """To where the moderator was, saying what happened; with a button to take `batch` back."""
    for sentence in words:
        flash(sentence, "said")
    if batch:
        flash(batch, "batch")
    return redirect(url_for("moderation.queue", **selection_from(request.args).query), code=303)
