"""Deciding about drafts: one, several, all that are sure enough; and undoing it. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from board.authoring.acts import ACTS, Act
from board.authoring.holding import hold_drafts
from board.authoring.queries import opens_something, scope
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.permissions import Action, Actor
from board.threads import drafts as say
from board.threads.models import Draft, DraftState

MOST_AT_ONCE = 500  # a second of SQLite's one writer; whoever has more presses again


@dataclass(frozen=True)
class Outcome:
    """What became of one act. `at`: when it was done, which names it when it is to be taken back.

    `renewed`: those of `decided` that were about the words of a thread that was there before. `kept`: drafts
    that could not be taken back, each with the reason. `passed_over`: those that the act fits no more.
    """

    at: datetime
    act: Act
    decided: list[Draft] = field(default_factory=list)
    renewed: list[Draft] = field(default_factory=list)
    kept: list[tuple[Draft, BoardError]] = field(default_factory=list)
    passed_over: list[Draft] = field(default_factory=list)


def decide(
    draft_ids: Collection[int],
    act: Act,
    actor: Actor,
    *,
    words: say.Words | None = None,
    now: datetime,
) -> Outcome:
    """Do `act` with each draft that it still fits; words: instead of a draft's own.

    draft_ids: of drafts that `actor` may decide about. The rows are read again under lock, so of two
    authors with the same draft before them exactly one decides.
    """
    outcome, held = Outcome(now, act), hold_drafts(draft_ids)
    for draft in reversed(held) if act is Act.TAKE_BACK else held:  # the last words are taken back first
        if draft.state not in ACTS[act].old:
            outcome.passed_over.append(draft)
            continue
        renews = draft.is_renewal and (act is not Act.TAKE_BACK or draft.state == DraftState.ACCEPTED)
        try:
            _do(draft, act, words, now, actor.account_id)
        except (say.HasComments, say.SaidAnew) as reason:
            outcome.kept.append((draft, reason))
        else:
            outcome.decided.append(draft)
            if renews:
                outcome.renewed.append(draft)
    return outcome


def accept_from(
    confidence: float, actor: Actor, *, site_id: int | None, newest: int, now: datetime
) -> Outcome:
    """Accept what waits and was found with at least that confidence, up to the draft `newest`.

    At most MOST_AT_ONCE, the oldest first. New words for a discussion that its readers know are left to be
    looked at.
    """
    query = select(Draft.id).where(
        opens_something(),
        Draft.confidence >= confidence,
        Draft.id <= newest,
        scope(actor, Draft.site_id, Action.DECIDE_PROMPTS),
    )
    if site_id is not None:
        query = query.where(Draft.site_id == site_id)
    ids = db.session.scalars(query.order_by(Draft.id).limit(MOST_AT_ONCE)).all()
    return decide(ids, Act.ACCEPT, actor, now=now)


def undo(at: datetime, actor: Actor, *, now: datetime) -> Outcome:
    """Take back what `actor` decided at that moment and nobody changed since."""
    query = select(Draft.id).where(
        Draft.decided_by == actor.account_id,
        Draft.decided_at == at,
        Draft.state.in_([DraftState.ACCEPTED.value, DraftState.DISMISSED.value]),
        scope(actor, Draft.site_id, Action.DECIDE_PROMPTS),
    )
    return decide(db.session.scalars(query).all(), Act.TAKE_BACK, actor, now=now)


def _do(draft: Draft, act: Act, words: say.Words | None, now: datetime, account_id: int | None) -> None:
    match act:
        case Act.ACCEPT:
            say.accept(draft, words, now=now, account_id=account_id)
        case Act.DISMISS:
            say.dismiss(draft, now=now, account_id=account_id)
        case Act.TAKE_BACK:
            say.take_back(draft, now=now)
