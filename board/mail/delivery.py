"""What a way out for mail is, and which one the settings choose."""

from __future__ import annotations

from typing import Protocol

from board.mail.composing import Parcel


class Deferred(Exception):
    """Not now: the server asked for patience (4xx), or the line dropped. `is_about_speed`: it wants less."""

    is_about_speed = False


class TooFast(Deferred):
    """The server thinks that it gets too much from us (421, or most of 4.7 in RFC 3463's codes)."""

    is_about_speed = True


class Unreachable(Deferred):
    """There is no server, or it does not let us in. No mail can go, and none is to blame."""


class Refused(Exception):
    """Never: the server said so (5xx)."""


class NoSuchMailbox(Refused):
    """Never, and nothing else either: the server knows no such address. code: what it said (RFC 3463)."""

    def __init__(self, said: str, code: str) -> None:
        super().__init__(said)
        self.code = code


class Transport(Protocol):
    """Takes one parcel after the other; `close` ends the batch."""

    def deliver(self, parcel: Parcel) -> str:
        """Hand the parcel over and return what became of it. Raises Deferred or Refused."""

    def close(self) -> None: ...
