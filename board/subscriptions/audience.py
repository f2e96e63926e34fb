"""Who hears of a piece of news, and for each one who does not, why.

The judgement is pure, over plain values; `queries.listeners_to` gathers them. It is asked when notices are
made, again right before a mail leaves, and by staff who wonder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.subscriptions.models import Rate, Topic


class Reason(StrEnum):
    """Why somebody does not hear of something."""

    NOT_SHOWN = "not_shown"
    HUSHED = "hushed"
    OWN = "own"
    UNCONFIRMED = "unconfirmed"
    UNSUBSCRIBED = "unsubscribed"
    LATER = "later"
    SUPPRESSED = "suppressed"
    BLOCKED = "blocked"
    NEVER = "never"
    TOLD = "told"


@dataclass(frozen=True)
class Happening:
    """What there is to tell. holds: it is still so (published, still returned, still highlighted ...), in a
    thread that readers can see. is_hushed: nobody is to be told."""

    happened_at: datetime
    holds: bool = True
    is_hushed: bool = False


@dataclass(frozen=True)
class Listener:
    """Somebody who may want to hear, as they stand now.

    is_actor: they did it themselves. address_confirmed: the address was proved. asked: they asked to hear,
    and confirmed that at `since`. has_left: they asked once, and stopped it. was_told: of just this.
    """

    topic: Topic
    rate: Rate = Rate.AT_ONCE
    is_actor: bool = False
    address_confirmed: bool = True
    since: datetime | None = None
    has_left: bool = False
    is_suppressed: bool = False
    is_blocked: bool = False
    was_told: bool = False


def reason_against(listener: Listener, happening: Happening) -> Reason | None:
    """Why `listener` is not told of `happening`; None where they are.

    The first that applies, from what concerns everybody to what concerns them alone.
    """
    reasons = {
        Reason.NOT_SHOWN: not happening.holds,
        Reason.HUSHED: happening.is_hushed,
        Reason.OWN: listener.is_actor,
        Reason.UNSUBSCRIBED: listener.has_left,
        Reason.UNCONFIRMED: not listener.address_confirmed or listener.since is None,
        Reason.LATER: listener.since is not None and listener.since > happening.happened_at,
        Reason.SUPPRESSED: listener.is_suppressed,
        Reason.BLOCKED: listener.is_blocked,
        Reason.NEVER: listener.rate is Rate.NEVER,
        Reason.TOLD: listener.was_told,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)
