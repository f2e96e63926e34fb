"""Deciding about everything that matches: first how much that is, then the act."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import matching, queries
from board.moderation.acts import acts_in
from board.moderation.bulk import MOST_IN_ONE_ACT, decide_all
from board.moderation.forms import AllForm, WishUnclear, selection_from
from board.moderation.narrowing import filters_of
from board.moderation.views import back_to_queue, bp
from board.moderation.wording import VIEW_LABELS, choices_in, outcomes_in_words


@bp.get("/all")
@guarded(Action.SEE_QUEUE)
def all_page() -> ResponseReturnValue:
    actor, selection, now = current_actor(), selection_from(request.args).but(), clock.now()
    sites = queries.sites_of(actor)
    return render_template(
        "moderation/all.html",
        selection=selection,
        filters=filters_of(actor, selection, sites),
        count=matching.count(actor, selection),
        most=MOST_IN_ONE_ACT,
        now=now,
        statuses=selection.statuses,
        choices=choices_in(selection.view),
        view_labels=VIEW_LABELS,
    )


@bp.post("/all")
@guarded(Action.DECIDE)
def decide_about_all() -> ResponseReturnValue:
    """In several transactions, so that readers who send something get their turn in between."""
    actor, form, selection = current_actor(), AllForm(), selection_from(request.args).but()
    if not form.validate_on_submit():
        raise WishUnclear
    act, until = form.wish()
    if act not in acts_in(selection.view):
        raise WishUnclear
    filters_of(actor, selection, queries.sites_of(actor))  # refuses what is none of the actor's
    words, batch = [_("Nothing matches any more.")], ""
    outcomes = []
    for outcome in decide_all(actor, selection, act, until=until, now=clock.now()):
        outcomes.append(outcome)
        words = outcomes_in_words(outcomes, actor, most=MOST_IN_ONE_ACT)
        batch = outcome.batch if outcome.decided else batch
        db.session.commit()
    return back_to_queue(words, batch)
