"""Pausing, closing and opening the discussion to which the queue is narrowed."""

from __future__ import annotations

from collections.abc import Sequence

from flask.typing import ResponseReturnValue
from sqlalchemy import select

from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import StatusForm, WishUnclear
from board.moderation.queries import thread_named
from board.moderation.views import back_to_queue, bp
from board.threads.models import Thread
from board.threads.statuses import set_status
from board.threads.wording import STATUS_SET


@bp.post("/threads/<int:thread_id>/status")
@guarded(Action.DECIDE)
def thread_status(thread_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), StatusForm()
    thread = thread_named(actor, thread_id)
    if not form.validate_on_submit():
        raise WishUnclear
    wanted, wanted_id = form.wish()
    if wanted_id != thread_id:
        raise WishUnclear
    was_set = set_status(_hold_all_of(thread.post_id), thread_id, wanted, actor, now=clock.now())
    words = [str(STATUS_SET[wanted])] if was_set else []
    db.session.commit()
    return back_to_queue(words)


def _hold_all_of(post_id: int) -> Sequence[Thread]:
    """The threads of a post as they are now, held by id as whoever decides about comments holds them."""
    query = select(Thread).where(Thread.post_id == post_id).order_by(Thread.id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()
