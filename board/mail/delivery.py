"""What a way out for mail is, and which one the settings choose."""

from __future__ import annotations

from typing import Protocol

from board.mail.composing import Parcel


class Deferred(Exception):
    """Not now: the server was not reached, or asked for patience (4xx)."""


class Refused(Exception):
    """Never: the server said so (5xx)."""


class Transport(Protocol):
    """Takes one parcel after the other; `close` ends the batch."""

    def deliver(self, parcel: Parcel) -> str:
        """Hand the parcel over and return what became of it. Raises Deferred or Refused."""

    def close(self) -> None: ...
