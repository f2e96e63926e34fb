"""Blocking what a comment shows, and trusting its writer, from the comment itself."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from board.comments.models import BlockKind, BlockVerdict
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.acts import Act
from board.moderation.decisions import decide
from board.moderation.forms import selection_from
from board.moderation.presenting import item_words
from board.moderation.reading import marks_of
from board.moderation.surroundings import Item, item_for
from board.moderation.views import back_to_queue
from board.screening import blocks, wording
from board.screening.forms import TraceForm
from board.screening.traces import Trace, traces_of
from board.screening.views import bp


@bp.get("/comments/<int:comment_id>/block")
@guarded(Action.SEE_QUEUE)
def from_comment(comment_id: int) -> ResponseReturnValue:
    item = item_for(Action.DECIDE, current_actor(), comment_id)
    traces = traces_of(item.comment, clock.now())
    return _page(item, traces, _form(traces, formdata=None))


@bp.post("/comments/<int:comment_id>/block")
@guarded(Action.DECIDE)
def block_trace(comment_id: int) -> ResponseReturnValue:
    """One thing that the comment shows; and the comment is spam, if that is ticked."""
    actor, now = current_actor(), clock.now()
    item = item_for(Action.DECIDE, actor, comment_id)
    traces = traces_of(item.comment, now)
    form = _form(traces)
    if not form.validate_on_submit():
        return _page(item, traces, form), 422
    trace = next(one for one in traces if one.sent == form.what.data)
    batch = ""
    if form.as_spam.data:
        outcome = decide([item.comment], Act.SPAM, actor, now=now, read=marks_of([item.comment]))
        batch = outcome.batch if outcome.decided else ""
    new = blocks.NewBlock(
        trace.kind,
        trace.value,
        item.comment.thread.site_id,
        BlockVerdict(form.verdict.data),
        form.reason.data or "",
        form.ends_at(now),
    )
    block = blocks.add_block(new, actor, now=now)
    words = _(
        "Blocked from now on: %(what)s. You find it under “Blocks”.", what=wording.block_in_words(block)
    )
    db.session.commit()
    return back_to_queue([words], batch)


def _form(traces: list[Trace], **kwargs: None) -> TraceForm:
    form = TraceForm(**kwargs)
    form.what.choices = [SelectChoice(trace.sent, _label(trace)) for trace in traces]
    if len(traces) == 1 and not form.is_submitted():
        form.what.data = traces[0].sent
    return form


def _label(trace: Trace) -> str:
    if trace.kind is BlockKind.NETWORK:
        return str(_("The network it came from, for a day or two"))
    return f"{wording.KIND_LABELS[trace.kind]}: {trace.value}"


def _page(item: Item, traces: list[Trace], form: TraceForm) -> str:
    return render_template(
        "screening/comment.html",
        item=item,
        traces=traces,
        form=form,
        reader=item.comment.reader,
        selection=selection_from(request.args),
        **item_words(),
    )
