"""Which part of the desk somebody looks at, and how an address says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from board.comments.models import Status
from board.comments.tree import Order
from board.moderation.acts import SHOWN_IN, Act, View, statuses_before

ADDRESSED_AS = {  # field: what it is called in an address
    "site_id": "site",
    "thread_id": "thread",
    "status": "status",
    "reason": "reason",
    "reader_id": "reader",
    "name": "name",
    "near_id": "near",
    "words": "q",
    "from_id": "from",
}
NARROWING = ("thread_id", "reader_id", "name", "near_id", "words")


@dataclass(frozen=True)
class Selection:
    """A stretch of one view, narrowed by what is not None. `from_id`: the comment that begins the page.

    `reason`: the code of a reason for which comments were held. `reader_id`: who wrote them; `name`: under
    which name; `near_id`: a comment, for those from the same network on the same day. `words`: what they say.
    `among`: no other statuses than these.
    """

    view: View = View.PENDING
    order: Order = Order.OLDEST
    site_id: int | None = None
    thread_id: int | None = None
    status: Status | None = None
    reason: str | None = None
    reader_id: int | None = None
    name: str | None = None
    near_id: int | None = None
    words: str | None = None
    from_id: int | None = None
    among: frozenset[Status] = frozenset(Status)

    @property
    def query(self) -> dict[str, Any]:
        """What an address says to come back here; what goes without saying is left out."""
        parts: dict[str, Any] = {}
        if self.view is not View.PENDING:
            parts["view"] = self.view.value
        if self.order is not usual_order(self.view):
            parts["order"] = self.order.value
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and field.name in ADDRESSED_AS:
                parts[ADDRESSED_AS[field.name]] = value.value if isinstance(value, Status) else value
        return parts

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Of the comments in it. A status that the view does not show is not asked for."""
        shown = SHOWN_IN[self.view]
        wanted = (self.status,) if self.status in shown else shown
        return tuple(status for status in wanted if status in self.among)

    @property
    def is_narrow(self) -> bool:
        """Whether a few comments are meant, rather than what a status or a site has."""
        return any(getattr(self, name) is not None for name in NARROWING)

    @property
    def is_filtered(self) -> bool:
        """Whether the view shows less than it could."""
        return self.unfiltered() != self.but()

    def but(self, **changes: Any) -> Selection:
        """The same part of the desk with something changed, from its beginning."""
        return replace(self, **{"from_id": None, **changes})

    def fitting(self, act: Act) -> Selection:
        """The comments in it whose status `act` leads from."""
        return self.but(among=statuses_before(act))

    def in_view(self, view: View) -> Selection:
        return self.but(view=view, order=usual_order(view), status=None)

    def everything(self, **narrowed: Any) -> Selection:
        """All comments of whatever status that are so."""
        return replace(Selection(View.ALL, usual_order(View.ALL)), **narrowed)

    def unfiltered(self) -> Selection:
        return Selection(self.view, self.order)

    def turned_round(self) -> Selection:
        return self.but(order=Order.NEWEST if self.order is Order.OLDEST else Order.OLDEST)


def usual_order(view: View) -> Order:
    """What waits is read oldest first, what was decided newest first."""
    return Order.OLDEST if view in {View.PENDING, View.REPORTED} else Order.NEWEST
