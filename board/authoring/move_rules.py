"""Moving many posts by a rule: from one prefix of addresses to another, seen before it is done."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import rules
from board.authoring.moves import bp, to_move
from board.authoring.post_forms import MERGED, RuleForm
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.sites.queries import sites_for


@bp.get("/rule")
@guarded(Action.REMAP)
def rule() -> ResponseReturnValue:
    """The form; and once it is filled, exactly what it would change."""
    sites = sites_for(Action.REMAP, current_actor())
    asked = "old" in request.args
    form = RuleForm(sites=sites, formdata=request.args if asked else None, meta={"csrf": False})
    seen = rules.preview(form.site.data, form.rule) if asked and form.validate() else None
    page = render_template("authoring/move_rule.html", form=form, sites=sites, seen=seen)
    return page, 200 if seen or not asked else 422


@bp.post("/rule")
@guarded(Action.REMAP)
def apply() -> ResponseReturnValue:
    actor = current_actor()
    sites = sites_for(Action.REMAP, actor)
    form = RuleForm(sites=sites)
    if not form.validate_on_submit():
        return render_template("authoring/move_rule.html", form=form, sites=sites, seen=None), 422
    now, merge = clock.now(), form.taken.data == MERGED
    move = rules.begin_rule(form.site.data, form.rule, actor, merge=merge, now=now)
    rules.go_on(move, now=now)
    is_done, move_id = move.goes_on_after is None, move.id
    db.session.commit()
    words = _("Done.") if is_done else _("The first posts are moved; the others follow by themselves.")
    return to_move(move_id, [words])
