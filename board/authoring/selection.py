"""Which part of the page of prompts somebody looks at, and how an address says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from board.authoring.acts import View


@dataclass(frozen=True)
class Selection:
    """A stretch of one view, of one site or all. `from_id`: the draft that begins the page. `post_id`: they
    look at the page of one post instead."""

    view: View = View.WAITING
    site_id: int | None = None
    from_id: int | None = None
    post_id: int | None = None

    @property
    def query(self) -> dict[str, Any]:
        """What an address says to come back here; what goes without saying is left out."""
        if self.post_id is not None:
            return {"post": self.post_id}
        parts: dict[str, Any] = {}
        if self.view is not View.WAITING:
            parts["view"] = self.view.value
        if self.site_id is not None:
            parts["site"] = self.site_id
        if self.from_id is not None:
            parts["from"] = self.from_id
        return parts

    def but(self, **changes: Any) -> Selection:
        """The same part of the page with something changed, from its beginning."""
        return replace(self, **{"from_id": None, **changes})

    def on_list(self) -> Selection:
        return replace(self, post_id=None)
