"""Deciding about everything that a selection holds, a step at a time. Nothing here commits."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from board.foundation.permissions import Action, Actor
from board.moderation.acts import Act
from board.moderation.decisions import decide
from board.moderation.matching import Place, places_behind
from board.moderation.outcomes import Outcome
from board.moderation.queries import comments_for
from board.moderation.reading import marks_of
from board.moderation.selection import Selection
from board.moderation.turns import AT_ONCE, let_others_in

MOST_IN_ONE_ACT = 2000  # a request must end before whatever stands in front of us gives up on it


def decide_all(
    actor: Actor, selection: Selection, act: Act, *, until: datetime, now: datetime
) -> Iterator[Outcome]:
    """Do `act` with all comments of `selection` that it fits, up to MOST_IN_ONE_ACT, in steps of AT_ONCE.

    The caller commits after each step. until: comments that arrived or were changed later are left alone,
    since whoever decides has not counted them. All share a batch, so they are undone together.
    act: one of acts_in(selection.view).
    """
    selection = selection.fitting(act)
    batch, place, done = secrets.token_hex(16), None, 0
    while done < MOST_IN_ONE_ACT:
        places = places_behind(actor, selection, place, AT_ONCE, until=until)
        if places:
            yield _decide_step(actor, places, act, batch, now)
        if len(places) < AT_ONCE:
            return
        place, done = places[-1], done + AT_ONCE
        let_others_in()


def _decide_step(actor: Actor, places: Sequence[Place], act: Act, batch: str, now: datetime) -> Outcome:
    comments = comments_for(Action.DECIDE, actor, [comment_id for _, comment_id in places])
    return decide(comments, act, actor, now=now, read=marks_of(comments), batch=batch)
