"""What belongs together: which rooms have pages, who may ask, and when this happens, call these.

Every side effect of the program stands in `handlers`.
"""

from __future__ import annotations

from flask import Flask

from board.foundation import ratelimits  # noqa: F401
from board.foundation.events import Events


def wire(app: Flask) -> None:

    events = Events()
    handlers(events)
    app.extensions["board_events"] = events


def handlers(events: Events) -> None:
    """When this happens, call these: in this order, in the same transaction."""
