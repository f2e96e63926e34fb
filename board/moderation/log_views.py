"""The log: every decision, the latest first."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.decisions import may_undo
from board.moderation.forms import number_from
from board.moderation.log_queries import log_page
from board.moderation.views import bp
from board.moderation.wording import STATUS_LABELS, decision_in_words


@bp.get("/log")
@guarded(Action.SEE_LOG)
def log() -> ResponseReturnValue:
    now = clock.now()
    page = log_page(current_actor(), number_from(request.args.get("from")))
    return render_template(
        "moderation/log.html",
        page=page,
        undoable={decision.id for decision in page.items if may_undo(decision, now)},
        in_words=decision_in_words,
        status_labels=STATUS_LABELS,
    )
