"""Deciding about everything that a selection holds, a step at a time. Nothing here commits."""

from __future__ import annotations

import secrets
import time
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

AT_ONCE = 100  # comments held in one transaction: readers who send something wait for it
MOST_IN_ONE_ACT = 2000  # a request must end before whatever stands in front of us gives up on it
PAUSE_SECONDS = 0.12  # SQLite's waiting writers look every tenth of a second whether it is their turn


def decide_all(
    actor: Actor, selection: Selection, act: Act, *, until: datetime, now: datetime
) -> Iterator[Outcome]:
    """Do `act` with all comments that `selection` holds, up to MOST_IN_ONE_ACT, in steps of AT_ONCE.

    The caller commits after each step. until: comments that arrived or were changed later are left alone,
    since whoever decides has not counted them. All share a batch, so they are undone together.
    """
    batch, place, done = secrets.token_hex(16), None, 0
    while done < MOST_IN_ONE_ACT:
        places = places_behind(actor, selection, place, AT_ONCE, until=until)
        if not places:
            return
        if place is not None:
            time.sleep(PAUSE_SECONDS)
        yield _decide_step(actor, places, act, batch, now)
        place, done = places[-1], done + len(places)


def _decide_step(actor: Actor, places: Sequence[Place], act: Act, batch: str, now: datetime) -> Outcome:
    comments = comments_for(Action.DECIDE, actor, [comment_id for _, comment_id in places])
    return decide(comments, act, actor, now=now, read=marks_of(comments), batch=batch)
