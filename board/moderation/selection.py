"""Which part of the desk somebody looks at, and how an address says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from board.comments.tree import Order
from board.moderation.acts import View


@dataclass(frozen=True)
class Selection:
    """A stretch of one view, of one site or all. `from_id`: the comment that begins the page."""

    view: View = View.PENDING
    order: Order = Order.OLDEST
    site_id: int | None = None
    from_id: int | None = None

    @property
    def query(self) -> dict[str, Any]:
        """What an address says to come back here; what goes without saying is left out."""
        parts: dict[str, Any] = {}
        if self.view is not View.PENDING:
            parts["view"] = self.view.value
        if self.order is not usual_order(self.view):
            parts["order"] = self.order.value
        if self.site_id is not None:
            parts["site"] = self.site_id
        if self.from_id is not None:
            parts["from"] = self.from_id
        return parts

    def but(self, **changes: Any) -> Selection:
        """The same part of the desk with something changed, from its beginning."""
        return replace(self, **{"from_id": None, **changes})

    def in_view(self, view: View) -> Selection:
        return self.but(view=view, order=usual_order(view))

    def turned_round(self) -> Selection:
        return self.but(order=Order.NEWEST if self.order is Order.OLDEST else Order.OLDEST)


def usual_order(view: View) -> Order:
    """What waits is read oldest first, what was decided newest first."""
    return Order.OLDEST if view is View.PENDING else Order.NEWEST
