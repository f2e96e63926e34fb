"""Typed events: how a lower room tells the rooms above that something happened.

Handlers run at once, in the transaction of the event, and only write rows; what they
raise undoes the whole. Who hears what is listed in `board/wiring.py` and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app

E = TypeVar("E")


class Events:
    """One application's list of handlers, by the type of event."""

    def __init__(self) -> None:
        self._handlers: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)

    def on(self, event: type[E], *handlers: Callable[[E], None]) -> None:
        self._handlers[event].extend(handlers)

    def publish(self, event: object) -> None:
        for handler in self._handlers[type(event)]:
            handler(event)


def publish(event: object) -> None:
    """Tell everyone who is wired to hear of events like `event`."""
    current_app.extensions["board_events"].publish(event)
