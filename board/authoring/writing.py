"""A prompt in the author's own words: one that was found, or one that is added by hand."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.authoring import queries, wording
from board.authoring.acts import ACTS, Act
from board.authoring.adding import AddressForeign, AddressOfAll, AskedAlready, add_prompt
from board.authoring.deciding import decide
from board.authoring.forms import AddForm, WordsForm, selection_from
from board.authoring.prompts_found import back, bp, draft_words, undoable
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import BoardError
from board.foundation.permissions import Action, current_actor, guarded
from board.sites.queries import sites_for
from board.threads.addresses import AddressRefused
from board.threads.models import Draft

EXAMPLE = "https://blog.example/on-silence"


class DecidedAlready(BoardError):
    """There is nothing to accept any more; its words can be changed after taking it back."""

    status = 409
    title = _l("This prompt has been decided")
    words = _l("Somebody decided about this prompt meanwhile. Take that back first if it should be changed.")


@bp.get("/<int:draft_id>/edit")
@guarded(Action.DECIDE_PROMPTS)
def edit(draft_id: int) -> ResponseReturnValue:
    draft = _undecided(draft_id)
    words = {"heading": draft.heading, "text": draft.prompt, "kind": draft.kind}
    return _edit_page(draft, WordsForm(formdata=None, draft_id=draft.id, **words))


@bp.post("/<int:draft_id>/edit")
@guarded(Action.DECIDE_PROMPTS)
def accept_words(draft_id: int) -> ResponseReturnValue:
    draft = queries.draft_for(Action.DECIDE_PROMPTS, current_actor(), draft_id)
    form = WordsForm(draft_id=draft.id)
    if not form.validate_on_submit():
        return _edit_page(draft, form), 422
    outcome = decide([draft.id], Act.ACCEPT, current_actor(), words=form.words(), now=clock.now())
    words, at = wording.outcome_in_words(outcome), undoable(outcome)
    db.session.commit()
    return back(words, at)


@bp.get("/add")
@guarded(Action.DECIDE_PROMPTS)
def add() -> ResponseReturnValue:
    selection, form = (
        selection_from(request.args),
        AddForm(formdata=None, sites=sites_for(Action.DECIDE_PROMPTS, current_actor())),
    )
    form.site.data = selection.site_id
    if selection.post_id is not None:
        post = queries.post_for(Action.DECIDE_PROMPTS, current_actor(), selection.post_id)
        form.address.data, form.site.data = post.address, post.site_id
    return render_template("authoring/found_add.html", form=form, selection=selection)


@bp.post("/add")
@guarded(Action.DECIDE_PROMPTS)
def add_by_hand() -> ResponseReturnValue:
    form = AddForm(sites=sites_for(Action.DECIDE_PROMPTS, current_actor()))
    draft = _added(form) if form.validate_on_submit() else None
    if draft is None:
        page = render_template("authoring/found_add.html", form=form, selection=selection_from(request.args))
        return page, 422
    at = draft.decided_at
    db.session.commit()
    return back([_("Opened the discussion.")], at.isoformat() if at else "")


def _added(form: AddForm) -> Draft | None:
    """The draft that the form asks for; without one the form says why."""
    actor = current_actor()
    site = next(site for site in sites_for(Action.DECIDE_PROMPTS, actor) if site.id == form.site.data)
    try:
        return add_prompt(site, form.address.data or "", form.words(), actor, now=clock.now())
    except AddressRefused:
        form.address.errors = [_("This is not the address of a page, such as %(example)s.", example=EXAMPLE)]
    except (AddressForeign, AddressOfAll) as refusal:
        form.address.errors = [refusal.words]
    except AskedAlready as refusal:
        form.text.errors = [refusal.words]
    return None


def _undecided(draft_id: int) -> Draft:
    """A draft that still can be accepted. Raises NotFound, DecidedAlready."""
    draft = queries.draft_for(Action.DECIDE_PROMPTS, current_actor(), draft_id)
    if draft.state not in ACTS[Act.ACCEPT].old:
        raise DecidedAlready
    return draft


def _edit_page(draft: Draft, form: WordsForm) -> str:
    selection = selection_from(request.args)
    return render_template(
        "authoring/found_edit.html", draft=draft, form=form, selection=selection, **draft_words()
    )
