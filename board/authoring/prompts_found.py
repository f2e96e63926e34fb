"""The page of prompts that were found: yes, no, several at once, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import queries, wording
from board.authoring.acts import Act, View
from board.authoring.deciding import MOST_AT_ONCE, Outcome, accept_from, decide, undo
from board.authoring.forms import AllForm, UndoForm, selection_from
from board.authoring.passages import Passage, passage
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import DecisionForm, WishUnclear
from board.sites.queries import sites_for
from board.text.differences import Piece, differences
from board.threads.models import Draft

bp = Blueprint("prompts_found", __name__, url_prefix="/desk/prompts")


@bp.get("")
@guarded(Action.SEE_PROMPTS)
def found() -> ResponseReturnValue:
    actor, selection = current_actor(), selection_from(request.args).on_list()
    sites = sites_for(Action.SEE_PROMPTS, actor)
    if selection.site_id is not None and selection.site_id not in {site.id for site in sites}:
        raise NotFound
    page = queries.found_page(actor, selection)
    if not page.items and selection.from_id is not None:  # all that stood here has been decided
        selection = selection.but()
        page = queries.found_page(actor, selection)
    is_waiting = selection.view is View.WAITING
    return render_template(
        "authoring/found.html",
        page=page,
        selection=selection,
        sites=sites,
        counts=queries.counts(actor, selection.site_id),
        steps=queries.steps_for(actor, selection.site_id) if is_waiting else None,
        most_at_once=MOST_AT_ONCE,
        **draft_words(),
    )


@bp.post("/decide")
@guarded(Action.DECIDE_PROMPTS)
def decide_about() -> ResponseReturnValue:
    """One draft by its own button, or all ticked ones. Drafts of other sites are not found."""
    actor, form = current_actor(), DecisionForm()
    if not form.validate_on_submit():
        raise WishUnclear
    wish = form.wish(Act)
    if not wish.ids:
        return back([_("Nothing is ticked yet. Tick the prompts you mean, then choose what to do.")])
    ids = queries.ids_for(Action.DECIDE_PROMPTS, actor, wish.ids)
    if wish.is_single and not ids:
        raise NotFound
    outcome = decide(ids, wish.act, actor, now=clock.now())
    words = wording.outcome_in_words(outcome, missing=len(wish.ids) - len(ids))
    at = undoable(outcome)
    db.session.commit()
    return back(words, at)


@bp.post("/all")
@guarded(Action.DECIDE_PROMPTS)
def accept_all() -> ResponseReturnValue:
    """All that are sure enough, of those that the page had counted."""
    actor, form = current_actor(), AllForm()
    if not form.validate_on_submit():
        raise WishUnclear
    outcome = accept_from(
        form.confidence.data, actor, site_id=form.site.data, newest=form.newest.data or 0, now=clock.now()
    )
    words = wording.outcome_in_words(outcome) or [_("All of these had been decided before.")]
    at = undoable(outcome)
    db.session.commit()
    return back(words, at)


@bp.post("/undo")
@guarded(Action.DECIDE_PROMPTS)
def take_back() -> ResponseReturnValue:
    form = UndoForm()
    if not form.validate_on_submit():
        raise WishUnclear
    words = wording.undone_in_words(undo(form.moment(), current_actor(), now=clock.now()))
    db.session.commit()
    return back(words)


def undoable(outcome: Outcome) -> str:
    """What names the act when it is to be undone; empty where there is nothing to undo."""
    decided = outcome.decided and outcome.act is not Act.TAKE_BACK
    return outcome.at.isoformat() if decided else ""


def back(words: list[str], at: str = "", *, post_id: int | None = None) -> ResponseReturnValue:
    """To where the author was, saying what happened; with a button to undo what was done at that moment."""
    for sentence in words:
        flash(sentence, "said")
    if at:
        flash(at, "at")
    selection = selection_from(request.args)
    if post := post_id or selection.post_id:
        return redirect(url_for("prompts_found.post", post_id=post), code=303)
    return redirect(url_for("prompts_found.found", **selection.query), code=303)


def draft_words() -> dict[str, Any]:
    """What templates/authoring/_draft.html needs to speak of a draft."""
    return {"wording": wording, "passage_of": passage_of, "changes_of": changes_of}


def passage_of(draft: Draft) -> Passage:
    return passage(draft.before, draft.heading, draft.prompt, draft.after)


def changes_of(draft: Draft) -> tuple[list[Piece], list[Piece]]:
    """The words that the thread has or had, and those that the post has now. draft: a renewal."""
    old = (draft.former_heading, draft.former_prompt)
    if draft.thread is not None and draft.former_prompt is None:
        old = (draft.thread.heading, draft.thread.prompt)
    return differences(in_one(*old), in_one(draft.heading, draft.prompt))


def in_one(heading: str | None, text: str | None) -> str:
    """Heading and text on lines of their own."""
    return "\n".join(part for part in (heading, text) if part)
