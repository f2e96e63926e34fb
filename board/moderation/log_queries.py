"""Reading the log: the decisions on the sites of whoever asks."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from board.comments.models import Comment
from board.extensions import db
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.moderation.models import Decision
from board.moderation.queries import allowed_on
from board.threads.models import Thread

DECISIONS_PER_PAGE = 50


def log_page(actor: Actor, from_id: int | None, *, limit: int = DECISIONS_PER_PAGE) -> Page[Decision]:
    """Decisions with their comments, threads and sites, the latest first. One statement."""
    query = select(Decision).where(allowed_on(actor, Decision.site_id, Action.SEE_LOG))
    if from_id is not None:
        query = query.where(Decision.id <= from_id)
    thread = joinedload(Decision.comment, innerjoin=True).joinedload(Comment.thread, innerjoin=True)
    query = query.options(thread.joinedload(Thread.site, innerjoin=True))
    decisions = db.session.scalars(query.order_by(Decision.id.desc()).limit(limit + 1)).all()
    return Page(decisions[:limit], decisions[limit].id if len(decisions) > limit else None)
