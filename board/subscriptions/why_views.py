"""The desk's page about who hears of a comment, and who does not, and why."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.queries import comment_for
from board.subscriptions import wording
from board.subscriptions.explaining import comment_to_explain, explain
from board.subscriptions.views import masked

bp = Blueprint("audience", __name__)


@bp.get("/desk/comments/<int:comment_id>/audience")
@guarded(Action.SEE_QUEUE)
def page(comment_id: int) -> ResponseReturnValue:
    """Addresses are masked: moderators need no reader's address to understand this."""
    comment = comment_to_explain(comment_for(Action.SEE_QUEUE, current_actor(), comment_id).id)
    if comment is None:
        raise NotFound
    accounts = explain(comment, now=clock.now())
    return render_template(
        "subscriptions/audience.html", comment=comment, accounts=accounts, wording=wording, masked=masked
    )
